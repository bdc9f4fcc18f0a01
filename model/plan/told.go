package plan

import (
	"slices"
	"time"

	"authdeck/model"
)

// ends reports whether a key ends by what the plan does with a token. Systems say that too,
// when the plan is made; the file is not believed that they did not.
func (p *Plan) ends(t *model.Token, at time.Time) bool {
	return p.Action == model.Delete || p.Action == model.Regenerate || p.Action == model.Replace || p.Set.ends(t, at)
}

// told adds the risks that a token tells of itself at a moment.
func told(risks []Risk, t *model.Token, ends bool, at time.Time) []Risk {
	note := func(r Risk, is bool) {
		if is {
			risks = with(risks, r)
		}
	}
	note(Own, t.Own)
	note(Managed, !t.Managed.Empty())
	if ends {
		used := inUse(t, at)
		note(UsedLately, used == model.Yes)
		note(UseUnknown, used == model.Unsaid)
	}
	return risks
}

// account is the risk of a token of the account that the console signs in as.
func account(risks []Risk, t *model.Token, me model.User) []Risk {
	if t.Own || t.Owner.ID == "" || t.Owner.ID != me.ID {
		return risks
	}
	return with(risks, OwnAccount)
}

// Told is the plan with the risks that its own lines tell of, when it was made and now, whether
// its file has them or not: a file can add one, and take none away. It does no I/O.
func (p *Plan) Told(now time.Time) *Plan {
	t := *p
	t.Lines = slices.Clone(p.Lines)
	for i := range t.Lines {
		l := &t.Lines[i]
		for _, at := range []time.Time{p.Made, now} {
			l.Risks = told(l.Risks, &l.Token, p.ends(&l.Token, at), at)
		}
		if l.Cannot == "" && p.Set.sooner(&l.Token) {
			l.Risks = with(l.Risks, EndsSooner)
		}
	}
	return &t
}
