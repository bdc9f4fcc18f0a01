package plan

import (
	"slices"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/model/review"
)

// lately is for how long after a use a key counts as in use: what runs once a month uses it
// once a month.
const lately = 31 * 24 * time.Hour

// risksOf are those that can be told from a token and from what its system says before.
func risksOf(t *model.Token, s *asked, form model.Form, p *Plan) []Risk {
	risks := account(told(nil, t, form.Danger, p.Made), t, s.me)
	if s.info.Production {
		risks = with(risks, Production)
	}
	if len(form.Fields) > 0 && p.Set.sooner(t) { // one without is skipped
		risks = with(risks, EndsSooner)
	}
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

// Words are the risk for a person.
func (r Risk) Words() string {
	return map[Risk]string{
		Own: "used here", OwnAccount: "your own account", Production: "production", Managed: "managed", UsedLately: "used lately",
		Changed: "changed", EndsSooner: "ends sooner", UseUnknown: "use not told",
	}[r]
}

// RiskWords are several risks for a person.
func RiskWords(risks []Risk) string {
	words := make([]string, len(risks))
	for i, r := range risks {
		words[i] = r.Words()
	}
	return strings.Join(words, ", ")
}
