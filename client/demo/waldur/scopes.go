package waldur

import (
	"maps"
	"net/http"
	"slices"

	"authdeck/client/demo/stage"
)

const (
	waldurStaffScope = "STAFF.ACCESS"
	waldurAidesScope = "SUPPORT.ACCESS"
)

// waldurScope is what a personal token may be for, and who may give that away.
type waldurScope struct {
	says string
	need stage.Right
}

func waldurScopes() map[string]waldurScope {
	return map[string]waldurScope{
		waldurStaffScope:  {"Use the rights of staff", waldurStaff},
		waldurAidesScope:  {"Use the rights of support", waldurAides},
		"CUSTOMER.UPDATE": {"Update an organization", stage.Insider},
		"ORDER.APPROVE":   {"Approve an order", stage.Insider},
		"PROJECT.UPDATE":  {"Update a project", stage.SignedIn},
		"RESOURCE.LIST":   {"List resources", stage.SignedIn},
	}
}

func (h *waldur) availableScopes(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	type choice struct {
		Permission  string `json:"permission"`
		Description string `json:"description"`
	}
	list := []choice{}
	known := waldurScopes()
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if caller.May(known[name].need) {
			list = append(list, choice{name, known[name].says})
		}
	}
	stage.Reply(w, http.StatusOK, list)
}
