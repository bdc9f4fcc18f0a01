package client_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"authdeck/client/find"
	"authdeck/client/page"
	"authdeck/client/redact"
	"authdeck/model"
	"authdeck/model/query"
	"authdeck/model/review"
)

// searched are the texts that a system's own search looks at, as docs/query.md has them.
type searched struct {
	tokens func(model.Token) []model.Text
	users  func(model.User) []model.Text
}

func searchedBy(system string) searched {
	names := func(u model.User) []model.Text { return []model.Text{u.Username, u.FullName, u.Email} }
	return map[string]searched{
		"hamgam": {
			func(t model.Token) []model.Text {
				return []model.Text{model.Clean(t.ID), t.Owner.Username, t.Owner.FullName, t.Owner.Mobile}
			},
			func(u model.User) []model.Text { return append(names(u), model.Clean(u.ID), u.Mobile) },
		},
		"authentik": {func(t model.Token) []model.Text { return []model.Text{t.Name, t.Kind, t.Owner.Username, t.Description} }, names},
		"awx":       {func(t model.Token) []model.Text { return []model.Text{t.Owner.Username, t.Description, t.App} }, names},
		"tower":     {func(t model.Token) []model.Text { return []model.Text{t.Name, t.Owner.Username} }, names},
		"waldur":    {func(t model.Token) []model.Text { return []model.Text{t.Owner.Username, t.Owner.FullName, t.Name} }, names},
		"saymon": {
			func(t model.Token) []model.Text { return append(names(t.Owner), model.Clean(t.ID)) },
			func(u model.User) []model.Text { return append(names(u), model.Clean(u.ID)) },
		},
	}[system]
}

// TestAWordFindsHereWhatTheSystemFindsByIt asks for words of the rows twice: of the system, and
// here over all rows, as words within an “or” are. What each finds alone is what the other does not look at: the system at
// fewer texts, and this side at no number. A row with letters that nobody sees is left out: a
// server compares what is hidden, too.
func TestAWordFindsHereWhatTheSystemFindsByIt(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		info, finder := w.api.Info(), find.New(w.api, review.Usual())
		system, n := info.Kind, 0
		if w.subject.name == "tower" {
			system = "tower"
		}
		at := searchedBy(system)
		if at.users == nil {
			t.Skip("docs/query.md does not know this system")
		}
		if withTokens(w.subject) {
			n += sameFound(t, query.Tokens(), everyToken(t, w.api, model.Query{Size: 100}), at.tokens, func(t model.Token) string { return t.ID },
				func(q model.Query) []model.Token { return everyToken(t, finder, q) })
		}
		n += sameFound(t, query.Users(), everyUser(t, w.api, model.Query{Size: 100}), at.users, func(u model.User) string { return u.ID },
			func(q model.Query) []model.User { return everyUser(t, finder, q) })
		t.Logf("%d words compared", n)
	})
}

// TestWhatSearchesLookAtIsWrittenDown holds the table of docs/query.md against the systems.
func TestWhatSearchesLookAtIsWrittenDown(t *testing.T) {
	text, err := os.ReadFile("../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{
		"hamgam": "Hamgam", "authentik": "authentik", "awx": "AWX, OAuth2 and gateway", "aap gateway": "AWX, OAuth2 and gateway",
		"tower": "AWX, Tower 3.2 and older", "awx without tokens": "AWX without tokens", "waldur": "Waldur", "saymon": "SAYMON",
	}
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t) // which generation it is
		info := w.api.Info()
		row := strings.ReplaceAll("| "+rows[w.subject.name]+" | "+strings.Join(info.TokenSearch, ", ")+" | "+strings.Join(info.UserSearch, ", ")+" |", "|  |", "| |")
		if rows[w.subject.name] != "" && !strings.Contains(string(text), row+"\n") {
			t.Errorf("docs/query.md has no line %s", row)
		}
	})
}

// sameFound asks for words that stand in the rows: of the system, and here.
func sameFound[T any](t *testing.T, fields []query.Field[T], all []T, looks func(T) []model.Text, id func(T) string, ask func(model.Query) []T) int {
	t.Helper()
	all = slices.DeleteFunc(all, func(row T) bool { return slices.ContainsFunc(looks(row), model.Text.Changed) })
	words := someWords(fields, all)
	if number := id(all[0]); !redact.LooksLikeKey(number) {
		words = append(words, number)
	}
	both := 0
	for _, word := range words {
		server, here := names(ask(model.Query{Size: 100, Search: word}), id), names(ask(model.Query{Size: 100, Where: query.Query{Where: query.Any{query.Word{Text: word}, query.Word{Text: word}}}.String()}), id)
		for _, row := range all {
			searched, alike := holdsWord(looks(row), word, strings.ToLower), holdsWord(looks(row), word, page.Fold)
			numbered := strings.Contains(id(row), word)
			switch found, also := slices.Contains(server, id(row)), slices.Contains(here, id(row)); {
			case found && also:
				both++
			case found && !alike:
				t.Errorf("%q: the system finds %s by what nobody wrote down that it looks at: %q", word, id(row), looks(row))
			case found && !numbered:
				t.Errorf("%q: the system finds %s, and here it is not found: %q", word, id(row), looks(row))
			case also && searched:
				t.Errorf("%q: here %s is found, and not by the system, which looks at %q", word, id(row), looks(row))
			}
		}
	}
	if both == 0 {
		t.Error("no row was found by both")
	}
	return len(words)
}

// holdsWord reports whether a word stands in one of the texts. Letters with accents are equal
// to those without where they are folded, which not every system does.
func holdsWord(texts []model.Text, word string, fold func(string) string) bool {
	return slices.ContainsFunc(texts, func(text model.Text) bool { return strings.Contains(fold(text.String()), fold(word)) })
}

// someWords stand in the texts of rows; each is there in capitals, too.
func someWords[T any](fields []query.Field[T], all []T) []string {
	var words []string
	for i := range all {
		for _, f := range fields {
			if f.Text == nil || !f.Words {
				continue
			}
			for word := range strings.FieldsFuncSeq(f.Text(&all[i], nil), func(r rune) bool {
				return !unicode.In(r, unicode.L, unicode.M, unicode.N) && !strings.ContainsRune("-_@+", r)
			}) {
				if n := len([]rune(word)); n > 2 && n < 20 && !redact.LooksLikeKey(word) {
					words = append(words, word)
				}
			}
		}
	}
	slices.Sort(words)
	words = slices.Compact(words)
	var some []string
	for i := 0; i < len(words); i += max(1, len(words)/30) {
		some = append(some, words[i], strings.ToUpper(words[i]))
	}
	return some
}

// TestAWordFindsATokenByItsApplication holds what the language calls app: against the systems
// whose tokens have one.
func TestAWordFindsATokenByItsApplication(t *testing.T) {
	forThose(t, withTokensInEarnest, func(t *testing.T, w *world) {
		for _, row := range everyToken(t, w.api, model.Query{Size: 100}) {
			name := row.App.String()
			if name == "" || row.App.Changed() || strings.HasPrefix(name, "number ") {
				continue
			}
			if found := names(everyToken(t, w.api, model.Query{Size: 100, Search: name}), func(t model.Token) string { return t.ID }); !slices.Contains(found, row.ID) {
				t.Errorf("%q does not find %s: %q", name, row.ID, found)
			}
		}
	})
}
