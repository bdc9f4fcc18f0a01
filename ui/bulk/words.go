package bulk

import (
	"errors"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
)

// Named makes a plan of the action that is named, for all tokens that a query asks for.
func Named(d *order.Desk, api model.API, words string, q model.Query) (order.Modal, tea.Cmd, error) {
	for _, a := range plan.Actions() {
		if a.String() != strings.TrimSpace(words) {
			continue
		}
		if why := api.Info().Missing[a]; why != "" {
			return nil, nil, errors.New(why)
		}
		m, cmd := Open(d, api, a, All(api, q))
		return m, cmd, nil
	}
	return nil, nil, errors.New("what is to be done follows, such as :plan " + model.Delete.String())
}

// Offer is what a plan can be of.
func Offer(words string) prompt.Candidates {
	var can prompt.Candidates
	for _, a := range plan.Actions() {
		if strings.HasPrefix(a.String(), strings.TrimSpace(words)) {
			can.Words = append(can.Words, a.String())
		}
	}
	return can
}
