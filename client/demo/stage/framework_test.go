package stage_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo/stage"
)

// Each of these was sent to authentik 2025.12.4 (Django 5.2, Python 3.13), which took it
// or did not.
func TestTimesAreReadAsDjangoReadsThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2020-W01-1":                    "2019-12-30T00:00:00Z",
		"2020W011T0102":                 "2019-12-30T01:02:00Z",
		"2020-W53":                      "2020-12-28T00:00:00Z",
		"20200101T000000Z":              "2020-01-01T00:00:00Z",
		"2099-01-01":                    "2099-01-01T00:00:00Z",
		"2020-01-01T00:00:00+0330":      "2019-12-31T20:30:00Z",
		"2020-01-01T00:00:00+03":        "2019-12-31T21:00:00Z",
		"2020-01-01T00:00:00-03:30":     "2020-01-01T03:30:00Z",
		"2020-01-01 00:00:00":           "2020-01-01T00:00:00Z",
		"2020-01-01T00:00:00,5":         "2020-01-01T00:00:00.5Z",
		"2020-01-01T00:00:00.123456789": "2020-01-01T00:00:00.123456Z",
		"2020-1-1T1:2":                  "2020-01-01T01:02:00Z",
		"2020-01-01T10":                 "2020-01-01T10:00:00Z",
		"2020-01-01x10:00":              "2020-01-01T10:00:00Z",
		"2020-01-01T10:00:00 +03:00":    "2020-01-01T07:00:00Z",
		"0001-01-01T00:00:00+01:00":     "out of range",
		"2021-W53-1":                    "wrong format",
		"2020-001":                      "wrong format",
		"2020-13-01":                    "wrong format",
		"2021-02-29":                    "wrong format",
		"2020-01-01T25:00":              "wrong format",
		"2020-01-01T10.5":               "wrong format",
		"2020-01-01T10:00:00z":          "wrong format",
		"0000-01-01":                    "wrong format",
		"1577836800":                    "wrong format",
		"yesterday":                     "wrong format",
		"":                              "wrong format",
	} {
		at, err := stage.ParseDateTime(text)
		got := at.Format(time.RFC3339Nano)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, want) {
			t.Errorf("%q is read as %q, want %q", text, got, want)
		}
	}
	for _, raw := range []string{"5", "[]", "true", "{}"} {
		if _, err := stage.ReadDateTime(json.RawMessage(raw)); err != stage.ErrDateFormat { //nolint:errorlint // is never wrapped
			t.Errorf("%s is a time: %v", raw, err)
		}
	}
}

func TestBooleansAreReadAsTheFrameworkReadsThem(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`true`: "yes", `"yes"`: "yes", `"on"`: "yes", `"t"`: "yes", `"T"`: "yes", `"1"`: "yes", `1`: "yes", `1.0`: "yes", `"TRUE"`: "yes",
		`false`: "no", `"no"`: "no", `"off"`: "no", `"f"`: "no", `"F"`: "no", `"0"`: "no", `0`: "no",
		`null`: "neither", `""`: "neither", `2`: "neither", `"maybe"`: "neither", `[]`: "neither", `{}`: "neither", `" true"`: "neither",
	} {
		value, ok := stage.ReadBoolean(json.RawMessage(raw))
		got := map[bool]string{true: "yes", false: "no"}[value]
		if !ok {
			got = "neither"
		}
		if got != want {
			t.Errorf("%s is read as %s, want %s", raw, got, want)
		}
	}
	for word, want := range map[string]bool{"True": true, "TRUE": true, "1": true, "False": true, "0": true, "yes": false, "on": false, "t": false, "": false} {
		if _, filters := stage.FilterBoolean(word); filters != want {
			t.Errorf("%q filters: %v, want %v", word, filters, want)
		}
	}
}

