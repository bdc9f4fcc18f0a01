package paint_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/ui/caret"
	"authdeck/ui/paint"
)

// list is a screen of rows of mixed scripts with one of them marked, from some row on.
func list(from, at int) string {
	lines := []string{"authdeck  shop", "  owner"}
	for i := from; i < from+26; i++ {
		marker := "  "
		if i == at {
			marker = caret.Here + "\x1b[7m› \x1b[0m"
		}
		lines = append(lines, marker+fmt.Sprintf("user%d  \x1b[36m建国\x1b[0m  می\u200cخواهم  e\u0301 #%d", i, 3*i))
	}
	return strings.Join(append(lines, "", "? help"), "\n")
}

func TestAFrameCostsWhatChanged(t *testing.T) {
	for name, c := range map[string]struct {
		before, after string
		most          int // bytes
	}{
		"the marker moves":                    {list(0, 4), list(0, 5), 40},
		"the list goes up by a row":           {list(0, 25), list(1, 26), 120},
		"the list goes down by a row":         {list(1, 1), list(0, 0), 120},
		"a digit in a row of many scripts":    {list(0, 4), strings.Replace(list(0, 4), "#24", "#25", 1), 30},
		"a wide letter":                       {list(0, 4), strings.Replace(list(0, 4), "国", "文", 1), 40},
		"a mark on a letter":                  {list(0, 4), strings.Replace(list(0, 4), "e\u0301", "e\u0300", 1), 30},
		"words at the end of a row disappear": {list(0, 4), strings.Replace(list(0, 4), "? help", "?", 1), 20},
	} {
		p := paint.New(paint.AbilitiesOf("xterm-256color"))
		p.Paint(c.before, 100, 30)
		if b := p.Paint(c.after, 100, 30); len(b) > c.most || len(b) == 0 {
			t.Errorf("%s: %d bytes: %q", name, len(b), b)
		}
	}
}
