package client_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"authdeck/model"
)

func TestEveryPageComesOnceAndNoRowTwice(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		tokens, users := map[string]int{}, map[string]int{}
		sizes := []int{7, 50, 1000, 1}
		if w.subject.variant {
			sizes = sizes[:3]
		}
		for _, size := range sizes {
			for _, token := range everyToken(t, w.api, model.Query{Size: size}) {
				tokens[token.ID]++
			}
			for _, user := range everyUser(t, w.api, model.Query{Size: size}) {
				users[user.ID]++
			}
		}
		if len(tokens) < 100 || len(users) < 20 {
			t.Errorf("only %d tokens and %d users came", len(tokens), len(users))
		}
		for _, seen := range []map[string]int{tokens, users} {
			for id, times := range seen {
				if times != len(sizes) {
					t.Errorf("row %s came %d times in %d readings", id, times, len(sizes))
				}
			}
		}
	})
}

func TestThePageSizeIsAWish(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, size := range []int{1, 7, 50} {
			page := must(w.api.Tokens(t.Context(), model.Query{Size: size}))(t)
			if len(page.Items) != size {
				t.Errorf("%d rows came on a page of %d", len(page.Items), size)
			}
		}
		page := must(w.api.Tokens(t.Context(), model.Query{Size: 100_000}))(t)
		if len(page.Items) == 0 || page.Total < len(page.Items) {
			t.Errorf("%d rows of %d came on a huge page", len(page.Items), page.Total)
		}
	})
}

func TestEverySortThatIsOfferedOrders(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		info, d := w.api.Info(), w.subject.dialect
		if len(info.TokenSorts) == 0 || len(info.UserSorts) == 0 {
			t.Fatal("no sort is offered")
		}
		for _, s := range info.TokenSorts {
			ordered(t, s, d.tokenOrder[s.Key], everyToken(t, w.api, model.Query{Size: 100, Sort: s.Key}))
		}
		for _, s := range info.UserSorts {
			ordered(t, s, d.userOrder[s.Key], everyUser(t, w.api, model.Query{Size: 100, Sort: s.Key}))
		}
		first := everyToken(t, w.api, model.Query{Size: 100})
		ordered(t, info.TokenSorts[0], d.tokenOrder[info.TokenSorts[0].Key], first)
	})
}

// ordered skips rows about which the order says nothing, such as those without
// an e-mail.
func ordered[T any](t *testing.T, s model.Sort, compare func(a, b T) int, rows []T) {
	t.Helper()
	if s.Label == "" || compare == nil {
		t.Errorf("sort %q has the label %q, and this test knows its order: %t", s.Key, s.Label, compare != nil)
		return
	}
	if len(rows) < 10 {
		t.Errorf("sort %q gave %d rows", s.Key, len(rows))
	}
	decided := 0
	for i := range rows[1:] {
		switch c := compare(rows[i], rows[i+1]); {
		case c > 0:
			t.Errorf("sort %q: row %d does not stand before row %d", s.Key, i, i+1)
		case c < 0:
			decided++
		}
	}
	if decided < len(rows)/4 {
		t.Errorf("sort %q: only %d of %d rows can be compared", s.Key, decided, len(rows))
	}
}

func TestASearchNarrows(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		all := must(w.api.Tokens(t.Context(), model.Query{Size: 50}))(t)
		wanted := plainlyNamed(t, all.Items)
		found := everyToken(t, w.api, model.Query{Size: 7, Search: wanted.Owner.Username.String()})
		if len(found) == 0 || len(found) >= all.Total || !slices.ContainsFunc(found, func(x model.Token) bool { return x.ID == wanted.ID }) {
			t.Errorf("the search for %q found %d of %d tokens", wanted.Owner.Username, len(found), all.Total)
		}
		user := must(w.api.Users(t.Context(), model.Query{Size: 1}))(t).Items[0]
		users := everyUser(t, w.api, model.Query{Size: 7, Search: user.Username.String()})
		if len(users) == 0 || len(users) > 20 || !slices.ContainsFunc(users, func(u model.User) bool { return u.ID == user.ID }) {
			t.Errorf("the search for %q found %d users", user.Username, len(users))
		}
		nobody := must(w.api.Tokens(t.Context(), model.Query{Size: 7, Search: "nobody & is=called?this #1"}))(t)
		if len(nobody.Items) != 0 || nobody.Next != "" || nobody.Total > 0 {
			t.Errorf("nobody was found %d times", len(nobody.Items))
		}
	})
}

