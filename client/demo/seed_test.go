package demo_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/demo/stage"
)

// harmful counts the hostile texts in the names of some users.
func harmful(people []map[string]any) map[string]int {
	met := map[string]int{}
	for _, u := range people {
		for _, field := range []string{"first_name", "last_name", "username"} {
			if text, ok := u[field].(string); ok && slices.Contains(demo.Hostile(), text) {
				met[text]++
			}
		}
	}
	return met
}

// owner is the user_data of a token's row.
func owner(row map[string]any) map[string]any { return row["user_data"].(map[string]any) }

func owners(rows []map[string]any) []map[string]any {
	var out []map[string]any
	for _, row := range rows {
		out = append(out, owner(row))
	}
	return out
}

func TestEveryHostileTextIsSomebodysName(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	met := harmful(demotest.Everything(t, s, usersPath))
	for _, text := range demo.Hostile() {
		if met[text] != 1 {
			t.Errorf("%.30q is the name of %d users", text, met[text])
		}
	}
	if len(met) != 24 {
		t.Errorf("%d texts", len(met))
	}
	holding := harmful(owners(demotest.Everything(t, s, tokensPath)))
	if len(holding) < 6 || len(holding) > 18 {
		t.Errorf("%d of them hold a token, that is no mixture", len(holding))
	}
}

func TestHostileTextsShowOnTheFirstPages(t *testing.T) {
	for seed := range uint64(20) {
		s := demotest.Start(t, demo.Options{Seed: seed})
		users := harmful(demotest.Ask(t, s, "GET", usersPath, "").Rows(t))
		tokens := harmful(owners(demotest.Ask(t, s, "GET", tokensPath+"?limit=20", "").Rows(t)))
		if len(users) < 3 || len(tokens) < 3 {
			t.Errorf("seed %d: %d among the first users, %d among the first tokens", seed, len(users), len(tokens))
		}
	}
}

func TestHostileTextsHoldWhatATerminalMustNotGet(t *testing.T) {
	all := strings.Join(demo.Hostile(), "|")
	for _, sequence := range []string{
		"\x1b]52;", "\a", "\x1b\\", "\x1b[2J", "\x1b[H", "\x1b]0;", "\x1b]8;;", "\u009b", "\u009d", "\x1bP", "\r", "\b",
		"\n", "\t", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u200d", "\u200b", "\ufeff", "\ufe0f", "\U0001f3fd",
		"\u00ad", "\U000e0001", "\x00", "\x7f", "\x1b[?1049l", "\x1b[201~dy",
	} {
		if !strings.Contains(all, sequence) {
			t.Errorf("%q is missing", sequence)
		}
	}
	longest, marks := 0, 0
	for _, text := range demo.Hostile() {
		if !utf8.ValidString(text) {
			t.Errorf("%q is not UTF-8", text)
		}
		longest = max(longest, len(text))
		if strings.HasPrefix(text, "Z") {
			marks = utf8.RuneCountInString(text) - 1
		}
	}
	if longest != 5000 || marks != 50 {
		t.Errorf("the longest has %d letters, the tallest %d marks", longest, marks)
	}
}

func TestTheCompanyIsBelievable(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	people := demotest.Everything(t, s, usersPath)
	met := map[string]int{}
	for _, u := range people {
		for _, field := range []string{"first_name", "last_name", "full_name", "email", "mobile_number", "last_login", "avatar"} {
			if u[field] == nil {
				met["no "+field]++
			}
		}
		for _, field := range []string{"is_active", "is_staff", "is_admin"} {
			if u[field] == true {
				met[field]++
			}
		}
		name := fmt.Sprint(u["full_name"])
		for script, letters := range map[string]string{
			"Persian": "ایر", "Russian": "аен", "Chinese": "王李张陈", "combining": "\u0301\u0308\u0300\u0327", "composed": "üéß", "joiner": "\u200c",
		} {
			if strings.ContainsAny(name, letters) {
				met[script]++
			}
		}
	}
	for what, want := range map[string][2]int{
		"no first_name": {3, 40}, "no last_name": {3, 45}, "no email": {5, 60}, "no mobile_number": {3, 35},
		"no last_login": {5, 60}, "no avatar": {100, 239}, "is_active": {180, 238}, "is_staff": {10, 70}, "is_admin": {2, 20},
		"Persian": {15, 100}, "Russian": {15, 100}, "Chinese": {10, 100}, "combining": {5, 100}, "composed": {5, 100}, "joiner": {2, 60},
	} {
		if met[what] < want[0] || met[what] > want[1] {
			t.Errorf("%s: %d of %d, want %d to %d", what, met[what], len(people), want[0], want[1])
		}
	}
	for _, field := range []string{"username", "mobile_number", "email", "id"} {
		seen := map[any]bool{}
		for _, u := range people {
			if u[field] != nil && seen[u[field]] {
				t.Errorf("two users have the %s %v", field, u[field])
			}
			seen[u[field]] = true
		}
	}
}

func TestTheHistoryIsInOrder(t *testing.T) {
	base := time.Date(2025, 5, 5, 0, 0, 0, 0, time.UTC)
	for name, o := range map[string]demo.Options{
		"the day of tests": {},
		"a given day":      {Now: func() time.Time { return base }},
	} {
		s := demotest.Start(t, o)
		until := time.Date(2026, 1, 16, 0, 0, 0, 0, time.UTC)
		if o.Now != nil {
			until = base.Add(time.Second)
		}
		since := until.Add(-stage.History - 2*stage.Day)
		born := map[any]time.Time{}
		for _, u := range demotest.Everything(t, s, usersPath) {
			born[u["id"]] = demotest.When(t, u["created_at"])
			inOrder(t, name, since, born[u["id"]], demotest.When(t, u["updated_at"]), until)
			if u["last_login"] != nil {
				inOrder(t, name, born[u["id"]], demotest.When(t, u["last_login"]), until)
			}
		}
		fresh, renewed := 0, 0
		for _, row := range demotest.Everything(t, s, tokensPath) {
			created, updated := demotest.When(t, row["created_at"]), demotest.When(t, row["updated_at"])
			inOrder(t, name, born[owner(row)["id"]], created, updated, until)
			if updated.Sub(created) < time.Millisecond {
				fresh++
			} else {
				renewed++
			}
		}
		if fresh <= renewed || renewed < 10 {
			t.Errorf("%s: %d tokens never regenerated, %d regenerated", name, fresh, renewed)
		}
	}
}

func inOrder(t *testing.T, name string, times ...time.Time) {
	t.Helper()
	for i := range times[1:] {
		if !times[i].Before(times[i+1]) {
			t.Errorf("%s: %v is not before %v", name, times[i], times[i+1])
		}
	}
}

func TestTheSignedInKeyIsInTheListItself(t *testing.T) {
	s := demotest.Start(t, demo.Options{})
	rows := demotest.Ask(t, s, "GET", tokensPath, "").Rows(t)
	i := slices.IndexFunc(rows, func(r map[string]any) bool { return r["key"] == s.Systems()[0].Token })
	if i < 0 || owner(rows[i])["username"] != "root.admin" {
		t.Errorf("the console's own token is row %d of the first page", i)
	}
}
