package page

import (
	"strings"

	"authdeck/model"
)

// Earlier orders by a moment; what is not known stands last.
func Earlier[T any](of func(T) model.When) func(a, b T) int {
	return func(a, b T) int {
		first, known1 := of(a).Time()
		second, known2 := of(b).Time()
		switch {
		case known1 && known2:
			return first.Compare(second)
		case known1:
			return -1
		case known2:
			return 1
		}
		return 0
	}
}

// Later is the other way round, and what is not known stands last all the same.
func Later[T any](of func(T) model.When) func(a, b T) int {
	earlier := Earlier(of)
	return func(a, b T) int {
		_, known1 := of(a).Time()
		_, known2 := of(b).Time()
		if known1 && known2 {
			return earlier(b, a)
		}
		return earlier(a, b)
	}
}

// Alphabetical orders by a text, without regard to case.
func Alphabetical[T any](of func(T) model.Text) func(a, b T) int {
	return func(a, b T) int {
		return strings.Compare(strings.ToLower(of(a).String()), strings.ToLower(of(b).String()))
	}
}
