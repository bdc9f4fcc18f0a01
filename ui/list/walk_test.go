package list

import (
	"errors"
	"testing"

	"authdeck/model"
)

// far is a reader on the first of ten pages.
func far(t *testing.T) *reader {
	r := read(t, 100)
	r.timed = true
	r.settle(r.list.Ask(model.Query{}))
	r.questions(1)
	return r
}

func TestAPageIsGoneToByItsNumberAndBackInOneStep(t *testing.T) {
	r := far(t)
	r.settle(r.list.Walk(7))
	r.on(60)
	r.questions(7)
	r.settle(r.list.Walk(2))
	r.on(10)
	r.questions(8)
	r.settle(r.list.Walk(1))
	r.on(0)
	r.questions(9)
	if !r.list.First() {
		t.Error("the first page is not the first")
	}
}

func TestTheLastPageIsGoneToAndStoodOn(t *testing.T) {
	for _, page := range []int{10, 11, LastPage} {
		r := far(t)
		r.settle(r.list.Walk(page))
		r.on(90)
		r.questions(10)
		if r.list.Walking() != 0 || r.list.Walk(LastPage) != nil && !r.list.Last() {
			t.Error("the way goes on behind the end")
		}
	}
}

func TestOnTheWayItIsKnownWhereToAndCancelOrAFailureEndsIt(t *testing.T) {
	for name, end := range map[string]func(r *reader){
		"cancel":  func(r *reader) { r.list.Cancel() },
		"failure": func(r *reader) { r.err = errors.New("broken"); r.arrive(); r.arrive(); r.err = nil },
		"another": func(r *reader) { r.ask(r.list.Ask(model.Query{Sort: "x"})) },
	} {
		t.Run(name, func(t *testing.T) {
			r := far(t)
			r.ask(r.list.Walk(7))
			r.arrive()
			r.arrive()
			if n, _ := r.list.Page(); n != 3 || r.list.Walking() != 7 {
				t.Errorf("on page %d, on the way to %d", n, r.list.Walking())
			}
			end(r)
			if r.list.Walking() != 0 {
				t.Errorf("still on the way to %d", r.list.Walking())
			}
			if name == "another" {
				r.settle(nil)
				r.on(0)
				return
			}
			before, _ := r.list.Page()
			r.settle(r.list.Next())
			if n, _ := r.list.Page(); n != before+1 || r.list.Walking() != 0 {
				t.Errorf("the next page is %d, on the way to %d", n, r.list.Walking())
			}
		})
	}
}