func plainlyNamed(t *testing.T, tokens []model.Token) model.Token {
	t.Helper()
	for _, token := range tokens {
		if name := token.Owner.Username; !name.Changed() && len(name.String()) > 5 {
			return token
		}
	}
	t.Fatal("nobody has a plain name")
	return model.Token{}
}

func TestTheTokensOfOneUserAreFoundByID(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		asked, altered := 0, 0
		for i, token := range everyToken(t, w.api, model.Query{Size: 100}) {
			name := token.Owner.Username
			if name.Changed() && !token.Owner.Mobile.Empty() {
				altered++
			} else if i%10 != 0 || name.Changed() {
				continue
			}
			asked++
			page := must(w.api.Tokens(t.Context(), model.Query{Size: 3, Filter: model.Filter{Only: token.Owner}}))(t)
			if len(page.Items) != 1 || page.Items[0].ID != token.ID || page.Next != "" {
				t.Errorf("asked for the token of %s (%s), got %d tokens", token.Owner.ID, name, len(page.Items))
			}
		}
		if asked < 10 || altered < 1 {
			t.Errorf("asked for %d users, of whom %d have an altered name", asked, altered)
		}
	})
}

func TestAUserWithoutATokenHasNone(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		page := must(w.api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: w.freeUser(t)}}))(t)
		if len(page.Items) != 0 || page.Total != 0 || page.Next != "" {
			t.Errorf("a user without a token has %d", len(page.Items))
		}
	})
}

func TestAUserWhoseNameCannotBeSearchedForIsNotCalledTokenless(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, nameless := range []model.User{
			{ID: "12"},
			{ID: "12", Username: model.Clean("\x1b[2J")},
			{ID: "12", Username: model.Clean("\x1b[2J"), Mobile: model.Clean("09\u202e12")},
		} {
			_, err := w.api.Tokens(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: nameless}})
			failsAs(t, err, model.Unsupported)
		}
	})
}

func TestOneUserIsFoundByID(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		altered := 0
		for _, user := range everyUser(t, w.api, model.Query{Size: 100}) {
			if user.Username.Changed() {
				altered++
			} else if altered > 0 {
				continue
			}
			page := must(w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: user}}))(t)
			if len(page.Items) != 1 || page.Items[0] != user || page.Total != 1 || page.Next != "" {
				t.Errorf("asked for %+v, got %+v", user, page)
			}
		}
		_, err := w.api.Users(t.Context(), model.Query{Size: 7, Filter: model.Filter{Only: model.User{ID: "987654"}}})
		failsAs(t, err, model.NotFound)
	})
}

func TestEveryUserSaysRightlyWhetherItHoldsAToken(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		truth, size := w.holders(t), 7
		if w.subject.variant {
			size = 40
		}
		for _, s := range w.api.Info().UserSorts {
			said := everyUser(t, w.api, model.Query{Size: size, Sort: s.Key})
			toldRightly(t, fmt.Sprintf("sort %q, size %d", s.Key, size), said, truth, true)
		}
		toldRightly(t, "a search", everyUser(t, w.api, model.Query{Size: 3, Search: "a"}), truth, true)
		for answer, want := range map[model.Answer]bool{model.Yes: true, model.No: false} {
			found := everyUser(t, w.api, model.Query{Size: 50, Filter: model.Filter{HasToken: answer}})
			toldRightly(t, "a filter", found, truth, true)
			for _, u := range found {
				if truth[u.ID] != want {
					t.Errorf("the filter let user %s through", u.ID)
				}
			}
		}
	})
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
	forEverySystem(t, func(t *testing.T, w *world) {
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
				toldRightly(t, "after the failure", everyUserFrom(t, w.api, q), truth, false)
			}
		}
	})
}

