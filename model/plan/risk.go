package plan

import (
	"slices"
	"time"

	"authdeck/model"
	"authdeck/model/review"
)

// lately is for how long after a use a key counts as in use: what runs once a month uses it
// once a month.
const lately = 31 * 24 * time.Hour

// risksOf are those that can be told from a token and from what its system says before.
func risksOf(t *model.Token, s *asked, form model.Form, p *Plan) []Risk {
	var risks []Risk
	note := func(r Risk, is bool) {
		if is {
			risks = append(risks, r)
		}
	}
	note(Own, t.Own)
	note(OwnAccount, !t.Own && t.Owner.ID != "" && t.Owner.ID == s.me.ID)
	note(Production, s.info.Production)
	note(Managed, !t.Managed.Empty())
	used := model.No
	if form.Danger {
		used = inUse(t, p.Made)
	}
	note(UsedLately, used == model.Yes)
	note(EndsSooner, len(form.Fields) > 0 && p.Set.sooner(t)) // one without is skipped
	note(UseUnknown, used == model.Unsaid)
	return risks
}

// inUse is whether somebody uses a key. One that is over opens nothing, whoever tries it.
func inUse(t *model.Token, now time.Time) model.Answer {
	if review.Is(t, review.Expired, review.Moment{Now: now}) == model.Yes {
		return model.No
	}
	switch at, _ := t.LastUsed.Time(); t.LastUsed.Knowledge() {
	case model.Known:
		return model.AnswerOf(now.Sub(at) < lately)
	case model.Never:
		return model.No
	case model.Unknown, model.NotApplicable: // a system without the word does not say it either
	}
	return model.Unsaid
}

// with is the risks and another one, in their order.
func with(risks []Risk, r Risk) []Risk {
	if slices.Contains(risks, r) {
		return risks
	}
	found := append(slices.Clone(risks), r)
	slices.SortStableFunc(found, func(a, b Risk) int { return slices.Index(Risks(), a) - slices.Index(Risks(), b) })
	return found
}
