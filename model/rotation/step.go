package rotation

import (
	"slices"
	"time"

	"authdeck/model"
)

// What is what a step says. Its value is the word for it in a file.
type What string

// The steps. Those that begin a write are written down before anything is sent, the others
// after the answer.
const (
	MakesIt      What = "making"      // the order for the successor is sent after this, and only after it
	IsMade       What = "made"        // it is there, and this is it
	IsNotMade    What = "not-made"    // it was refused, or not sent: there is none
	IsHandedOver What = "handed-over" // somebody has its key
	EndsIt       What = "ending"      // the order that ends the old token is sent after this, and only after it
	IsEnded      What = "ended"       // it is gone
	IsNotEnded   What = "not-ended"   // it was refused, or not sent: the old token opens still
	Unknown      What = "unknown"     // of either order: nobody knows what came of it
)

// Step is one thing that happened to a pair. No secret is in it.
type Step struct {
	At    time.Time
	What  What
	Asked Asked       // of making
	New   model.Token // of made
	How   Manner      // of handed-over
	Words string      // what the system said
}

// Manner is how somebody came to have a key.
type Manner string

// The manners.
const (
	ToFile      Manner = "file"
	Seen        Manner = "seen"
	ToClipboard Manner = "clipboard" // and a person trusted it
	ToPipe      Manner = "pipe"
	ToCommand   Manner = "command" // of the configuration, which took it
	ToldSo      Manner = "said"    // past authdeck, by the word of a person alone
)

func (m Manner) known() bool {
	return m == ToFile || m == Seen || m == ToClipboard || m == ToPipe || m == ToCommand || m == ToldSo
}

// ways are after what each step may follow. A successor is made once, unless the order for it
// is known to have made none; and the old token is ended only when somebody has the new key.
func ways() map[What]func(*Pair) bool {
	at := func(stages ...Stage) func(*Pair) bool {
		return func(p *Pair) bool { return slices.Contains(stages, p.Stage) }
	}
	return map[What]func(*Pair) bool{
		MakesIt: at(Begun, NotMade), IsMade: at(Making), IsNotMade: at(Making),
		IsHandedOver: at(Made),
		EndsIt:       at(HandedOver), IsEnded: at(Ending, HandedOver), IsNotEnded: at(Ending),
		Unknown: at(Making, Ending),
	}
}

// After is what a step says of an order that was answered, or refused. Whatever may have
// changed something is unknown: a successor is asked for again only where it is known that
// there is none. An old token that is not found may be hidden from the account, and has not
// ended by that.
func After(making bool, issued model.Issued, err error) Step {
	s := Step{What: IsEnded}
	if making {
		s.What, s.New = IsMade, issued.Token
	}
	if err != nil {
		s.Words = model.Reason(err)
	}
	named := !making || issued.Token.ID != ""
	switch {
	case named && (err == nil || making && model.KindOf(err) == model.Partial):
	case err == nil, model.MayHaveChanged(err), model.KindOf(err) == model.Internal:
		s.What, s.New = Unknown, model.Token{}
	case making:
		s.What, s.New = IsNotMade, model.Token{}
	default:
		s.What = IsNotEnded
	}
	return s
}
