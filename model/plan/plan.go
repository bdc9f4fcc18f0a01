package plan

import (
	"slices"
	"time"

	"authdeck/model"
)

// Schema is the form in which plans are written. Another form has another name.
const Schema = "authdeck-plan/1"

// Plan is one action on many tokens. What it holds is what was seen when it was made.
type Plan struct {
	ID     string
	Made   time.Time
	By     string // the account that made it, and the machine
	Host   string
	Action model.Action
	Lines  []Line
}

// Line is what is to be done with one token.
type Line struct {
	System string // the operator's name of it, its dialect and its address: all three have to
	Kind   string // be those of the system that it is applied to
	Host   string

	Token  model.Token // as it was seen, in the words of its own system: any difference is a conflict
	Says   []string    // what the system will do, what that breaks, and what else to know; a sentence each
	Cannot string      // why it is skipped; empty where it is not
	Risks  []Risk
}

// Risk is why a line wants a second look. Its value is the word for it in a file.
type Risk string

// The risks, the gravest first.
const (
	Own        Risk = "own"         // the console itself signs in with it
	OwnAccount Risk = "own-account" // it is of the account that the console signs in as, and may be that one
	Production Risk = "production"  // its system is a production system
	Managed    Risk = "managed"     // a part of the system itself holds it
	UsedLately Risk = "used-lately" // a key that was used lately ends
	Changed    Risk = "changed"     // it is not what the plan says any more
	UseUnknown Risk = "use-unknown" // a key ends of which nobody knows whether it is used
)

// Risks are all of them, the gravest first.
func Risks() []Risk {
	return []Risk{Own, OwnAccount, Production, Managed, UsedLately, Changed, UseUnknown}
}

// Grave reports whether a plain yes is too little for the risk. That nobody knows of a use
// is so of every key of some systems, and is said with each.
func (r Risk) Grave() bool { return r != UseUnknown }

// Actions are those that a plan can be of: about a token that is there, and with nothing to
// be filled in.
func Actions() []model.Action { return []model.Action{model.Delete, model.Regenerate, model.Replace} }

// Order is what is sent for a line, for a reason that may be empty.
func (p *Plan) Order(i int, at time.Time, reason model.Text) model.Order {
	t := p.Lines[i].Token
	return model.Order{Action: p.Action, Token: t, At: at, Reason: reason, Plan: p.ID, Draft: model.Draft{Owner: t.Owner}}
}

// Grave reports whether the line has a grave risk.
func (l *Line) Grave() bool { return slices.ContainsFunc(l.Risks, Risk.Grave) }

// ours reports whether the console may sign in with it.
func (l *Line) ours() bool {
	return l.Token.Own || slices.Contains(l.Risks, Own) || slices.Contains(l.Risks, OwnAccount)
}

// Count is how many lines there are of which sort.
type Count struct{ Lines, Sent, Cannot, Grave int }

// Left counts what is left of the plan after what was done for it: all of its lines, and of
// those of which nothing was sent the ones that will be, and cannot.
func (p *Plan) Left(ends []End) Count {
	left := Plan{}
	for i := range p.Lines {
		if ends[i].Outcome == NotBegun || ends[i].Outcome == Cannot {
			left.Lines = append(left.Lines, p.Lines[i])
		}
	}
	c := left.Count()
	c.Lines = len(p.Lines)
	return c
}

// Count counts the lines: those that will be sent, and of these those with a grave risk.
func (p *Plan) Count() Count {
	c := Count{Lines: len(p.Lines)}
	for i := range p.Lines {
		l := &p.Lines[i]
		switch {
		case l.Cannot != "":
			c.Cannot++
			continue
		case l.Grave():
			c.Grave++
		}
		c.Sent++
	}
	return c
}
