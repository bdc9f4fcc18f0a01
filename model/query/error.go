package query

import "fmt"

// Error is what is wrong with a question, and where: at the letters From up to To of what
// was typed, counted as runes.
type Error struct {
	From, To int
	Words    string // what is wrong, and what to do
}

// Error implements error.
func (e *Error) Error() string { return e.Words }

func (s *scanner) wrong(from, to int, format string, values ...any) *Error {
	return &Error{From: from, To: max(to, from), Words: fmt.Sprintf(format, values...)}
}
