package mark

import (
	"cmp"
	"iter"
	"slices"

	"authdeck/model"
)

// Mark is a token as its own system knows it and as it was when it was marked.
type Mark struct {
	System string // the operator's name of it
	Token  model.Token
}

// object is what is marked: another reading of the same token has the same mark.
type object struct{ system, id string }

// Set are the marked tokens. Make it with New.
type Set struct {
	marks
	former  marks // as they were before all of them were dropped, until something else is marked
	shared  *shared
	changes int
	next    int // the place of the next one among them
}

// marks are some, and how many each system has of them.
type marks struct {
	of   map[object]*entry
	in   map[string]int
	last object // that was marked by itself; none where it has its mark no more
}

// New has none.
func New() *Set { return &Set{marks: none(), shared: newShared()} }

func none() marks { return marks{of: map[object]*entry{}, in: map[string]int{}} }

// Len is how many are marked.
func (s *Set) Len() int { return len(s.of) }

// In is how many are marked in a system.
func (s *Set) In(system string) int { return s.in[system] }

// Dropped is how many [Set.Restore] would bring back.
func (s *Set) Dropped() int { return len(s.former.of) }

// Changes is another number whenever other tokens may be marked.
func (s *Set) Changes() int { return s.changes }

// Has reports whether a token is marked.
func (s *Set) Has(system, id string) bool {
	_, is := s.of[object{system, id}]
	return is
}

// Last is the token that was marked last by itself and still is; false where there is none.
func (s *Set) Last() (system, id string, is bool) {
	return s.last.system, s.last.id, s.last != object{}
}

// All are the marked tokens, in the order in which they were marked.
func (s *Set) All() iter.Seq[Mark] {
	all := make([]object, 0, len(s.of))
	for o := range s.of {
		all = append(all, o)
	}
	slices.SortFunc(all, func(a, b object) int { return cmp.Compare(s.of[a].at, s.of[b].at) })
	return func(yield func(Mark) bool) {
		for _, o := range all {
			if e := s.of[o]; e != nil && !yield(Mark{o.system, e.token(o.id)}) {
				return
			}
		}
	}
}

// Put marks a token. One that is marked already stays as it was seen then.
func (s *Set) Put(system string, t model.Token) {
	if !s.Has(system, t.ID) {
		s.put(object{system, t.ID}, s.shared.packed(&t))
	}
	s.last = object{system, t.ID}
}

func (s *Set) put(o object, e *entry) {
	e.at = s.next
	s.next++
	s.of[o] = e
	s.in[o.system]++
	s.changed()
}

// Remove takes the mark off a token.
func (s *Set) Remove(system, id string) { s.remove(object{system, id}) }

func (s *Set) remove(o object) {
	if _, is := s.of[o]; !is {
		return
	}
	delete(s.of, o)
	s.in[o.system]--
	if o == s.last {
		s.last = object{}
	}
	s.changed()
}

// changed forgets what was dropped before: bringing it back would not undo the last thing
// that was done.
func (s *Set) changed() {
	s.changes++
	s.former = marks{}
}

// Drop takes the marks off all of them.
func (s *Set) Drop() {
	s.former, s.marks = s.marks, none()
	s.shared = newShared()
	s.changes++
}

// Restore brings back those that were dropped, if nothing was marked since.
func (s *Set) Restore() {
	if s.Dropped() > 0 {
		s.marks = s.former
		s.changed()
	}
}

// take marks all that are on a pile, and is how many of them were not.
func (s *Set) take(p *Pile) (fresh int) {
	before := s.Len()
	for i, o := range p.objects {
		if !s.Has(o.system, o.id) {
			s.put(o, p.entries[i])
		}
	}
	return s.Len() - before
}

// in reports whether all that are on the pile are marked.
func (p *Pile) in(s *Set) bool {
	return !slices.ContainsFunc(p.objects, func(o object) bool { return !s.Has(o.system, o.id) })
}

// Toggle marks all that are on a pile, or takes their marks off where all of them are marked
// already. It says how many marks there are more by that, or fewer.
func (s *Set) Toggle(p *Pile) (more int) {
	if !p.in(s) {
		return s.take(p)
	}
	before := s.Len()
	for _, o := range p.objects {
		s.remove(o)
	}
	return s.Len() - before
}
