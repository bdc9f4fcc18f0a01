package client_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/client/wire"
	"authdeck/model"
)

// Promises about systems in which a user holds one token, and about clients that
// learn from a list beside who holds one.

func besideList(s subject) bool { return s.dialect.besideList }
func oneEach(s subject) bool    { return s.dialect.oneEach && s.offers(model.Create) }

func TestEveryUserSaysRightlyWhetherItHoldsAToken(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		truth, complete, size := w.holders(t), w.subject.dialect.holders != nil, 40
		if w.subject.dialect.besideList && !w.subject.variant {
			size = 7 // how the two lists run beside each other shows on small pages
		}
		sorts := w.api.Info().UserSorts
		if !w.subject.dialect.besideList || w.subject.variant {
			sorts = sorts[:1] // only a list beside goes by the order
		}
		for _, s := range sorts {
			said := everyUser(t, w.api, model.Query{Size: size, Sort: s.Key})
			toldRightly(t, fmt.Sprintf("sort %q, size %d", s.Key, size), said, truth, complete)
		}
		toldRightly(t, "a search", everyUser(t, w.api, model.Query{Size: 3, Search: "a"}), truth, complete)
		for _, f := range w.api.Info().UserFilters {
			found := everyUser(t, w.api, model.Query{Size: 50, Filter: model.Filter{Choice: f.Value}})
			toldRightly(t, "the filter "+f.Value, found, truth, complete)
		}
	})
}

// holders are the ids of those who hold a token, as the server says or as the
// list of tokens does.
func (w *world) holders(t *testing.T) map[string]bool {
	t.Helper()
	if ask := w.subject.dialect.holders; ask != nil {
		return ask(t, w)
	}
	ids := map[string]bool{}
	for _, token := range everyToken(t, w.api, model.Query{Size: 100}) {
		ids[token.Owner.ID] = true
	}
	return ids
}

// toldRightly holds what users say against the truth. A user may say nothing
// where that is not complete.
func toldRightly(t *testing.T, where string, users []model.User, truth map[string]bool, complete bool) {
	t.Helper()
	if len(users) == 0 {
		t.Errorf("%s: nobody came", where)
	}
	for _, u := range users {
		if u.HasToken == model.Unsaid && !complete {
			continue
		}
		if u.HasToken != model.AnswerOf(truth[u.ID]) {
			t.Errorf("%s: user %s says %d of its token, and it has one: %t", where, u.ID, u.HasToken, truth[u.ID])
		}
	}
}

func TestAHoldersListThatDidNotComeLeavesUsersUnknownAndNeverWrong(t *testing.T) {
	forThose(t, besideList, func(t *testing.T, w *world) {
		truth := w.holders(t)
		must(w.api.WhoAmI(t.Context()))(t)
		for _, size := range []int{3, 7, 20} {
			q := model.Query{Size: size}
			w.breaks(t, "users:500:1/2") // every second one is the list of holders
			for range 2 {
				page := must(w.api.Users(t.Context(), q))(t)
				for _, u := range page.Items {
					if u.HasToken != model.Unsaid {
						t.Errorf("user %s says %d, and nobody knows", u.ID, u.HasToken)
					}
				}
				q.At = page.Next
			}
			w.breaks(t, "")
			if q.At != "" {
				toldRightly(t, "after the failure", everyUser(t, w.api, q), truth, false)
			}
		}
	})
}

func TestATokenMadeBetweenTwoPagesMakesNoUserWrong(t *testing.T) {
	forThose(t, besideList, func(t *testing.T, w *world) {
		q, made := model.Query{Size: 3}, 0
		for made == 0 {
			page := must(w.api.Users(t.Context(), q))(t)
			for _, u := range page.Items {
				if u.HasToken == model.No {
					w.does(t, model.Create, model.Token{Owner: u})
					made++
				}
			}
			if q.At = page.Next; q.At == "" {
				t.Fatal("everybody holds a token")
			}
		}
		toldRightly(t, "after a token was made", everyUser(t, w.api, q), w.holders(t), false)
	})
}

