package authentik_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"testing"

	"authdeck/model"
)

// exchange is one that was recorded at a real server.
type exchange struct {
	What, Server, Method string
	Status               int
	Headers              map[string]string
	Answer               json.RawMessage
}

func recorded(t *testing.T) (all []exchange) {
	t.Helper()
	file, err := os.Open("testdata/refusals.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var e exchange
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		all = append(all, e)
	}
	return all
}

// replay answers as the server did.
func (e exchange) replay(w http.ResponseWriter, _ *http.Request) {
	for name, value := range e.Headers {
		if name != "content-length" {
			w.Header().Set(name, value)
		}
	}
	w.WriteHeader(e.Status)
	var page string
	if json.Unmarshal(e.Answer, &page) == nil {
		_, _ = io.WriteString(w, page)
		return
	}
	_, _ = w.Write(e.Answer)
}

// means is what an answer to an edit tells.
func (e exchange) means() model.Kind {
	if e.Headers["content-type"] == "text/html; charset=utf-8" {
		return model.Uncertain // a crash, or an answer to something else
	}
	return map[int]model.Kind{
		400: model.Invalid, 403: model.Forbidden, 404: model.Uncertain, // it was there right before
		405: model.Unsupported, 415: model.Invalid,
	}[e.Status]
}

func TestWhatRealServersSayProvesARefusalOnlyInTheirOwnForm(t *testing.T) {
	t.Parallel()
	kinds := map[model.Kind]int{}
	for _, e := range recorded(t) {
		if e.Status < 400 || e.Method == http.MethodGet && e.Status == http.StatusMethodNotAllowed {
			continue
		}
		s := serve(t, superuser())
		s.says("PATCH /core/tokens/ci/", e.replay)
		api := s.api(t)
		_, err := edit(t, api, "ci", map[string]string{"description": "x"})
		if model.KindOf(err) != e.means() {
			t.Errorf("%s (%s %d): %v, want %s", e.What, e.Server, e.Status, err, e.means())
		}
		kinds[model.KindOf(err)]++
		if n := len(s.writes()); n != 1 {
			t.Errorf("%s: sent %d times", e.What, n)
		}
	}
	if len(kinds) != 4 || kinds[model.Uncertain] < 4 {
		t.Errorf("the recordings hold %v", kinds)
	}
}

// foreign are answers that stand for no refusal of authentik's.
func foreign() map[string]http.HandlerFunc {
	says := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	return map[string]http.HandlerFunc{
		"a crash":                        crash,
		"nginx in maintenance":           maintenance,
		"a method that the route has":    contradictory,
		"405 without Allow":              says(405, "application/json", `{"detail":"Method \"POST\" not allowed."}`),
		"a 400 page":                     says(400, "text/html", "<h1>Bad Request</h1>"),
		"a 400 of a gateway":             says(400, "application/json", `{"message":"no"}`),
		"a 400 of nothing":               says(400, "application/json", `{}`),
		"a sign-in of a proxy's":         says(401, "text/html", "<h1>401</h1>"),
		"a 401, which authentik has not": says(401, "application/json", `{"detail":"no"}`),
		"a firewall":                     says(403, "text/html", "<h1>Blocked</h1>"),
		"a firewall in JSON":             says(403, "application/json", `{"error":"blocked"}`),
		"a 404 page":                     says(404, "text/html", "<h1>Not Found</h1>"),
		"409":                            says(409, "application/json", `{"detail":"no"}`),
		"413":                            says(413, "text/html", ""),
		"421":                            says(421, "application/json", `{"detail":"no"}`),
		"429 of a proxy":                 says(429, "text/html", ""),
		"499":                            says(499, "", ""),
		"starting":                       says(503, "application/json", `{"error":"authentik starting"}`),
	}
}

// contradictory refuses a method, and says that the route has it.
func contradictory(w http.ResponseWriter, r *http.Request) { forbidding(r.Method+", OPTIONS")(w, r) }

func TestAnAnswerThatProvesNothingIsNeverTakenForNothingChanged(t *testing.T) {
	t.Parallel()
	for name, says := range foreign() {
		for route, do := range writing() {
			s := serve(t, superuser())
			s.says(route, says)
			issued, err := do(t, s.api(t))
			e := fails(t, err, model.Uncertain)
			if e.Instead != model.Nothing {
				t.Errorf("%s to %s offers %s, which would be a second write", name, route, e.Instead)
			}
			if route == setKey && (issued.Key.Empty() || issued.Key.Reveal() != keySet(s)) {
				t.Errorf("%s: the key that may be the token's is lost", name)
			}
			if w := s.writes(); len(w) != 1 {
				t.Errorf("%s to %s: sent %v", name, route, w)
			}
		}
	}
}

// writing does, by the write that it is about, what sends it.
func writing() map[string]func(*testing.T, model.API) (model.Issued, error) {
	on := func(a model.Action) func(*testing.T, model.API) (model.Issued, error) {
		return func(t *testing.T, api model.API) (model.Issued, error) {
			t.Helper()
			return do(t, api, a, token(t, api, "ci"))
		}
	}
	return map[string]func(*testing.T, model.API) (model.Issued, error){
		"POST /core/tokens/": func(t *testing.T, api model.API) (model.Issued, error) {
			t.Helper()
			return api.Do(t.Context(), order("7", map[string]string{"identifier": "fresh"}))
		},
		"PATCH /core/tokens/ci/": on(model.Edit), setKey: on(model.Regenerate), "DELETE /core/tokens/ci/": on(model.Delete),
	}
}

func TestWhyA405MayBeNoRefusalIsSaid(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.says(setKey, crash)
	api := s.api(t)
	_, err := do(t, api, model.Regenerate, token(t, api, "ci"))
	fails(t, err, model.Uncertain, "when a write fails half way", "the token's if it happened", "v shows which key token ci has now")
}

func TestAMethodThatTheRouteDoesNotHaveIsNotOffered(t *testing.T) {
	t.Parallel()
	s := serve(t, superuser())
	s.says(setKey, forbidding("OPTIONS"))
	api := s.api(t)
	issued, err := do(t, api, model.Regenerate, token(t, api, "ci"))
	if e := fails(t, err, model.Unsupported); e.Instead != model.Replace || !issued.Key.Empty() {
		t.Errorf("offered is %s", e.Instead)
	}
}
