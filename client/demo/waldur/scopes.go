package waldur

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"authdeck/client/demo/stage"
)

const (
	staffScope   = "STAFF.ACCESS"
	supportScope = "SUPPORT.ACCESS"
)

// scope is what a personal token may be for, and who may give that away.
type scope struct {
	says string
	need stage.Right
}

func allScopes() map[string]scope {
	return map[string]scope{
		staffScope:        {"Use the rights of staff", staffRight},
		supportScope:      {"Use the rights of support", supportRight},
		"CUSTOMER.UPDATE": {"Update an organization", stage.Insider},
		"ORDER.APPROVE":   {"Approve an order", stage.Insider},
		"PROJECT.UPDATE":  {"Update a project", stage.SignedIn},
		"RESOURCE.LIST":   {"List resources", stage.SignedIn},
	}
}

// bindingTargets are the types of things that each permission can be bound to (8.0.9
// and later). What concerns the whole server is bound to nothing.
func (h *server) bindingTargets(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	type target struct {
		Permission string   `json:"permission"`
		Types      []string `json:"types"`
	}
	list := []target{}
	known := allScopes()
	for _, name := range slices.Sorted(maps.Keys(known)) {
		thing, _, _ := strings.Cut(strings.ToLower(name), ".")
		if caller.May(known[name].need) && name != staffScope && name != supportScope {
			list = append(list, target{name, []string{thing}})
		}
	}
	stage.Reply(w, http.StatusOK, list)
}

func (h *server) availableScopes(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	type choice struct {
		Permission  string `json:"permission"`
		Description string `json:"description"`
	}
	list := []choice{}
	known := allScopes()
	for _, name := range slices.Sorted(maps.Keys(known)) {
		if caller.May(known[name].need) {
			list = append(list, choice{name, known[name].says})
		}
	}
	stage.Reply(w, http.StatusOK, list)
}
