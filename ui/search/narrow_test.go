package search

import (
	"reflect"
	"strings"
	"testing"

	"authdeck/model"
)

func ranges() []model.RangeField {
	return []model.RangeField{{Name: "updated", Kind: model.Dates}, {Name: "id", Kind: model.Numbers}}
}

func TestWhatIsTypedIsWordsAndRanges(t *testing.T) {
	for line, want := range map[string]struct {
		words  string
		ranges []model.Range
	}{
		"":                                {"", nil},
		"  sara   k ":                     {"sara k", nil},
		"updated:..2025-06-30":            {"", []model.Range{{Field: "updated", To: "2025-06-30"}}},
		"a id:10..20 b":                   {"a b", []model.Range{{Field: "id", From: "10", To: "20"}}},
		"id:7 updated:2025-01-01..":       {"", []model.Range{{Field: "id", From: "7", To: "7"}, {Field: "updated", From: "2025-01-01"}}},
		"mobile:98 http://x id: updated:": {"mobile:98 http://x id: updated:", nil},
	} {
		before := model.Query{Search: "old", Sort: "name", Ranges: []model.Range{{Field: "id", From: "1"}}}
		q, err := narrow(before, line, ranges())
		if err != nil || q.Search != want.words || q.Sort != "name" || !reflect.DeepEqual(q.Ranges, want.ranges) {
			t.Errorf("%q became %+v, %v", line, q, err)
		}
		again, err := narrow(model.Query{Sort: "name"}, Typed(q), ranges())
		if err != nil || !reflect.DeepEqual(again, q) {
			t.Errorf("typed again as %q it became %+v, %v", Typed(q), again, err)
		}
	}
}

func TestARangeThatCannotBeReadIsRefusedWithItsReason(t *testing.T) {
	for line, want := range map[string]string{
		"updated:2025":                 "day",
		"updated:..2025-02-30":         "day",
		"updated:2025-01-01..tomorrow": "day",
		"id:x":                         "whole number",
		"id:-1..":                      "whole number",
		"id:1..2..3":                   "whole number",
		"id:..":                        "at least one end",
	} {
		if _, err := narrow(model.Query{}, line, ranges()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want something of a %s", line, err, want)
		}
	}
}

func FuzzWhatIsTypedCanBeTypedAgain(f *testing.F) {
	for _, line := range []string{"a b", "id:1..2 x", "updated:..2025-06-30", "id:", "a:b..c", "id:..1 id:2.. \u00a0 y"} {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		q, err := narrow(model.Query{}, line, ranges())
		if err != nil {
			return
		}
		again, err := narrow(model.Query{}, Typed(q), ranges())
		if err != nil || !reflect.DeepEqual(again, q) {
			t.Errorf("%q became %+v and then %+v, %v", line, q, again, err)
		}
	})
}