func TestBrokenJSONIsToldInPythonsWords(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		``:                "Expecting value: line 1 column 1 (char 0)",
		`{bad`:            "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
		`{`:               "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
		`{"a":1,}`:        "Expecting property name enclosed in double quotes: line 1 column 8 (char 7)",
		`{"a":1}x`:        "Extra data: line 1 column 8 (char 7)",
		`{"a" 1}`:         "Expecting ':' delimiter: line 1 column 6 (char 5)",
		`{"a":}`:          "Expecting value: line 1 column 6 (char 5)",
		"{\"a\":1\n \"b":  "Expecting ',' delimiter: line 2 column 2 (char 8)",
		`["é", `:          "Expecting value: line 1 column 7 (char 6)",
		`{"a":"x`:         "Unterminated string starting at: line 1 column 6 (char 5)",
		"{\"a\":\"\n\"}":  "Invalid control character at: line 1 column 7 (char 6)",
		`{"a":"\x"}`:      `Invalid \escape: line 1 column 7 (char 6)`,
		`{"a":"\u12g4"}`:  `Invalid \uXXXX escape: line 1 column 8 (char 7)`,
		"{\"a\":\"\xff\"": "'utf-8' codec can't decode byte 0xff in position 6: invalid start byte",
	} {
		if got := stage.JSONError([]byte(raw)); got != want {
			t.Errorf("%q: %q, want %q", raw, got, want)
		}
	}
}

