package client_test

import (
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

// The heading of a column says which way a list is sorted by it. A sort that says the wrong
// fact, or the wrong way, would have the console say what is not so.
func TestASortSaysByWhatItIsAndASearchWhatItLooksAt(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		for _, s := range w.api.Info().TokenSorts {
			if slices.Contains(w.subject.dialect.unseen, s.Key) {
				continue
			}
			goesBy(t, s, everyToken(t, w.api, model.Query{Size: 100, Sort: s.Key}), tokenFact(s.By.Fact))
		}
		if info := w.api.Info(); withTokens(w.subject) == (len(info.TokenSearch) == 0) || len(info.UserSearch) == 0 {
			t.Errorf("searches look at %q and %q", info.TokenSearch, info.UserSearch)
		}
		for _, s := range w.api.Info().UserSorts {
			goesBy(t, s, everyUser(t, w.api, model.Query{Size: 100, Sort: s.Key}), userFact(s.By.Fact))
		}
	})
}

// goesBy wants ten neighbours that stand as the sort says for each that does not: systems
// differ in how they compare letters.
func goesBy[T any](t *testing.T, s model.Sort, rows []T, fact func(T) string) {
	t.Helper()
	if s.By == (model.By{}) {
		return
	}
	so, otherwise := 0, 0
	for i := range rows[min(1, len(rows)):] {
		a, b := fact(rows[i]), fact(rows[i+1])
		switch {
		case a == "" || b == "" || a == b:
		case (a > b) == s.By.Falls:
			so++
		default:
			otherwise++
		}
	}
	if so < 10*otherwise {
		t.Errorf("sort %q says %+v: so stand %d neighbours, and %d otherwise", s.Label, s.By, so, otherwise)
	}
}

func instant[T any](of func(T) model.When) func(T) string {
	return func(row T) string {
		at, known := of(row).Time()
		if !known {
			return ""
		}
		return at.Format("2006-01-02T15:04:05.000")
	}
}

func lower[T any](of func(T) model.Text) func(T) string {
	return func(row T) string { return strings.ToLower(unaltered(of(row))) }
}

func tokenFact(by model.Fact) func(model.Token) string {
	if text := tokenText(by); text != nil {
		return lower(text)
	}
	return map[model.Fact]func(model.Token) string{
		model.ByCreated: instant(tokenCreated), model.ByUpdated: instant(tokenUpdated),
		model.ByExpires: instant(tokenExpires), model.ByLastUsed: instant(tokenUsed),
	}[by]
}

func tokenText(by model.Fact) func(model.Token) model.Text {
	return map[model.Fact]func(model.Token) model.Text{
		model.ByName:        func(t model.Token) model.Text { return t.Name },
		model.ByOwner:       func(t model.Token) model.Text { return t.Owner.Username },
		model.ByFullName:    func(t model.Token) model.Text { return t.Owner.FullName },
		model.ByKind:        func(t model.Token) model.Text { return t.Kind },
		model.ByDescription: func(t model.Token) model.Text { return t.Description },
	}[by]
}

func userFact(by model.Fact) func(model.User) string {
	if text := userText(by); text != nil {
		return lower(text)
	}
	return map[model.Fact]func(model.User) string{
		model.ByCreated: instant(userCreated), model.ByLastLogin: instant(userLogin),
	}[by]
}

func userText(by model.Fact) func(model.User) model.Text {
	return map[model.Fact]func(model.User) model.Text{
		model.ByName:     func(u model.User) model.Text { return u.Username },
		model.ByFullName: func(u model.User) model.Text { return u.FullName },
		model.ByEmail:    func(u model.User) model.Text { return u.Email },
	}[by]
}
