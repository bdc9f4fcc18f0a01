package awx_test

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"authdeck/model"
)

// html is an answer of whatever stands before a server.
func html(status int, title string, header ...string) answer {
	a := answer{status: status, body: "<html><head><title>" + title + "</title></head><body><center><h1>" + title + "</h1></center></body></html>", header: map[string]string{"Content-Type": "text/html"}}
	for i := 0; i < len(header); i += 2 {
		a.header[header[i]] = header[i+1]
	}
	return a
}

// proxies are answers of nginx 1.22, HAProxy 2.6, Apache and an API gateway.
func proxies() map[string]answer {
	inJSON := func(status int, body string) answer { return answer{status: status, body: body} }
	return map[string]answer{
		"nginx's maintenance": html(405, "405 Not Allowed", "Retry-After", "120"),
		"nginx, no route":     html(404, "404 Not Found"),
		"nginx's sign-in":     html(401, "401 Authorization Required", "WWW-Authenticate", `Basic realm="Staff only"`),
		"nginx, forbidden":    html(403, "403 Forbidden"),
		"nginx, too large":    html(413, "413 Request Entity Too Large"),
		"nginx, bad request":  html(400, "400 Bad Request"),
		"nginx, gone away":    html(499, "499"),
		"nginx, rate":         html(429, "429 Too Many Requests"),
		"HAProxy, no server":  html(503, "503 Service Unavailable"),
		"Apache":              {status: 404, body: "<h1>Not Found</h1><p>The requested URL was not found on this server.</p>", header: map[string]string{"Content-Type": "text/html; charset=iso-8859-1"}},
		"a hop to https":      html(301, "301 Moved Permanently", "Location", "https://127.0.0.1/api/v2/tokens/"),
		"Kong, no route":      inJSON(404, `{"message":"no Route matched with those values"}`),
		"Kong, sign-in":       inJSON(401, `{"message":"Unauthorized"}`),
		"Kong, bad request":   inJSON(400, `{"message":"Bad request"}`),
		"AWS":                 inJSON(403, `{"message":"Forbidden"}`),
		"nothing at all":      inJSON(405, ``),
		"an empty object":     inJSON(400, `{}`),
	}
}

func TestWhatAProxySaysProvesNothingOfAWrite(t *testing.T) {
	for name, no := range proxies() {
		for action, c := range map[model.Action]struct{ at, writes string }{
			model.Create:     {"POST /api/v2/tokens/", "POST /api/v2/tokens/"},
			model.Regenerate: {"POST /api/v2/tokens/", "POST /api/v2/tokens/"},
			model.Edit:       {"PATCH /api/v2/tokens/42/", "PATCH /api/v2/tokens/42/"},
			model.Delete:     {"DELETE /api/v2/tokens/42/", "DELETE /api/v2/tokens/42/"},
		} {
			s := lab(t, map[string][]answer{c.at: {no}})
			api := s.byToken(t, "oauth2")
			_, err := api.Do(t.Context(), order(action, read(t, api, s), map[string]string{"scope": "write"}))
			t.Log(name, action)
			failsAs(t, err, model.Uncertain, "")
			if s.writes() != c.writes {
				t.Errorf("%s: %s sent %s", name, action, s.writes())
			}
		}
	}
}

// recorded is an answer of a real server.
type recorded struct {
	Status  int
	Headers map[string]string
	Body    string
}

