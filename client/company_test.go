package client_test

import (
	"fmt"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/model"
)

// Promises about the company that the demo shows to somebody who opens it for the first time.

// firstPage is how many rows the console asks for at once.
const firstPage = 50

// company opens the systems of a demo as the console does, by their kind.
func company(t *testing.T, o demo.Options) map[string]model.API {
	t.Helper()
	server := demotest.Start(t, o)
	systems := map[string]model.API{}
	for _, s := range server.Systems() {
		systems[s.Kind] = open(t, byToken(t, s), &logBook{})
	}
	return systems
}

// harmless says whether everything that a list shows of somebody is as the server sent it.
func harmless(texts ...model.Text) bool {
	for _, text := range texts {
		if text.Changed() {
			return false
		}
	}
	return true
}

func owners(tokens []model.Token) []model.User {
	var all []model.User
	for _, token := range tokens {
		all = append(all, token.Owner)
	}
	return all
}

func TestNoNameAttacksATerminalOnTheFirstPagesOfACalmDemo(t *testing.T) {
	t.Parallel()
	for _, o := range []demo.Options{{}, {Seed: 1}, {Seed: 2}, {Seed: 3}, {Users: 50, Tokens: 50}, {Tokens: 60}, {Tokens: 200}, {Tokens: 1000}} {
		o.Calm = true
		for kind, api := range company(t, o) {
			tokens := must(api.Tokens(t.Context(), model.Query{Size: firstPage}))(t).Items
			for _, token := range tokens {
				if !harmless(token.Name, token.Description) {
					t.Errorf("%+v: the first page of %s's tokens has %q, %q", o, kind, token.Name, token.Description)
				}
			}
			users := must(api.Users(t.Context(), model.Query{Size: firstPage}))(t).Items
			for _, u := range append(users, owners(tokens)...) {
				if !harmless(u.Username, u.FullName) {
					t.Errorf("%+v: a first page of %s has %q, %q", o, kind, u.Username, u.FullName)
				}
			}
		}
	}
}

func TestACalmDemoHasAFewNamesThatAttackATerminalAllTheSame(t *testing.T) {
	t.Parallel()
	for kind, api := range company(t, demo.Options{Calm: true}) {
		met := 0
		for _, u := range everyUser(t, api, model.Query{Size: 100}) {
			if !harmless(u.Username, u.FullName) {
				met++
			}
		}
		if met < 1 || met > 5 {
			t.Errorf("%s has %d", kind, met)
		}
	}
}

// sorts counts the tokens of each sort that an admin looks for.
func sorts(tokens []model.Token, now time.Time) map[string]int {
	met := map[string]int{}
	for _, token := range tokens {
		if made, known := token.Created.Time(); known {
			met["made today"] += count(now.Sub(made) < 24*time.Hour)
			met["made this month"] += count(now.Sub(made) < 30*24*time.Hour)
			met["made over a year ago"] += count(now.Sub(made) > 365*24*time.Hour)
			met["made later than now"] += count(made.After(now))
		}
		if ends, known := token.Expires.Time(); known {
			left := ends.Sub(now)
			met["over"] += count(left < 0)
			met["over this week"] += count(left > 0 && left < 7*24*time.Hour)
			met["over some day"] += count(left > 7*24*time.Hour)
		} else {
			met["never over"]++
		}
		if used, known := token.LastUsed.Time(); known {
			met["used this week"] += count(now.Sub(used) < 7*24*time.Hour)
			met["unused for half a year"] += count(now.Sub(used) > 182*24*time.Hour)
		}
		met["of somebody inactive"] += count(token.Owner.Active == model.No)
	}
	return met
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestTheDemosCompanyHasWhatAnAdminFindsInARealOne(t *testing.T) {
	t.Parallel()
	few, some, many := [2]int{1, 12}, [2]int{3, 60}, [2]int{20, 170}
	wanted := map[string]map[string][2]int{
		"hamgam":    {"made today": few, "made this month": some, "made over a year ago": many, "made later than now": {}},
		"authentik": {"over": few, "over this week": some, "over some day": many, "never over": many, "of somebody inactive": some},
		"awx":       {"made today": few, "made this month": some, "over": some, "over this week": few, "over some day": many, "made later than now": {}},
		"waldur": {
			"over": few, "over this week": many, "over some day": many, "never over": many, "used this week": many,
			"unused for half a year": few, "of somebody inactive": some,
		},
	}
	for _, hour := range []int{0, 1, 5, 12, 23} {
		for seed := range uint64(2) {
			now := time.Date(2027, 3, 1, hour, 30, 0, 0, time.UTC)
			systems := company(t, demo.Options{Seed: seed, Calm: true, Now: func() time.Time { return now }})
			for kind, sort := range wanted {
				met := sorts(everyToken(t, systems[kind], model.Query{Size: 100}), now)
				for what, want := range sort {
					if met[what] < want[0] || met[what] > want[1] {
						t.Errorf("%s, seed %d, at %s: %d are %s, want %d to %d", kind, seed, fmt.Sprint(now.Clock()), met[what], what, want[0], want[1])
					}
				}
			}
		}
	}
}

func TestMostPeopleOfTheDemoSignedInThisWeekAndSomeHaveNotForLong(t *testing.T) {
	t.Parallel()
	now := demotest.Day()
	met := map[string]int{}
	for _, u := range everyUser(t, company(t, demo.Options{Calm: true})["hamgam"], model.Query{Size: 100}) {
		seen, known := u.LastLogin.Time()
		met["never"] += count(!known)
		met["this week"] += count(known && now.Sub(seen) < 7*24*time.Hour)
		met["not for half a year"] += count(known && now.Sub(seen) > 182*24*time.Hour)
		met["later than now"] += count(known && seen.After(now))
		met["inactive and this week"] += count(known && u.Active == model.No && now.Sub(seen) < 7*24*time.Hour)
	}
	if met["this week"] < 80 || met["not for half a year"] < 10 || met["never"] < 5 || met["later than now"] > 0 || met["inactive and this week"] > 2 {
		t.Errorf("signed in: %v", met)
	}
}