func TestTypesAreCalledAsPythonCallsThem(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"x"`: "str", ` []`: "list", `{}`: "dict", `true`: "bool", `5`: "int", `1.5`: "float", `1e3`: "float", `null`: "NoneType",
	} {
		if got := stage.PythonType(json.RawMessage(raw)); got != want {
			t.Errorf("%s is %s, want %s", raw, got, want)
		}
	}
}

// view is one path of a server that looks at Accept.
func view(f stage.Framework, actions stage.Methods) http.Handler {
	admit := func(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
		if r.Header.Get("Authorization") == "" && need != stage.Anyone {
			stage.Detail(w, http.StatusUnauthorized, "who?")
			return nil, false
		}
		return &stage.User{Rights: stage.AllRights}, true
	}
	return f.Resource("/x/", actions, admit, func(_ string, next http.Handler) http.Handler { return next })
}

func ask(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, http.NoBody)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func readable(t *testing.T) (stage.Framework, stage.Methods) {
	t.Helper()
	ok := func(w http.ResponseWriter, _ *http.Request, _ *stage.User) { stage.Reply(w, http.StatusOK, "<b>") }
	f := stage.Framework{
		JSON: "application/json; charset=utf-8", Vary: "Accept", PageVary: "Cookie", Headers: map[string]string{"Content-Language": "en"},
		Renders: []string{"application/json", "text/html"}, Parses: []string{"application/json"},
		Formats: map[string]int{"api": http.StatusNotAcceptable, "": http.StatusNotFound},
		Views: map[string]stage.View{"/x/": {Name: "X", Actions: stage.Fields{
			"POST": {"a": stage.NewField("string", "A", true, false).With("max_length", 5)},
		}}},
	}
	return f, stage.Methods{"DELETE": stage.Serve("", stage.SignedIn, ok), "GET": stage.Serve("", stage.SignedIn, ok), "POST": stage.Serve("", stage.SignedIn, ok)}
}

func TestEveryAnswerOfAViewNamesItsMethodsInTheOrderOfDjango(t *testing.T) {
	t.Parallel()
	f, actions := readable(t)
	for _, method := range []string{"GET", "POST", "PUT", "HEAD", "OPTIONS"} {
		for _, key := range []string{"", "k"} {
			w := ask(view(f, actions), method, "/x/", "Authorization", key)
			if got := w.Header().Get("Allow"); got != "GET, POST, DELETE, HEAD, OPTIONS" {
				t.Errorf("%s with %q: %d, Allow %q", method, key, w.Code, got)
			}
			if got := w.Header().Get("Content-Type"); got != f.JSON {
				t.Errorf("%s with %q: %q", method, key, got)
			}
			if w.Header().Get("Vary") != "Accept" || w.Header().Get("Content-Language") != "en" {
				t.Errorf("%s with %q: %v", method, key, w.Header())
			}
		}
	}
}

func TestAViewWithoutHEADSaysSo(t *testing.T) {
	t.Parallel()
	f, actions := readable(t)
	f.Views = map[string]stage.View{"/x/": {NoHead: true}}
	w := ask(view(f, actions), "HEAD", "/x/", "Authorization", "k")
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, POST, DELETE, OPTIONS" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

func TestTheTypeIsChosenBeforeTheCredentialIsJudged(t *testing.T) {
	t.Parallel()
	f, actions := readable(t)
	for _, c := range []struct {
		accept, format string
		status         int
		body           string
	}{
		{"application/xml", "", 406, `{"detail":"Could not satisfy the request Accept header."}`},
		{"", "", 406, "Accept"},
		{"image/png, application/*;q=0.1", "", 401, "who?"},
		{"*/*", "", 401, "who?"},
		{"*/*", "?format=xml", 404, `{"detail":"Not found."}`},
		{"*/*", "?format=api", 406, "Accept"},
		{"*/*", "?format=xml&format=json", 401, "who?"},
		{"text/html;q=0.1, */*", "", 401, "<pre>{&#34;detail"},
	} {
		w := ask(view(f, actions), "GET", "/x/"+c.format, "Accept", c.accept)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
			t.Errorf("%q %q: %d %s, want %d %s", c.accept, c.format, w.Code, w.Body, c.status, c.body)
		}
	}
}

func TestOPTIONSTellsOfTheFieldsThatACallerMayWrite(t *testing.T) {
	t.Parallel()
	f, actions := readable(t)
	want := `{"actions":{"POST":{"a":{"label":"A","max_length":5,"read_only":false,"required":true,"type":"string"}}},` +
		`"description":"","name":"X","parses":["application/json"],"renders":["application/json","text/html"]}`
	if w := ask(view(f, actions), "OPTIONS", "/x/", "Authorization", "k"); strings.TrimSpace(w.Body.String()) != want {
		t.Errorf("%s, want %s", w.Body, want)
	}
	v := f.Views["/x/"]
	v.May = func(*stage.User, string) bool { return false }
	f.Views["/x/"] = v
	if w := ask(view(f, actions), "OPTIONS", "/x/", "Authorization", "k"); strings.Contains(w.Body.String(), "actions") {
		t.Errorf("%s tells of actions", w.Body)
	}
}

func TestABodyThatIsNoObjectIsToldByItsType(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`[]`:      `{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}`,
		`"x"`:     `{"non_field_errors":["Invalid data. Expected a dictionary, but got str."]}`,
		` null `:  `{"non_field_errors":["No data provided"]}`,
		`{bad`:    `{"detail":"JSON parse error - Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"}`,
		`{"a":1}`: "",
		``:        "",
	} {
		r := httptest.NewRequest(http.MethodPost, "/x/", io.NopCloser(strings.NewReader(body)))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		_, ok := stage.Body{}.Fields(w, r)
		if got := strings.TrimSpace(w.Body.String()); got != want || ok != (want == "") {
			t.Errorf("%q: %q, want %q", body, got, want)
		}
	}
}

func TestTheLastOfRepeatedParametersCounts(t *testing.T) {
	t.Parallel()
	q := httptest.NewRequest(http.MethodGet, "/?a=1&a=2&b=%00", http.NoBody).URL.Query()
	if got := stage.Last(q, "a"); got != "2" {
		t.Errorf("a is %q", got)
	}
	if got := stage.Lasts(q).Encode(); got != "a=2&b=%00" {
		t.Errorf("they are %q", got)
	}
	if !stage.HasNull(q, "b") || stage.HasNull(q, "a") || stage.HasNull(q, "c") {
		t.Error("the NUL is not where it is")
	}
}

func TestASlashTooFewIsMovedWithAnEmptyPageWhateverTheMethod(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	stage.MovedToSlash(w, httptest.NewRequest(http.MethodPost, "/a%2Fb?x=1", http.NoBody))
	if w.Code != 301 || w.Header().Get("Location") != "/a/b/?x=1" || w.Body.Len() > 0 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}
