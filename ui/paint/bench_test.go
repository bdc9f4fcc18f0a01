package paint_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/ui/caret"
	"authdeck/ui/paint"
)

const width, height = 100, 30

// listing is a list of rows from one on, with a marked one among them.
func listing(top, marked int) string {
	var b strings.Builder
	b.WriteString("authdeck  shop\n 1 Tokens\n  owner\n")
	for i := top; i < top+height-5; i++ {
		marker := "  "
		if i == marked {
			marker = caret.Here + "\x1b[36;7m› \x1b[m"
		}
		fmt.Fprintf(&b, "%sxiaomei.zhang%05d  #%05d  小梅 张  2026-01-15  10 months  \x1b[32mactive\x1b[m\n", marker, i, i)
	}
	return b.String() + "\n? help"
}

// BenchmarkPaint paints what a key changes, from the view to the bytes.
func BenchmarkPaint(b *testing.B) {
	for name, views := range map[string][2]string{
		"nothing": {listing(0, 3), listing(0, 3)},
		"move":    {listing(0, 3), listing(0, 4)},
		"scroll":  {listing(0, 24), listing(1, 25)},
		"page":    {listing(0, 3), listing(100, 103)},
	} {
		b.Run(name, func(b *testing.B) {
			p := paint.New(paint.AbilitiesOf("xterm"))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				p.Paint(views[i%2], width, height)
			}
		})
	}
}
