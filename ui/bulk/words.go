package bulk

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/form"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
)

// Named makes a plan of the action that is named, for all tokens that a query asks for. When
// they are to end may follow the name of a plan for that.
func Named(d *order.Desk, api model.API, words string, q model.Query) (order.Modal, tea.Cmd, error) {
	name, more, _ := strings.Cut(strings.TrimSpace(words), " ")
	for _, a := range plan.Actions() {
		if plan.Called(a) != name {
			continue
		}
		return named(d, api, a, strings.TrimSpace(more), q)
	}
	return nil, nil, errors.New("what is to be done follows, such as :plan " + model.Delete.String())
}

func named(d *order.Desk, api model.API, a model.Action, more string, q model.Query) (order.Modal, tea.Cmd, error) {
	if why := api.Info().Missing[a]; why != "" {
		return nil, nil, errors.New(why)
	}
	switch {
	case more == "":
		m, cmd := Open(d, api, a, All(api, q))
		return m, cmd, nil
	case a != model.Edit:
		return nil, nil, errors.New("nothing follows :plan " + plan.Called(a))
	}
	value, err := form.Time(more, d.Clock.Now(), true)
	if err != nil {
		return nil, nil, err
	}
	m, cmd := open(d, api, a, setOf(value), All(api, q))
	return m, cmd, nil
}

// Offer is what a plan can be of.
func Offer(words string) prompt.Candidates {
	var can prompt.Candidates
	for _, a := range plan.Actions() {
		if strings.HasPrefix(plan.Called(a), strings.TrimSpace(words)) {
			can.Words = append(can.Words, plan.Called(a))
		}
	}
	return can
}
