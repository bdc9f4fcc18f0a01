package client_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"authdeck/model"
)

// How rows are compared, by what a person sees of them.

func tokenCreated(t model.Token) model.When { return t.Created }
func tokenUpdated(t model.Token) model.When { return t.Updated }
func tokenExpires(t model.Token) model.When { return t.Expires }
func tokenUsed(t model.Token) model.When    { return t.LastUsed }
func userCreated(u model.User) model.When   { return u.Created }
func userLogin(u model.User) model.When     { return u.LastLogin }

// unaltered is empty for a text by which nothing can be said of the order.
func unaltered(t model.Text) string {
	if t.Changed() {
		return ""
	}
	return t.String()
}

// numeric makes a number comparable as text.
func numeric[T any](of func(T) string) func(T) string {
	return func(row T) string { return fmt.Sprintf("%012s", of(row)) }
}

// dayOf is the day of a moment, in UTC; empty where it is not known.
func dayOf[T any](of func(T) model.When) func(T) string {
	return func(row T) string {
		at, known := of(row).Time()
		if !known {
			return ""
		}
		return at.Format(time.DateOnly)
	}
}

func up[T any](of func(T) string) func(a, b T) int {
	return func(a, b T) int {
		if of(a) == "" || of(b) == "" {
			return 0
		}
		return cmp.Compare(of(a), of(b))
	}
}

func down[T any](of func(T) string) func(a, b T) int {
	return func(a, b T) int { return up(of)(b, a) }
}

func earlier[T any](of func(T) model.When) func(a, b T) int {
	return func(a, b T) int {
		first, known1 := of(a).Time()
		second, known2 := of(b).Time()
		if !known1 || !known2 {
			return 0
		}
		return first.Compare(second)
	}
}

func later[T any](of func(T) model.When) func(a, b T) int {
	return func(a, b T) int { return earlier(of)(b, a) }
}

// ordered skips rows about which the order says nothing, such as those without
// an e-mail.
func ordered[T any](t *testing.T, s model.Sort, compare func(a, b T) int, rows []T) {
	t.Helper()
	if s.Label == "" || compare == nil {
		t.Errorf("sort %q has the label %q, and this test knows its order: %t", s.Key, s.Label, compare != nil)
		return
	}
	decided := 0
	for i := range rows[min(1, len(rows)):] {
		switch c := compare(rows[i], rows[i+1]); {
		case c > 0:
			t.Errorf("sort %q: row %d does not stand before row %d", s.Key, i, i+1)
		case c < 0:
			decided++
		}
	}
	if decided < min(2, len(rows)/4) {
		t.Errorf("sort %q: only %d of %d rows can be compared", s.Key, decided, len(rows))
	}
}

// reordered wants the same rows in another order, where nobody can see in which.
func reordered(t *testing.T, s model.Sort, rows, usual []model.Token) {
	t.Helper()
	ids := func(tokens []model.Token) (all []string) {
		for _, one := range tokens {
			all = append(all, one.ID)
		}
		return all
	}
	now, before := ids(rows), ids(usual)
	if s.Label == "" || slices.Equal(now, before) {
		t.Errorf("sort %q has the label %q, and orders nothing", s.Key, s.Label)
	}
	slices.Sort(now)
	if slices.Sort(before); !slices.Equal(now, before) {
		t.Errorf("sort %q gave %d rows of %d", s.Key, len(now), len(before))
	}
}

// neverLast orders by a moment, with what never comes at the end; nothing can be
// said of what is not known.
func neverLast[T any](of func(T) model.When) func(a, b T) int {
	return func(a, b T) int {
		first, second := of(a).Knowledge(), of(b).Knowledge()
		switch {
		case first == model.Never && second == model.Known:
			return 1
		case first == model.Known && second == model.Never:
			return -1
		}
		return earlier(of)(a, b)
	}
}