func recordings(t *testing.T) []recorded {
	t.Helper()
	file, err := os.Open("testdata/refusals.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []recorded
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var one recorded
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

func TestTheServersOwnNoIsBelieved(t *testing.T) {
	kinds := map[int]model.Kind{
		400: model.Invalid, 401: model.Unauthorized, 403: model.Forbidden, 404: model.NotFound, 405: model.Unsupported, 415: model.Invalid,
	}
	believed := 0
	for _, r := range recordings(t) {
		for _, generation := range []string{"oauth2", "gateway"} {
			s := start(t, map[string][]answer{
				"POST /api/v2/tokens/":         {{r.Status, r.Body, r.Headers}},
				"POST /api/gateway/v1/tokens/": {{r.Status, r.Body, r.Headers}},
			})
			_, err := s.byToken(t, generation).Do(t.Context(), order(model.Create, model.Token{}, nil))
			want := model.Uncertain // its own pages in HTML are of what nobody knows
			if strings.HasPrefix(r.Headers["content-type"], "application/json") {
				want = kinds[r.Status]
				believed++
			}
			t.Log(r.Status, r.Body)
			failsAs(t, err, want, "")
		}
	}
	if believed < 20 {
		t.Errorf("only %d answers were the server's own", believed)
	}
}

func TestAProxysSignInSaysNothingOfTheToken(t *testing.T) {
	for name, no := range map[string]answer{"nginx": proxies()["nginx's sign-in"], "Kong": proxies()["Kong, sign-in"]} {
		for generation, path := range map[string]string{"oauth2": "/api/v2/me/", "gateway": "/api/gateway/v1/me/", "none": "/api/v2/me/", "tower": "/api/v1/me/", "": "/api/"} {
			for _, open := range []func(*stage) model.API{
				func(s *stage) model.API { return s.byToken(t, generation) }, func(s *stage) model.API { return s.byPassword(t, generation) },
			} {
				s := start(t, map[string][]answer{"GET " + path: {no}, "POST /api/v1/authtoken/": {no}})
				_, err := open(s).WhoAmI(t.Context())
				if name == "nginx" {
					failsAs(t, err, model.Unavailable, "a proxy in front wants a sign-in of its own")
				}
				if err == nil || strings.Contains(err.Error(), "accepted") || strings.Contains(err.Error(), "set generation") || strings.Contains(err.Error(), "Basic may") {
					t.Errorf("%s, %q: %v", name, generation, err)
				}
			}
		}
	}
}

func TestAProxysSignInIsNoProofThatAKeyHasEnded(t *testing.T) {
	leaked := strings.Repeat("7", 40)
	d := openDoor(t)
	d.keys[leaked] = "alice"
	d.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodDelete {
			d.mu.Lock()
			d.fault["GET /api/v1/me/"] = answer{status: 401, body: `{"message":"Unauthorized"}`}
			d.mu.Unlock()
		}
		d.ServeHTTP(w, r)
	})
	_, err := d.byToken(t, "tower").Do(t.Context(), revoke(leaked))
	failsAs(t, err, model.Uncertain, "could not be asked")
}

func TestOnlyTheServersOwnRedirectMeansThatItIsMigrated(t *testing.T) {
	for to, migrated := range map[string]bool{
		"/migrations_notran/":                              true,
		"/awx/migrations_notran/":                          true,
		"https://127.0.0.1/api/v2/me/":                     false,
		"/oauth2/sign_in?rd=%2Fapi%2Fv2%2Fme%2F":           false,
		"https://sso.lab.invalid/login?next=/api/v2/me/":   false,
		"https://sso.lab.invalid/migrations_notran/":       false,
		"//sso.lab.invalid/migrations_notran/":             false,
		"/login/?next=/migrations_notran/":                 false,
		"https://127.0.0.1/api/v2/me/#/migrations_notran/": false,
	} {
		for _, path := range []string{"/api/v2/me/", "/api/"} {
			generation := "oauth2"
			if path == "/api/" {
				generation = ""
			}
			s := start(t, map[string][]answer{"GET " + path: {{status: 302, header: map[string]string{"Location": to}}}})
			_, err := s.byToken(t, generation).WhoAmI(t.Context())
			failsAs(t, err, model.Malformed, "302")
			if strings.Contains(err.Error(), "migrated") != migrated {
				t.Errorf("a redirect to %s: %v", to, err)
			}
		}
	}
}
