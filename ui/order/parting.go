package order

import "slices"

// Parting is what there is to say of something when the console ends, however it does.
type Parting struct {
	Said   []string // below the screen that was given back, a line each; none for nothing
	Undone bool     // it was begun, and is not at its end
}

// parting is how that is told of something that has a name.
type parting struct {
	of  string
	say func() Parting
}

// Leaving says that somebody is about to leave, and would not have anything more begun.
type Leaving struct{}

// AtExit has something told at the end of the console. Of one thing whoever comes last tells.
func (d *Desk) AtExit(of string, say func() Parting) {
	d.partings = slices.DeleteFunc(d.partings, func(p parting) bool { return p.of == of })
	d.partings = append(d.partings, parting{of, say})
}

// Partings is all that there is to tell.
func (d *Desk) Partings() (all Parting) {
	for _, p := range d.partings {
		now := p.say()
		all.Said = append(all.Said, now.Said...)
		all.Undone = all.Undone || now.Undone
	}
	return all
}
