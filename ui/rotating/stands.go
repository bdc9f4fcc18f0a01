package rotating

import (
	"errors"
	"time"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// read asks a system for both tokens of a pair. It waits for the answer.
func read(d *order.Desk, api model.API, p rotation.Pair) seen {
	s := seen{id: p.ID, done: true}
	s.err = s.read(d.Each, api, p)
	return s
}

// notNow is why the old token is not ended, by what its system says in this moment; empty where
// it may be.
func (e *ending) notNow() string {
	p := e.hand.Pair()
	if err := p.MayEnd(); err != nil {
		return err.Error()
	}
	s := read(e.Desk, e.api, p)
	s.lies(e.safe, p)
	return s.forbids(e.Clock.Now())
}

// forbids is why the old token is not to be ended by what was seen; empty where it may be.
func (s seen) forbids(now time.Time) string {
	switch {
	case s.err != nil:
		return "its system could not be asked: " + model.Reason(s.err)
	case s.old.found == replaced:
		return "what is called so now is another token"
	case s.old.found == absent:
		return "it is not in the list any more; l looks what became of it"
	}
	if why := s.new.opensNothing(now); why != "" {
		return "its successor " + why + ", so that the old one may be the only one that works"
	}
	if s.sealed { // of another one than was handed over
		return "a key of its successor lies here, sealed: if it came later, the one that was handed over opens nothing any more; :keys hands it over"
	}
	return ""
}

// opensNothing is why nobody can work with a token, as a clause; empty where somebody may.
func (f there) opensNothing(now time.Time) string {
	end, known := f.token.Expires.Time()
	switch {
	case f.found != present:
		return "is not in the list any more"
	case f.token.State == model.Revoked:
		return "is revoked"
	case f.token.State == model.Expired, known && !end.After(now):
		return "has expired"
	case f.token.Owner.Active == model.No:
		return "opens nothing, for its owner's account is switched off"
	}
	return ""
}

// over says that a rotation is over, where that is why something was not done; empty where it
// is not.
func over(err error) string {
	if errors.Is(err, rotation.ErrOver) {
		return look.Capital(rotation.ErrOver.Error()) + "."
	}
	return ""
}

// alone is what has to be known where the old token is gone and its successor is no good;
// empty where it is.
func alone(d *order.Desk, api model.API, p rotation.Pair) string {
	s := read(d, api, p)
	if s.err != nil {
		return "Whether its successor is there could not be read: " + model.Reason(s.err) + "."
	}
	if why := s.new.opensNothing(d.Clock.Now()); why != "" {
		return "ITS SUCCESSOR " + why + ": whatever used the old one needs another token."
	}
	return ""
}
