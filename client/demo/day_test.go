package demo_test

import (
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
)

// at is a clock that stands still.
func at(day, hour, minute int) func() time.Time {
	return func() time.Time { return time.Date(2027, 3, day, hour, minute, 0, 0, time.UTC) }
}

// told is what the systems tell of the company, but for what lasts for hours alone.
func told(t *testing.T, o demo.Options) string {
	t.Helper()
	s := demotest.Start(t, o)
	var all strings.Builder
	for _, path := range []string{"hamgam/api/users/?limit=100", "hamgam/api/users/auth_tokens/?limit=100", "awx/api/v2/tokens/?page_size=200", "awx/api/v2/users/?page_size=200", "saymon/node/api/users", "waldur/api/users/?page_size=300&field=date_joined&field=username&field=full_name", "authentik/api/v3/core/users/?page_size=100"} {
		kind, rest, _ := strings.Cut(path, "/")
		sys := demotest.SystemOf(s, kind)
		scheme := map[string]string{"hamgam": "Token ", "waldur": "Token ", "awx": "Bearer ", "authentik": "Bearer "}[kind]
		if kind == "saymon" {
			rest += "?api-token=" + sys.Token
		}
		a, err := demotest.Send(t.Context(), only{sys}, "GET", "/"+rest, strings.TrimSpace(scheme+sys.Token), "")
		if err != nil || a.Status != 200 {
			t.Fatalf("%s: %d %v %s", path, a.Status, err, a.Body)
		}
		all.WriteString(strings.ReplaceAll(a.Body, sys.URL, ""))
	}
	return all.String()
}

// only is a demo of one system.
type only []demo.System

func (o only) Systems() []demo.System { return o }

func TestOnOneDayASeedGivesOneCompany(t *testing.T) {
	first := told(t, demo.Options{Now: at(2, 1, 0)})
	for _, now := range []func() time.Time{at(2, 1, 1), at(2, 12, 0), at(2, 23, 59), at(3, 0, 30)} {
		if again := told(t, demo.Options{Now: now}); again != first {
			t.Errorf("at %v it is another", now())
		}
	}
	if other := told(t, demo.Options{Now: at(2, 1, 0), Seed: 1}); other == first {
		t.Error("another seed makes no difference")
	}
}

func TestTheCompanyMovesWithTheDays(t *testing.T) {
	born := func(day int) []string {
		s := demotest.Start(t, demo.Options{Now: at(day, 12, 0)})
		return append(demotest.Values(demotest.Everything(t, s, usersPath), "created_at"), demotest.Values(demotest.Everything(t, s, tokensPath), "updated_at")...)
	}
	before, after := born(2), born(5)
	for i := range before {
		if moved := demotest.When(t, after[i]).Sub(demotest.When(t, before[i])); moved != 3*24*time.Hour {
			t.Fatalf("row %d moved by %v in three days", i, moved)
		}
	}
}
