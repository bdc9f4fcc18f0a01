package ui

import "authdeck/ui/list"

// pageSize is how many rows a page has, if the server gives as many: two or
// three screens, and small enough for a slow system.
const pageSize = 50

// list is how a list looks.
func (st styles) list() list.Styles {
	return list.Styles{Title: st.faint, Selected: st.selected, Empty: st.faint}
}

// strayed says that the cursor of a list has come to another object by no key. Of one
// that was ended from here it is known why.
func strayed[T any](l *list.Model[T], called func(T) string, ended func(T) bool) []string {
	object, moves := l.Strayed()
	row, there := l.Selected()
	gone := called(object) + " is not in this page any more."
	switch {
	case moves == 0:
		return nil
	case ended(object) && !there:
		return nil
	case ended(object):
		return []string{"The cursor is on " + called(row) + " now."}
	case there:
		return []string{"The cursor is on " + called(row) + ": " + gone}
	}
	return []string{capital(gone)}
}

// never is for objects that nothing ends from here.
func never[T any](T) bool { return false }
