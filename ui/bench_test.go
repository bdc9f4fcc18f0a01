package ui

import (
	"fmt"
	"testing"
	"time"

	"github.com/muesli/termenv"

	"authdeck/ui/look"
)

// bigPage is a console with a page of fifty rows, in colour.
func bigPage(b *testing.B, width, height int) *driver {
	b.Helper()
	r := crowd(newClock())
	r.page = look.PageSize
	for i := range look.PageSize {
		u := account(100+i, fmt.Sprintf("someone.of.the.crowd%02d", i), true)
		r.tokens = append(r.tokens, token(200+i, u))
	}
	d := prepare(b, termenv.ANSI, r)
	d.begin(width, height)
	return d
}

func sizes() [][2]int { return [][2]int{{100, 30}, {120, 40}} }

func BenchmarkView(b *testing.B) {
	for _, size := range sizes() {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			d := bigPage(b, size[0], size[1])
			b.ReportAllocs()
			for b.Loop() {
				_ = d.app.View()
			}
		})
	}
}

func BenchmarkMove(b *testing.B) {
	for _, size := range sizes() {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			d := bigPage(b, size[0], size[1])
			down, up := letter('j'), letter('k')
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				key := down
				if i/40%2 == 1 {
					key = up
				}
				d.clock.now = d.clock.now.Add(30 * time.Millisecond) // as a held key repeats
				d.app.Update(key)
				_ = d.app.View()
			}
		})
	}
}
