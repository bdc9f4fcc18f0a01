package audit_test

import (
	"strings"
	"testing"

	"authdeck/model/audit"
)

// FuzzWhateverStandsAtTheEnd appends to a record of three lines, and has it go on: what was
// there is never taken for good, unless nothing was, and the next line follows the third.
func FuzzWhateverStandsAtTheEnd(f *testing.F) {
	for _, seed := range []string{"", "\n", "x", "{}\n", `{"schema":"authdeck-audit/1","number":4,"ti`, `{"schema":"authdeck-audit/1","number":4,` + "\n" + `{"sch`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, left string) {
		lines, head := written(t, 3)
		content := strings.Join(lines, "") + left
		r := verified(t, []string{content}, &head)
		if (r.Verdict == audit.Good) != (left == "") || r.Entries != 3 {
			t.Errorf("%q: %+v", left, r)
		}
		after, torn, err := audit.Tail([]byte(content), true, head)
		if err != nil || after != head || string(torn) != left {
			t.Errorf("%q: %+v, %q, %v", left, after, torn, err)
		}
	})
}
