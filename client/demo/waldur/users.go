package waldur

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"authdeck/client/demo/stage"
)

// visible says whether caller sees an account at all: staff and support see
// everybody, others see themselves and the ordinary people of their house.
func (h *server) visible(a account, caller *stage.User) bool {
	u := a.person
	return caller.May(supportRight) || u == caller || u.Active && !u.May(staffRight) && u.Group == caller.Group
}

// seen finds the account that a path names, with or without hyphens.
func (h *server) seen(r *http.Request, caller *stage.User) (account, bool) {
	a, ok := h.accounts.Get(h.byUUID[uuidOf(r)])
	return a, ok && h.visible(a, caller)
}

func uuidOf(r *http.Request) string {
	return strings.ToLower(strings.ReplaceAll(r.PathValue("uuid"), "-", ""))
}

func (h *server) listUsers(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if h.of(caller).managesIdentities() {
		stage.Reply(w, http.StatusForbidden, "Identity manager is not allowed to list users.")
		return
	}
	q := r.URL.Query()
	rows := slices.DeleteFunc(h.accounts.All(), func(a account) bool { return !h.visible(a, caller) })
	rows, wrong := h.filter(q, rows)
	if wrong != nil {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	rows, ok := paginate(w, r, rows)
	if !ok {
		return
	}
	list := []map[string]any{}
	for _, a := range rows {
		own := len(rows) == 1 && a.person == caller
		list = append(list, h.userOf(a, h.viewer(r, caller, own), q["field"]))
	}
	stage.Reply(w, http.StatusOK, list)
}

func (h *server) user(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a, ok := h.seen(r, caller)
	if !ok {
		missing(w, "User")
		return
	}
	view := h.viewer(r, caller, a.person == caller)
	stage.Reply(w, http.StatusOK, h.userOf(a, view, r.URL.Query()["field"]))
}

func (h *server) me(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	row := h.userOf(h.of(caller), h.viewer(r, caller, true), r.URL.Query()["field"])
	if h.release == latest && !r.URL.Query().Has("field") {
		row["profile_completeness"] = map[string]any{
			"is_complete": caller.Complete(), "missing_fields": []string{}, "mandatory_fields": []string{}, "enforcement_enabled": false,
		}
	}
	stage.Reply(w, http.StatusOK, row)
}

// filter goes by username unless told otherwise, and complains of an order that it
// does not know.
func (h *server) filter(q url.Values, rows []account) ([]account, stage.Complaints) {
	rows, wrong := h.filters.Filter(q, rows)
	if wrong != nil {
		return nil, wrong
	}
	order := "username"
	if asked := stage.Last(q, "o"); asked != "" {
		order = asked
	}
	for name := range strings.SplitSeq(order, ",") {
		if _, known := h.filters.Order[strings.TrimPrefix(name, "-")]; !known {
			return nil, stage.Complaints{"o": {"Select a valid choice. " + name + " is not one of the available choices."}}
		}
	}
	h.filters.Sort(order, rows)
	return rows, nil
}
