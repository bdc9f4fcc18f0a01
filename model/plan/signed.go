package plan

import (
	"errors"

	"authdeck/model"
)

// Vouch says why a plan does not have the signature that a file of signers asks for; nil where
// it has.
type Vouch func(signers string) error

// Unsigned is the [Vouch] of a plan that is in no file, and can have no signature.
func Unsigned(string) error {
	return errors.New("it is not signed; write it to a file (w), and have somebody else sign it with authdeck plan sign FILE")
}

// objection is why a system takes no line of a plan as it is signed; empty where it takes it.
func objection(info model.Info, vouch Vouch) string {
	if info.Signers == "" {
		return ""
	}
	if vouch == nil {
		vouch = Unsigned
	}
	if err := vouch(info.Signers); err != nil {
		return model.Clean(err.Error()).String()
	}
	return ""
}

// Wanted is an objection of a system, where it does not stand beside its name.
func Wanted(system, objection string) string {
	return system + " wants a signed plan: " + objection
}

// Objections are why systems of this console, by their names, take no line of the plan as it
// is signed. Those with nothing that could be sent are not asked for.
func (p *Plan) Objections(api model.API, vouch Vouch) map[string]string {
	at, found, seen := placesOf(api), map[string]string{}, map[string]bool{}
	for i := range p.Lines {
		l := &p.Lines[i]
		if seen[l.System] || l.Cannot != "" || at.refusal(p.Action, l) != "" {
			continue
		}
		seen[l.System] = true
		if why := objection(at[l.System].Info(), vouch); why != "" {
			found[l.System] = why
		}
	}
	return found
}

// Barred is the plan where the lines of systems with an objection cannot be sent; the same one
// where none has any, for a large plan takes a while to copy.
func (p *Plan) Barred(objections map[string]string) *Plan {
	if len(objections) == 0 {
		return p
	}
	now := *p
	now.Lines = append([]Line(nil), p.Lines...)
	for i := range now.Lines {
		if l := &now.Lines[i]; l.Cannot == "" {
			l.Cannot = objections[l.System]
		}
	}
	return &now
}

// signed is why a run does not begin: a system with lines to be sent takes none of them as the
// plan is signed. The lines of others are not sent either: what is to be read by two is one
// plan.
func (r *Run) signed() error {
	for _, l := range r.lanes {
		if why := objection(l.api.Info(), r.how.Vouch); why != "" {
			return errors.New(Wanted(l.api.Info().Name, why))
		}
	}
	return nil
}