func TestAUserWhoseNameCannotBeSearchedForIsNotCalledTokenless(t *testing.T) {
	forThose(t, besideList, func(t *testing.T, w *world) {
		for _, nameless := range []model.User{
			{ID: "12"},
			{ID: "12", Username: model.Clean("\x1b[2J")},
			{ID: "12", Username: model.Clean("\x1b[2J"), Mobile: model.Clean("09\u202e12")},
		} {
			_, err := w.api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: nameless}})
			redacttest.FailsAs(t, err, model.Unsupported)
		}
	})
}

func TestCreatingForAHolderIsRefusedBeforeAndInvalidIfSent(t *testing.T) {
	forThose(t, besideList, func(t *testing.T, w *world) {
		holder := w.some(t, model.Regenerate).Owner
		before := w.now()
		_, err := w.api.Prepare(t.Context(), model.Create, model.Token{Owner: holder})
		redacttest.FailsAs(t, err, model.Conflict)
		w.sendsNoWrite(t, before)
		_, err = w.api.Do(t.Context(), model.Order{Action: model.Create, Draft: model.Draft{Owner: holder}})
		redacttest.FailsAs(t, err, model.Invalid)
		if !strings.Contains(err.Error(), "already has a token") {
			t.Errorf("the error is %q", err)
		}
	})
}

func TestCreatingForNobodyIsInvalid(t *testing.T) {
	forThose(t, oneEach, func(t *testing.T, w *world) {
		for _, id := range []string{"", "..", "a/b", "987654", "1.5", "0x1"} {
			_, err := w.api.Do(t.Context(), model.Order{Action: model.Create, Draft: model.Draft{Owner: model.User{ID: id}}})
			want := model.Invalid
			if _, odd := wire.Path(id); odd == nil && !w.subject.dialect.besideList {
				want = model.NotFound // it is asked for
			}
			redacttest.FailsAs(t, err, want)
		}
	})
}

// telling are the systems whose list tells which token is the console's own, in
// the words of their own keys.
func telling(s subject) bool { return s.dialect.kind == "hamgam" && inEarnest(s) }

func TestOnesOwnTokenComesWithAWarning(t *testing.T) {
	forThose(t, telling, func(t *testing.T, w *world) {
		own := w.ownToken(t)
		for action, says := range map[model.Action]string{
			model.Regenerate: "authdeck itself signs in with this token; it goes on with the new key.",
			model.Delete:     "authdeck itself signs in with this token: this signs it out.",
		} {
			form := must(w.api.Prepare(t.Context(), action, own))(t)
			if form.Warnings[0] != says || !form.Danger {
				t.Errorf("%s: %q", action, form.Warnings)
			}
			tokens := everyToken(t, w.api, model.Query{Size: 100})
			other := slices.IndexFunc(tokens, func(x model.Token) bool { return !x.Own })
			form = must(w.api.Prepare(t.Context(), action, tokens[other]))(t)
			if slices.Contains(form.Warnings, says) {
				t.Errorf("%s of another's token: %q", action, form.Warnings)
			}
		}
	})
}

func TestAHamgamThatLeavesCustomersOutIsSaidToDoSo(t *testing.T) {
	forThose(t, func(s subject) bool { return s.dialect.kind == "hamgam" }, func(t *testing.T, w *world) {
		leaves := slices.Contains(w.subject.options.Quirks, demo.HamgamStaffList)
		page := must(w.api.Users(t.Context(), model.Query{Size: 50}))(t)
		if said := strings.Contains(page.Note, "customers may have tokens"); said != leaves {
			t.Errorf("it leaves them out: %t, and the note is %q", leaves, page.Note)
		}
		found := must(w.api.Users(t.Context(), model.Query{Size: 50, Search: w.system.Username}))(t)
		if found.Note != "" {
			t.Errorf("a search says %q", found.Note)
		}
	})
}
