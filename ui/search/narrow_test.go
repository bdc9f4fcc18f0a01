package search

import (
	"reflect"
	"strings"
	"testing"

	"authdeck/model"
)

// same reports whether two queries ask the same.
func same(a, b model.Query) bool {
	return a.Search == b.Search && a.Where == b.Where && a.Sort == b.Sort && reflect.DeepEqual(a.Ranges, b.Ranges)
}

func ranges() []model.RangeField {
	return []model.RangeField{{Name: "updated", Kind: model.Dates}, {Name: "id", Kind: model.Numbers}, {Name: "last_used"}}
}

func TestWhatIsTypedIsWordsAndRanges(t *testing.T) {
	for line, want := range map[string]struct {
		words  string
		ranges []model.Range
	}{
		"":                          {"", nil},
		"  sara   k ":               {"sara k", nil},
		"updated:..2025-06-30":      {"", []model.Range{{Field: "updated", To: "2025-06-30"}}},
		"a id:10..20 b":             {"a b", []model.Range{{Field: "id", From: "10", To: "20"}}},
		"id:7 updated:2025-01-01..": {"", []model.Range{{Field: "id", From: "7", To: "7"}, {Field: "updated", From: "2025-01-01"}}},
		"used:..2026-08-31":         {"", []model.Range{{Field: "last_used", To: "2026-08-31"}}},
		`mobile98 "http://x" 10:30`: {"mobile98 http://x 10:30", nil},
	} {
		before := model.Query{Search: "old", Sort: "name", Ranges: []model.Range{{Field: "id", From: "1"}}}
		q, err := narrow(before, line, ranges(), Tokens())
		if err != nil || q.Search != want.words || q.Sort != "name" || !reflect.DeepEqual(q.Ranges, want.ranges) {
			t.Errorf("%q became %+v, %v", line, q, err)
		}
		again, err := narrow(model.Query{Sort: "name"}, Typed(q), ranges(), Tokens())
		if err != nil || !same(again, q) {
			t.Errorf("typed again as %q it became %+v, %v", Typed(q), again, err)
		}
	}
}

func TestARangeThatCannotBeReadIsRefusedWithItsReason(t *testing.T) {
	for line, want := range map[string]string{
		"updated:..2025-02-30":           "day",
		"updated:2025-01-01..tomorrow":   "day",
		"updated:2025-02-01..2025-01-01": "ends before it begins",
		"id:x":                           "whole number",
		"id:-1..":                        "whole number",
		"id:1..2..3":                     "whole number",
		"id:..":                          "at least one end",
	} {
		if _, err := narrow(model.Query{}, line, ranges(), Tokens()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want something of a %s", line, err, want)
		}
	}
}

// TestWhatNoServerAnswersIsAQuestionToTheWholeList keeps what a server would not understand
// from being sent as words.
func TestWhatNoServerAnswersIsAQuestionToTheWholeList(t *testing.T) {
	for line, want := range map[string]string{
		"owner:ali":                 "owner:ali",
		"sara  age>1y":              "sara age>1y",
		"-sara":                     "-sara",
		"a or b":                    "a or b",
		`"two words"`:               `"two words"`,
		"expires:..2026-01-01":      "expires:..2026-01-01", // of no range of this system
		"updated:2025":              "updated:2025",
		"updated<90d":               "updated<90d",
		"id:1,2":                    "id:1,2",
		"id:1..5 id:3..9":           "id:1..5 id:3..9", // a server would heed one of them
		"#4 id:1..9":                "#4 id:1..9",
		"sara sort:-age":            "sara sort:-age",
		"updated:2025-01-01 is:old": "updated:2025-01-01 is:old",
	} {
		q, err := narrow(model.Query{Search: "old", Ranges: []model.Range{{Field: "id"}}, Untold: true}, line, ranges(), Tokens())
		if err != nil || q.Where != want || q.Search != "" || q.Ranges != nil || q.Untold {
			t.Errorf("%q became %+v, %v", line, q, err)
		}
		if Typed(q) != want {
			t.Errorf("%q is typed as %q", line, Typed(q))
		}
	}
}

func FuzzWhatIsTypedCanBeTypedAgain(f *testing.F) {
	for _, line := range []string{"a b", "id:1..2 x", "updated:..2025-06-30", "id:", "a:b..c", "id:..1 id:2.. \u00a0 y"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		q, err := narrow(model.Query{}, line, ranges(), Tokens())
		if err != nil {
			return
		}
		again, err := narrow(model.Query{}, Typed(q), ranges(), Tokens())
		if err != nil || !same(again, q) {
			t.Errorf("%q became %+v and then %+v, %v", line, q, again, err)
		}
	})
}
