package client_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestARedirectIsReportedAndTheKeyGoesNowhere(t *testing.T) {
	t.Parallel()
	elsewhere := answering(t, saying(http.StatusOK, meJSON))
	for _, code := range []int{301, 302, 303, 307, 308} {
		server := answering(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"/login/?next="+canary+"query#part", code)
		})
		api := server.api(t)
		_, read := api.WhoAmI(t.Context())
		_, write := api.Do(t.Context(), creating("7"))
		for what, err := range map[string]error{"read": read, "write": write} {
			meets(t, fmt.Sprintf("%s %d", what, code), err, map[string]model.Kind{"read": model.Malformed, "write": model.Uncertain}[what], 0)
			if !strings.Contains(err.Error(), strings.TrimPrefix(elsewhere.URL, "http://")+";") || strings.Contains(err.Error(), "login") {
				t.Errorf("%s %d: the error is %q", what, code, err)
			}
		}
		if n := len(server.requests()); n != 2 {
			t.Errorf("%d: the server was asked %d times", code, n)
		}
	}
	if n := len(elsewhere.requests()); n != 0 {
		t.Errorf("the other host got %d requests", n)
	}
}

func TestARedirectToAnAddressWithAPasswordDoesNotShowIt(t *testing.T) {
	t.Parallel()
	server := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "https://user:"+canary+"pw@elsewhere.invalid/x?"+canary+"q")
		w.WriteHeader(http.StatusFound)
	})
	_, err := server.api(t).WhoAmI(t.Context())
	meets(t, "redirect", err, model.Malformed, 0)
	if !strings.Contains(err.Error(), "elsewhere.invalid") {
		t.Errorf("the error does not say where to: %v", err)
	}
}

func TestARedirectToAnUnreadableAddressIsNotQuoted(t *testing.T) {
	t.Parallel()
	for _, to := range []string{"{x:" + canary + "}", "http://[::1" + canary, "%zz?" + canary, "ht tp://x/" + canary, ":" + canary} {
		server := answering(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusFound)
		})
		_, err := server.api(t).WhoAmI(t.Context())
		meets(t, to, err, model.Malformed, 0)
	}
}

func TestAServerCannotSayWhereItPoints(t *testing.T) {
	t.Parallel()
	server := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Authdeck-Points-To", "https://evil.invalid/?"+canary)
		w.WriteHeader(http.StatusBadRequest)
	})
	_, err := server.api(t).WhoAmI(t.Context())
	meets(t, "no redirect", err, model.Invalid, 0)
	if strings.Contains(err.Error(), "evil.invalid") {
		t.Errorf("the error is %q", err)
	}
}

func TestALinkInAnAnswerIsNeverRequested(t *testing.T) {
	t.Parallel()
	elsewhere := answering(t, saying(http.StatusOK, `{"count": 0, "results": []}`))
	server := answering(t, func(w http.ResponseWriter, r *http.Request) {
		id := "1"
		if r.URL.Query().Get("offset") == "1" {
			id = "2"
		}
		link := elsewhere.URL + "/api/users/auth_tokens/?limit=1&offset=77"
		saying(http.StatusOK, fmt.Sprintf(`{"count": 2, "next": %q, "previous": %q, "results": [{"id": %s, "key": "k", "user_data": {"id": %s}}]}`, link, link, id, id))(w, r)
	})
	if tokens := everyToken(t, server.api(t), model.Query{Size: 1}); len(tokens) != 2 {
		t.Errorf("%d tokens came", len(tokens))
	}
	if n := len(elsewhere.requests()); n != 0 {
		t.Errorf("a link was requested %d times", n)
	}
}

func TestARefusalThatEchoesTheKeyDoesNotShowIt(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"detail":      `{"detail": "Invalid token canary-key."}`,
		"field":       `{"token": ["canary-key is not known", "no canary-key"]}`,
		"field name":  `{"canary-key": ["is not known"]}`,
		"bare list":   `["canary-key"]`,
		"bare string": `"canary-key"`,
		"escaped":     `{"detail": "\u0063anary-key"}`,
		"twice":       `{"detail": "canary-keycanary-key"}`,
		"header":      `{"detail": "Authorization: Token canary-key"}`,
		"nested":      `{"errors": {"token": "canary-key"}}`,
		"HTML":        `<html>canary-key</html>`,
		"half":        `{"detail": "canary-key`,
	} {
		t.Run(name, func(t *testing.T) {
			for _, code := range []int{200, 400, 401, 403, 404, 409, 418, 422, 429, 500, 503} {
				echoed(t, code, body)
			}
		})
	}
}

// echoed asks and writes once, and looks for the key in all that is left of it.
func echoed(t *testing.T, code int, body string) {
	t.Helper()
	server := answering(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Retry-After", "3")
		saying(code, body)(w, r)
	})
	book := &logBook{}
	api := open(t, profile(t, server.URL, canary+"key"), book)
	_, read := api.WhoAmI(t.Context())
	_, write := api.Do(t.Context(), creating("7"))
	for _, err := range []error{read, write} {
		if err == nil {
			t.Errorf("%d: there is no error", code)
		}
		if !t.Failed() { // one of them says it all
			redacttest.TellsNoKey(t, err)
		}
	}
	redacttest.Hides(t, "the log", book.String())
}

func TestARefusalThatEchoesThePasswordDoesNotShowIt(t *testing.T) {
	t.Parallel()
	const awkward = `pa"ss\wörd<&>`
	quoted, err := json.Marshal(map[string]string{"detail": "wrong: " + awkward})
	if err != nil {
		t.Fatal(err)
	}
	server := answering(t, saying(http.StatusBadRequest, string(quoted)))
	p := must(profile(t, server.URL, awkward).SignInWith("root.admin"))(t)
	_, err = open(t, p, &logBook{}).WhoAmI(t.Context())
	meets(t, "password", err, model.Unauthorized, 0)
	for ; err != nil; err = errors.Unwrap(err) {
		if strings.Contains(fmt.Sprintf("%+v %#v", err, err), "wörd") {
			t.Errorf("the password is shown: %#v", err)
		}
	}
}

func TestJSONThatCannotBeReadIsNotQuoted(t *testing.T) {
	t.Parallel()
	const odd = "4815162342481516234248151623"
	for _, body := range []string{`{"id": ` + odd + `}`, `{"id": 1, "username": ` + odd + `}`, `{"id": "` + odd + `"}`, `{"id": 1, ` + odd} {
		_, err := answering(t, saying(http.StatusOK, body)).api(t).WhoAmI(t.Context())
		meets(t, body, err, model.Malformed, 0)
		for ; err != nil; err = errors.Unwrap(err) {
			if printed := fmt.Sprintf("%+v %#v", err, err); strings.Contains(printed, odd) {
				t.Errorf("the error quotes the answer: %s", printed)
			}
		}
	}
}

// quoting answers a request with all of it, in the words of several frameworks.
func quoting(w http.ResponseWriter, r *http.Request) {
	said := r.RequestURI + " " + fmt.Sprint(r.Header)
	inner, _ := json.Marshal(map[string]any{"errorCode": 3, "message": said})
	body, _ := json.Marshal(map[string]any{
		"detail": said, "error": said, "code": said, "message": string(inner), "__all__": []string{said}, said: said,
	})
	w.Header().Set("Retry-After", "3")
	saying(http.StatusBadRequest, string(body))(w, r)
}
