package waldur_test

import (
	"net/url"
	"strings"
	"testing"

	"authdeck/model"
)

func TestANameThatDoesNotFoldToASCIIIsNotASearchForEverybody(t *testing.T) {
	t.Parallel()
	for search, want := range map[string]struct{ keyword, query, note string }{
		"mari":                    {"mari", "", ""},
		"Öztürk":                  {"Öztürk", "", ""}, // the server takes the accents off by itself
		"O\u0308ztu\u0308rk Mari": {"O\u0308ztu\u0308rk Mari", "", ""},
		"سارا":                    {"", "سارا", ""},
		"Иван":                    {"", "Иван", ""},
		"王芳":                      {"", "王芳", ""},
		"Иван Lee":                {"Lee", "Иван", ""},
		"Lee  Kim Иван":           {"Lee Kim", "Иван", ""},
		"Al Иван Reza":            {"Reza", "Иван", "“Иван” and “Reza”"}, // “Al Reza” would be nobody's name
		"ß":                       {"", "ß", ""},
		"ı":                       {"", "ı", ""},
		"\u0301":                  {"", "\u0301", ""},
		"سارا احمدی":              {"", "احمدی", "“احمدی”"},
		"Лев Иванов lev":          {"lev", "Иванов", "“Иванов”"},
	} {
		f := waldurOf(t)
		f.lists(users, userRow)
		page, err := f.open(t, sessionKey).Users(t.Context(), model.Query{Size: 7, Search: search})
		if err != nil {
			t.Fatal(err)
		}
		asked, _ := url.ParseQuery(f.last(t, users).query)
		if asked.Get("user_keyword") != want.keyword || asked.Get("query") != want.query || asked.Has("query") != (want.query != "") ||
			asked.Has("user_keyword") != (want.keyword != "") {
			t.Errorf("%q is sent as %v", search, asked)
		}
		if (page.Note == "") != (want.note == "") || !strings.Contains(page.Note, want.note) {
			t.Errorf("%q: the note is %q", search, page.Note)
		}
	}
}
