package query_test

import (
	"errors"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/query"
)

// FuzzWhatIsTypedIsReadAgainAsItPrints wants of any input an error at a place in it, or a
// question that prints as something that means the same.
func FuzzWhatIsTypedIsReadAgainAsItPrints(f *testing.F) {
	for _, typed := range []string{
		`owner:ali  state:expired  expires<14d  age>1y  used<90d  kind:api  scope:write  system:idp  name:ci-*  -description:ci  is:stale  sort:-age`,
		`(a or "b c") -(kind:"x,y",z id:1..2)`, `created:2026-01..2026-02-03 expires:n/a,never`, `--a -"-" f(x) 10:30 "\"\\"`,
	} {
		f.Add(typed)
	}
	rows := tokens()
	f.Fuzz(func(t *testing.T, typed string) {
		q, err := query.Parse(typed, query.Tokens())
		if bad, is := errors.AsType[*query.Error](err); is {
			if n := len([]rune(typed)); bad.From < 0 || bad.From > bad.To || bad.To > n || bad.Words == "" {
				t.Fatalf("%q: %q at %d..%d", typed, bad.Words, bad.From, bad.To)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		printed := q.String()
		again, err := query.Parse(printed, query.Tokens())
		if err != nil {
			if len([]rune(printed)) > 1024 {
				return // quotes made it longer than can be typed
			}
			t.Fatalf("%q prints as %q: %v", typed, printed, err)
		}
		if again.String() != printed {
			t.Fatalf("%q prints as %q, which prints as %q", typed, printed, again.String())
		}
		first := query.Compile(q, query.Tokens(), strings.ToLower, at())
		second := query.Compile(again, query.Tokens(), strings.ToLower, at())
		for i := range rows {
			said := first.Holds(&rows[i])
			if other := second.Holds(&rows[i]); said != other {
				t.Fatalf("%q says %v of %s, and %q says %v", typed, said, rows[i].Item.ID, printed, other)
			}
			if said == model.Unsaid && first.Untold(&rows[i]) == nil {
				t.Fatalf("%q cannot be told of %s, for no field", typed, rows[i].Item.ID)
			}
		}
	})
}