func TestATokenMadeBetweenTwoPagesMakesNoUserWrong(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		q, made := model.Query{Size: 3}, 0
		for made == 0 {
			page := must(w.api.Users(t.Context(), q))(t)
			for _, u := range page.Items {
				if u.HasToken == model.No {
					must(w.api.Create(t.Context(), model.Draft{Owner: u}))(t)
					made++
				}
			}
			if q.At = page.Next; q.At == "" {
				t.Fatal("everybody holds a token")
			}
		}
		toldRightly(t, "after a token was made", everyUserFrom(t, w.api, q), w.holders(t), false)
	})
}

// everyUserFrom reads a list from its middle.
func everyUserFrom(t *testing.T, api model.API, q model.Query) []model.User {
	t.Helper()
	var users []model.User
	for q.At != "" {
		page := must(api.Users(t.Context(), q))(t)
		users, q.At = append(users, page.Items...), page.Next
	}
	return users
}

func TestAForeignCursorIsRefused(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, at := range []model.Cursor{"-1+0", "x", "1", "http://evil.invalid/?page=2", "9999999999999999999999+0"} {
			_, err := w.api.Tokens(t.Context(), model.Query{Size: 7, At: at})
			failsAs(t, err, model.Invalid)
		}
		if n := w.demo.Served("tokens"); n != 0 {
			t.Errorf("%d requests were sent", n)
		}
	})
}

func TestASearchThatLooksLikeAKeyIsNotSent(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		before := w.demo.Served("any")
		for _, search := range []string{
			"0123456789abcdef0123456789abcdef01234567", "  0123456789ABCDEF01234567  ", "Token 0123456789abcdef0123456789",
			"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x", w.system.Token, w.system.Weak,
		} {
			_, err := w.api.Tokens(t.Context(), model.Query{Size: 7, Search: search})
			failsAs(t, err, model.Invalid)
			_, err = w.api.Users(t.Context(), model.Query{Size: 7, Search: search})
			failsAs(t, err, model.Invalid)
			if strings.Contains(err.Error(), search) {
				t.Errorf("the error quotes the search: %v", err)
			}
		}
		if n := w.demo.Served("any") - before; n != 0 {
			t.Errorf("%d requests were sent", n)
		}
	})
}

func TestThePersonWhoSignedInIsKnown(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		me := must(w.api.WhoAmI(t.Context()))(t)
		if me.Username.String() != w.system.Username || me.ID == "" {
			t.Errorf("signed in as %q (%s), want %q", me.Username, me.ID, w.system.Username)
		}
		if written := w.log.String(); !strings.Contains(written, `"path":"`+w.subject.dialect.me+`","status":200`) || !strings.Contains(written, `"outcome":"ok"`) {
			t.Errorf("the log does not tell of it: %s", written)
		}
		if own := w.ownToken(t); own.Owner.ID != me.ID {
			t.Errorf("the console's own token belongs to %s, and it is %s", own.Owner.ID, me.ID)
		}
	})
}

func TestEveryTextIsClean(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		changed := 0
		for _, token := range everyToken(t, w.api, model.Query{Size: 100}) {
			for _, text := range textsOf(token.Owner) {
				if model.Clean(text.String()).Changed() {
					t.Errorf("%+q is not clean", text)
				}
				if text.Changed() {
					changed++
				}
			}
		}
		if changed < 5 {
			t.Errorf("only %d texts of a hostile server were changed", changed)
		}
	})
}

func textsOf(u model.User) []model.Text {
	return []model.Text{u.Username, u.FullName, u.Mobile, u.Email}
}
