package plan

import (
	"time"

	"authdeck/model"
)

// The fields of a plan that follow its heads, and the one within what it sets.
const (
	setField     = "set"
	expiresField = "expires"
	linesField   = "lines"
)

// setting writes what a plan to edit sets; of another one there is nothing.
func (w *writer) setting(p *Plan) {
	switch err := p.Set.fits(p.Action); {
	case err != nil && w.bad == nil:
		w.bad = err
	case p.Action == model.Edit:
		w.out = append(w.out, "\""+setField+"\": {\""+expiresField+"\": "...)
		w.string(whenWord(p.Set.Expires), true)
		w.out = append(w.out, "},\n"...)
	}
}

// setting reads what a plan to edit sets, and on to its lines. In another one it is a fault:
// somebody means something by it that would not be done.
func (r *reader) setting(p *Plan) error {
	if err := r.take(','); err != nil {
		return err
	}
	edits := p.Action == model.Edit
	if err := r.named(map[bool]string{true: setField, false: linesField}[edits]); err != nil {
		return err
	}
	from := r.at
	name, err := r.string()
	if err != nil {
		return err
	}
	fault := func(words string) error {
		r.at = from
		return r.fail(words)
	}
	switch {
	case name == setField && !edits:
		return fault("“" + setField + "” is of a plan to edit, and this one is to " + p.Action.String())
	case name != setField && edits:
		return fault("“" + setField + "” has to be here, with what the plan to edit sets")
	case name == setField:
		if err := r.take(':'); err != nil {
			return err
		}
		if err := r.set(&p.Set); err != nil {
			return err
		}
		return r.begin(linesField, false)
	case name != linesField:
		return fault("“" + linesField + "” has to be here")
	}
	return r.take(':')
}

// set reads the object of what is set.
func (r *reader) set(to *Set) error {
	if err := r.take('{'); err != nil {
		return err
	}
	if err := r.named(expiresField); err != nil {
		return err
	}
	from := r.at
	name, err := r.string()
	if err != nil {
		return err
	}
	if name != expiresField {
		r.at = from
		return r.fail("“" + quoted(name) + "” is nothing that a plan sets; it is “" + expiresField + "”")
	}
	if err := r.take(':'); err != nil {
		return err
	}
	r.blank()
	from = r.at
	said, err := r.string()
	if err != nil {
		return err
	}
	to.Expires = model.Not(model.Never)
	if said != never {
		var at time.Time
		at, err = readTime(said)
		to.Expires = model.At(at)
	}
	if err != nil || to.fits(model.Edit) != nil {
		r.at = from
		return r.fail("it is a time in UTC to the second, such as 2027-03-01T00:00:00Z, or never")
	}
	return r.take('}')
}
