package fleet_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/fleet"
	"authdeck/model"
)

// others are what a system was asked for beside its lists.
func (s *stub) others() string {
	return strings.Join(slices.DeleteFunc(slices.Clone(s.asked), func(a string) bool { return a == "tokens" || a == "users" }), "|")
}

func TestAnOrderGoesToTheTokensOwnSystemAndNoOther(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		row := list(t, f, model.Query{}).Items[4] // tower#1
		home, own := model.Home(f, row)
		for what, by := range map[string]struct {
			api   model.API
			token model.Token
		}{"its home": {home, own}, "the fleet": {f, row}} {
			for _, one := range s {
				one.asked = nil
			}
			o := model.Order{Action: model.Edit, Token: by.token, Draft: model.Draft{Owner: by.token.Owner}}
			form, err := by.api.Prepare(t.Context(), model.Edit, by.token)
			if err != nil || form.Warnings[0] != "edit 1 of 1" {
				t.Errorf("%s: %+v, %v", what, form, err)
			}
			if _, err := by.api.Do(t.Context(), o); err != nil {
				t.Error(err)
			}
			if _, err := by.api.Look(t.Context(), o); err != nil {
				t.Error(err)
			}
			if s[0].asked != nil || s[2].asked != nil || s[1].others() != "prepare 1 |edit 1 |look 1" {
				t.Errorf("%s: %q, %q, %q", what, s[0].asked, s[1].others(), s[2].asked)
			}
		}
		if home.Info().Name != "tower" || own.ID != "1" || own.System != "" || own.Owner.ID != "1" || own.Owner.System != "" {
			t.Errorf("%s, %+v", home.Info().Name, own)
		}
	})
}

func TestWhatIsOfNoSystemIsWrittenNowhere(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		for _, token := range []model.Token{{}, {ID: "1"}, {ID: "gone\x001"}} {
			if _, err := f.Do(t.Context(), model.Order{Action: model.Delete, Token: token}); model.KindOf(err) != model.Unsupported {
				t.Errorf("%q: %v", token.ID, err)
			}
			if _, err := f.Prepare(t.Context(), model.Create, token); model.KindOf(err) != model.Unsupported {
				t.Errorf("%q: %v", token.ID, err)
			}
		}
		if s[0].asked != nil {
			t.Errorf("%q", s[0].asked)
		}
		info := f.Info()
		if info.Missing[model.Create] == "" || info.Missing[model.Revoke] == "" || info.Missing[model.Delete] != "" {
			t.Errorf("%v", info.Missing)
		}
	})
}

func TestAfterAWriteThatSystemIsReadAgainAndIsWaitedFor(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		home, own := model.Home(f, list(t, f, model.Query{}).Items[4])
		if _, err := home.Do(t.Context(), model.Order{Action: model.Delete, Token: own}); err != nil {
			t.Fatal(err)
		}
		s[1].late = 5 * time.Second
		page := list(t, f, model.Query{Fresh: true})
		if shown(page) != "shop#0 tower#0 idp#0 shop#1 idp#1 shop#2 tower#2 idp#2" || page.Unfinished {
			t.Errorf("%s, %+v", shown(page), page)
		}
		if s[0].reads() != 1 || s[1].reads() != 2 || s[2].reads() != 1 {
			t.Errorf("they were read %d, %d and %d times", s[0].reads(), s[1].reads(), s[2].reads())
		}
		if list(t, f, model.Query{Fresh: true}); s[0].reads() != 2 {
			t.Error("a reload after that does not read all")
		}
	})
}

func TestWhatSomeSystemCanIsOffered(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[0].info.Missing = model.Caps{model.Reveal: "a", model.Edit: "same"}
		s[1].info.Missing = model.Caps{model.Reveal: "b", model.Edit: "same"}
		s[2].info.Missing = model.Caps{model.Reveal: "c", model.Edit: "same", model.Delete: "read-only"}
		s[1].info.Production, s[0].info.ReadOnly = true, true
		info := f.Info()
		if info.Missing[model.Delete] != "" || info.Missing[model.Edit] != "same" || info.Missing[model.Reveal] != "none of these systems offers it" {
			t.Errorf("%v", info.Missing)
		}
		if !info.Production || info.ReadOnly || info.Name != "all" || info.Kind != "3 systems" {
			t.Errorf("%+v", info)
		}
	})
}
