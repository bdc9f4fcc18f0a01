package client_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestEveryPageComesOnceAndNoRowTwice(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		tokens, users := map[string]int{}, map[string]int{}
		sizes := []int{7, 50, 1000, 1}
		if w.subject.variant {
			sizes = sizes[1:2]
		}
		for _, size := range sizes {
			if withTokens(w.subject) {
				for _, token := range everyToken(t, w.api, model.Query{Size: size}) {
					tokens[token.ID]++
				}
			}
			for _, user := range everyUser(t, w.api, model.Query{Size: size}) {
				users[user.ID]++
			}
		}
		if len(tokens) < w.subject.least() || len(users) < 20 {
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
	forThose(t, withTokens, func(t *testing.T, w *world) {
		all := len(everyToken(t, w.api, model.Query{Size: 100}))
		for _, size := range []int{1, 7, 50} {
			page := must(w.api.Tokens(t.Context(), model.Query{Size: size}))(t)
			if len(page.Items) != min(size, all) {
				t.Errorf("%d rows of %d came on a page of %d", len(page.Items), all, size)
			}
		}
		page := must(w.api.Tokens(t.Context(), model.Query{Size: 100_000}))(t)
		if len(page.Items) == 0 || page.Total != model.Uncounted && page.Total < len(page.Items) {
			t.Errorf("%d rows of %d came on a huge page", len(page.Items), page.Total)
		}
	})
}

func TestEverySortThatIsOfferedOrders(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		info, d := w.api.Info(), w.subject.dialect
		if withTokens(w.subject) == (len(info.TokenSorts) == 0) || len(info.UserSorts) == 0 {
			t.Fatalf("%d sorts of tokens and %d of users are offered", len(info.TokenSorts), len(info.UserSorts))
		}
		for i, s := range info.TokenSorts {
			rows := everyToken(t, w.api, model.Query{Size: 100, Sort: s.Key})
			if slices.Contains(d.unseen, s.Key) {
				reordered(t, s, rows, everyToken(t, w.api, model.Query{Size: 100}))
				continue
			}
			ordered(t, s, d.tokenOrder[s.Key], rows)
			if i == 0 {
				ordered(t, s, d.tokenOrder[s.Key], everyToken(t, w.api, model.Query{Size: 100}))
			}
		}
		for i, s := range info.UserSorts {
			ordered(t, s, d.userOrder[s.Key], everyUser(t, w.api, model.Query{Size: 100, Sort: s.Key}))
			if i == 0 {
				ordered(t, s, d.userOrder[s.Key], everyUser(t, w.api, model.Query{Size: 100}))
			}
		}
	})
}

func TestAForeignCursorIsRefused(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		before := w.now()
		for _, at := range []model.Cursor{"-1+0", "x", "0", "1e1", "7@", "http://evil.invalid/?page=2", "9999999999999999999999+0"} {
			q := model.Query{Size: 7, At: at}
			if withTokens(w.subject) {
				_, err := w.api.Tokens(t.Context(), q)
				redacttest.FailsAs(t, err, model.Invalid)
			}
			_, err := w.api.Users(t.Context(), q)
			redacttest.FailsAs(t, err, model.Invalid)
		}
		for _, r := range w.since(before) {
			t.Errorf("%s %s was sent", r.Method, r.Path)
		}
	})
}

func TestThePersonWhoSignedInIsKnown(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		me := must(w.api.WhoAmI(t.Context()))(t)
		if me.Username.String() != w.system.Username || me.ID == "" {
			t.Errorf("signed in as %q (%s), want %q", me.Username, me.ID, w.system.Username)
		}
		asked := fmt.Sprintf(`"path":%q,"status":200`, w.subject.dialect.me)
		if written := w.log.String(); !strings.Contains(written, asked) || !strings.Contains(written, `"outcome":"ok"`) {
			t.Errorf("the log does not tell of it: %s", written)
		}
		if !w.subject.dialect.ownIsTold {
			return
		}
		if own := w.ownToken(t); own.Owner.ID != me.ID {
			t.Errorf("the console's own token belongs to %s, and it is %s", own.Owner.ID, me.ID)
		}
	})
}

func TestEveryTextIsClean(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		changed := 0
		check := func(row any) {
			for _, text := range textsOf(reflect.ValueOf(row)) {
				if model.Clean(text.String()).Changed() {
					t.Errorf("%+q is not clean", text)
				}
				if text.Changed() {
					changed++
				}
			}
		}
		if withTokens(w.subject) {
			for _, token := range everyToken(t, w.api, model.Query{Size: 100}) {
				check(token)
			}
		}
		for _, user := range everyUser(t, w.api, model.Query{Size: 100}) {
			check(user)
		}
		if changed < 5 {
			t.Errorf("only %d texts of a hostile server were changed", changed)
		}
	})
}

// textsOf are all texts of a row, those of its owner too.
func textsOf(row reflect.Value) []model.Text {
	if text, ok := reflect.TypeAssert[model.Text](row); ok {
		return []model.Text{text}
	}
	var texts []model.Text
	if row.Type() == reflect.TypeFor[model.When]() || row.Kind() != reflect.Struct {
		return nil
	}
	for _, field := range row.Fields() {
		texts = append(texts, textsOf(field)...)
	}
	return texts
}

func TestASystemSaysWhatItIs(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		before, api := w.now(), open(t, w.subject.enter(t, w.system), w.log)
		if w.subject.apart {
			before = w.now()
		}
		info := api.Info()
		if info.Name != "shop" || info.Kind != w.subject.dialect.kind || info.ReadOnly || !strings.HasSuffix(w.system.URL, info.Host) {
			t.Errorf("the system says of itself: %+v", info)
		}
		if err := api.Close(t.Context()); err != nil {
			t.Error(err)
		}
		if sent := w.since(before); len(sent) > 0 {
			t.Errorf("to say so and to end what was never begun, it sent %+v", sent)
		}
	})
}

// TestEveryListSaysHowManyRowsItHas holds a count that went missing against the
// systems, all of which have one; that it is right is a promise of every reading.
func TestEveryListSaysHowManyRowsItHas(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		if page := must(w.api.Users(t.Context(), model.Query{Size: 7}))(t); page.Total < len(page.Items) {
			t.Errorf("of %d users there are %d", len(page.Items), page.Total)
		}
		if !withTokens(w.subject) {
			return
		}
		if page := must(w.api.Tokens(t.Context(), model.Query{Size: 7}))(t); page.Total < len(page.Items) {
			t.Errorf("of %d tokens there are %d", len(page.Items), page.Total)
		}
	})
}
