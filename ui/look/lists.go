package look

import "authdeck/ui/list"

// PageSize is how many rows a page has, if the server gives as many: two or
// three screens, and small enough for a slow system.
const PageSize = 50

// List is how a list looks.
func (st Styles) List() list.Styles {
	return list.Styles{Title: st.Faint, Marker: st.marker, Mark: st.Bold, Faint: st.Faint}
}

// Strayed says that the cursor of a list has come to another object by no key. Of one
// that was ended from here it is known why.
func Strayed[T any](l *list.Model[T], called func(T) string, ended func(T) bool) []string {
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
	return []string{Capital(gone)}
}

// NeverEnded is for objects that nothing ends from here.
func NeverEnded[T any](T) bool { return false }
