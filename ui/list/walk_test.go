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

// numbered is a reader on the first of ten pages that have numbers.
func numbered(t *testing.T) *reader {
	r := read(t, 100)
	r.timed, r.numbered = true, true
	r.settle(r.list.Ask(model.Query{}))
	return r
}

func TestWherePagesHaveNumbersNoneBetweenIsAskedFor(t *testing.T) {
	for to, on := range map[int]int{2: 10, 7: 60, 10: 90, 11: 90, LastPage: 90} {
		r := numbered(t)
		r.settle(r.list.Walk(to))
		r.on(on)
		r.questions(2)
		if n, _ := r.list.Page(); n != on/10+1 || r.list.Walking() != 0 || r.list.Turned().Again != 0 {
			t.Errorf("page %d is number %d, still on the way to %d, %+v", to, n, r.list.Walking(), r.list.Turned())
		}
		r.settle(r.list.Previous())
		r.questions(3)
		if n, _ := r.list.Page(); n != on/10 || r.list.Items()[0] != on-10 {
			t.Errorf("the page before %d is number %d and begins with %d", to, n, r.list.Items()[0])
		}
	}
}

func TestAListThatGrewOrShrankMeanwhileIsGoneToTheEndOfOrIsLeftWhereItWas(t *testing.T) {
	r := numbered(t)
	for i := range 15 {
		r.rows = append(r.rows, 100+i)
	}
	r.settle(r.list.Walk(LastPage))
	r.on(110)
	if !r.list.Last() {
		t.Error("there are pages after it")
	}
	for _, strict := range []bool{true, false} {
		r = numbered(t)
		r.strict, r.rows = strict, r.rows[:85]
		r.settle(r.list.Walk(LastPage))
		if n, _ := r.list.Page(); n != 9 || r.list.Items()[0] != 80 || r.list.Walking() != 0 {
			t.Errorf("on page %d, which begins with %d", n, r.list.Items()[0])
		}
	}
}

func TestWhereNobodyCountsTheRowsTheWayIsPageByPage(t *testing.T) {
	r := read(t, 100)
	r.timed, r.numbered, r.uncounted = true, true, true
	r.settle(r.list.Ask(model.Query{}))
	r.settle(r.list.Walk(LastPage))
	r.on(90)
	r.questions(10)
}
