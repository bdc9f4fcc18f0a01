package mark

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"authdeck/model"
)

const many = 100_000

// BenchmarkAHundredThousandMarks sets as many marks as one key can, of tokens that each came
// with strings of its own, and says what they take when all else is let go.
func BenchmarkAHundredThousandMarks(b *testing.B) {
	for _, each := range []int{1, 5} {
		b.Run(fmt.Sprintf("%d an owner", each), func(b *testing.B) {
			for b.Loop() {
				before := live()
				s, p := New(), new(Pile)
				for i := range many {
					p.Put("shop", seen(i, i/each))
				}
				if s.Toggle(p) != many {
					b.Fatal(s.Len())
				}
				p = nil //nolint:wastedassign // so that it is let go of
				b.ReportMetric(float64(live()-before)/(1<<20), "MB")
				runtime.KeepAlive(s)
			}
		})
	}
}

// seen is a token as an answer gives it: nothing in it is another one's.
func seen(i, owner int) model.Token {
	text := func(format string, n int) model.Text { return model.Clean(fmt.Sprintf(format, n)) }
	at := model.At(time.Unix(1_700_000_000+int64(i), 0))
	return model.Token{
		ID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i), Name: text("deploy-of-project-%d", i), Kind: text("app_password%.0d", 0),
		Description: text("made for the pipeline of project %d", i), Scope: text("write%.0d", 0),
		Owner: model.User{
			ID: fmt.Sprint(owner), Username: text("someone.of.the.crowd%d", owner), FullName: text("Someone of the Crowd %d", owner),
			Email: text("someone.of.the.crowd%d@example.com", owner), Active: model.Yes,
		},
		Created: at, Updated: at, Expires: at, LastUsed: at, State: model.Active,
	}
}

// live is what is in use, in bytes.
func live() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
