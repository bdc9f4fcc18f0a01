package plan

import (
	"slices"

	"authdeck/model"
)

// places are the systems of this console, by their names.
type places map[string]model.API

func placesOf(api model.API) places {
	found := places{}
	for _, member := range model.Members(api) {
		found[member.Info().Name] = member
	}
	return found
}

// refusal is why a line cannot be sent from here; empty where it can. A system of the same
// name that is another one is not taken for the one that was meant.
func (p places) refusal(a model.Action, l *Line) string {
	api, is := p[l.System]
	if !is {
		return "no system here is called " + l.System
	}
	info := api.Info()
	switch {
	case info.Kind != l.Kind:
		return l.System + " is of another kind here: " + info.Kind + ", and the plan was made for " + l.Kind
	case info.Host != l.Host:
		return l.System + " is another one here: " + info.Host + ", and the plan was made for " + l.Host
	}
	return info.Missing[a]
}

// Here is the plan as it is to be read on this console: what cannot be sent from here says
// so, and a system that is a production system here is one, whatever it was where the plan
// was made. It does no I/O.
func (p *Plan) Here(api model.API) *Plan {
	here, at := *p, placesOf(api)
	here.Lines = slices.Clone(p.Lines)
	for i := range here.Lines {
		l := &here.Lines[i]
		if l.Cannot == "" {
			l.Cannot = at.refusal(p.Action, l)
		}
		if system, is := at[l.System]; is && system.Info().Production {
			l.Risks = with(l.Risks, Production)
		}
	}
	return &here
}
