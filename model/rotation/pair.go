package rotation

import (
	"errors"
	"fmt"
	"time"

	"authdeck/model"
)

// Stage is how far a pair is.
type Stage int

// The stages. What is begun and has no end is in doubt: see [Pair.Doubt].
const (
	Begun      Stage = iota // nothing was sent yet
	Making                  // the order for the successor was sent, or is about to be
	NotMade                 // it was refused: there is no successor
	Made                    // the successor is there, and nobody has its key yet
	HandedOver              // somebody has its key; the old token opens still
	Ending                  // the order that ends the old token was sent, or is about to be
	Ended                   // the old token is gone, and the successor stands in its place
)

// Pair is an old token and the one that is to take its place.
type Pair struct {
	ID     string
	Begun  time.Time
	By     string // who began it
	System string // the operator's name of it
	Kind   string // the dialect
	Host   string
	Old    model.Token // as far as it is kept: by what it is known again
	New    model.Token // the same of its successor; without an ID while nobody knows which it is

	Stage  Stage
	Since  time.Time // of the stage
	Doubt  bool      // it was sent, and nobody knows what came of it
	Asked  Asked     // for the successor, as it was sent last
	Handed time.Time // when the key was handed over; zero before
	How    Manner    // in which
	Words  string    // what was said of the last step
}

// Asked is the order for a successor, without which nobody could look for one whose answer
// was lost.
type Asked struct {
	At     time.Time
	Owner  model.User        // as far as it is kept: number and name
	Values map[string]string // by the keys of the form; a secret is none of them
}

// Order is that order again, to look what became of it. It is not to be sent.
func (p *Pair) Order() model.Order {
	return model.Order{
		Action: model.Create, At: p.Asked.At, Plan: p.ID,
		Draft: model.Draft{Owner: p.Asked.Owner, Values: p.Asked.Values},
	}
}

// UnderWay reports whether something is left to do.
func (p *Pair) UnderWay() bool {
	return p.Stage != Begun && p.Stage != NotMade && p.Stage != Ended
}

// IsOf reports whether the pair is of an old token of that name in a system.
func (p *Pair) IsOf(host, id string) bool { return p.Host == host && p.Old.ID == id }

// MayEnd is why the old token is not to be ended yet; nil where it may.
func (p *Pair) MayEnd() error {
	switch p.Stage {
	case HandedOver:
		return nil
	case Made:
		return fmt.Errorf("the key of %s was not handed over, so that nobody could go on with it", p.Successor())
	case Making:
		return errors.New("whether there is a successor is not known: the old token may be the only one")
	case Ending:
		return errors.New("an order to end it was sent already, and nobody knows what came of it")
	case Ended:
		return errors.New("it has ended already")
	case Begun, NotMade:
	}
	return errors.New("there is no successor")
}

// Successor is what the new token is called, as far as that is known.
func (p *Pair) Successor() string {
	if p.New.Name.Empty() {
		return "the new token"
	}
	return p.New.Name.String()
}

// Take is the pair after a step. A step that must not follow is refused, and the pair stays
// as it is.
func (p *Pair) Take(s Step) error {
	next := *p
	if err := next.take(s); err != nil {
		return err
	}
	*p = next
	return nil
}

func (p *Pair) take(s Step) error {
	may, known := ways()[s.What]
	switch {
	case !known:
		return errors.New("its step is none that is known here")
	case !may(p):
		return fmt.Errorf("“%s” must not follow here", s.What)
	}
	if s.What == Unknown {
		p.Words = s.Words // the stage is what it was
		return nil
	}
	p.Since, p.Words, p.Doubt = s.At, s.Words, false
	switch s.What {
	case MakesIt:
		p.Stage, p.Doubt, p.Asked = Making, true, s.Asked
	case IsMade:
		if s.New.ID == "" || s.New.ID == p.Old.ID {
			return errors.New("it names no token beside the old one")
		}
		p.Stage, p.New = Made, s.New
	case IsNotMade:
		p.Stage = NotMade
	case IsHandedOver:
		if !s.How.known() {
			return errors.New("how it was handed over is nothing that is known here")
		}
		p.Stage, p.How, p.Handed = HandedOver, s.How, s.At
	case EndsIt:
		p.Stage, p.Doubt = Ending, true
	case IsEnded:
		p.Stage = Ended
	case IsNotEnded:
		p.Stage, p.Since = HandedOver, p.Handed
	case Unknown:
	}
	return nil
}
