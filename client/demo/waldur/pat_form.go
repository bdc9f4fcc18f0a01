package waldur

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/netip"
	"time"
	"unicode/utf8"

	"authdeck/client/demo/stage"
)

const (
	maxPATName = 150 // letters at most
	maxPATDays = 365 // of life at most
	maxPATs    = 20  // active ones
)

// form is a request with what is wrong with it, by field, and in a list by
// the number of the item.
type form struct {
	fields map[string]json.RawMessage
	wrong  stage.Complaints
	items  map[string]stage.Complaints
}

func (f *form) complain(name, message string) { f.wrong[name] = []string{message} }

func (f *form) all() map[string]any {
	all := map[string]any{}
	for name, messages := range f.wrong {
		all[name] = messages
	}
	for name, items := range f.items {
		all[name] = items
	}
	return all
}

func (h *server) createPAT(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	fields, ok := stage.ReadFields(w, r)
	if !ok {
		return
	}
	f := &form{fields, stage.Complaints{}, map[string]stage.Complaints{}}
	p := pat{owner: caller, name: f.name(), scopes: f.scopes(caller), networks: f.networks(), expires: f.expiry(h.Now())}
	f.unbound()
	wrong := f.all()
	if len(wrong) == 0 && h.activePATs(caller) >= maxPATs {
		wrong["non_field_errors"] = []string{fmt.Sprintf("Maximum number of active tokens (%d) reached.", maxPATs)}
	}
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	h.issue(w, p)
}

// setNetworks binds a token that is active to other networks (8.1.0 and later).
func (h *server) setNetworks(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	p, ok := h.pat(r, caller)
	if !ok {
		missing(w, "PersonalAccessToken")
		return
	}
	fields, ok := stage.Body{Forms: true}.Fields(w, r)
	if !ok {
		return
	}
	f := &form{fields, stage.Complaints{}, map[string]stage.Complaints{}}
	networks := f.networks()
	if _, given := fields["allowed_networks"]; !given {
		f.complain("allowed_networks", "This field is required.")
	}
	switch wrong := f.all(); {
	case len(wrong) > 0:
		stage.Reply(w, http.StatusBadRequest, wrong)
	case !p.active:
		stage.Reply(w, http.StatusBadRequest, []string{"Cannot update an inactive token."})
	default:
		p, _ = h.pats.Change(p.id, func(row *pat) string {
			row.networks = networks
			return ""
		})
		stage.Reply(w, http.StatusOK, h.patOf(p))
	}
}

func (h *server) activePATs(caller *stage.User) int {
	n := 0
	for _, p := range h.patsOf(caller) {
		if p.active {
			n++
		}
	}
	return n
}

func (f *form) name() string {
	name := stage.TextField(f.fields, "name", f.wrong)
	if utf8.RuneCountInString(name) > maxPATName {
		f.complain("name", fmt.Sprintf("Ensure this field has no more than %d characters.", maxPATName))
	}
	return name
}

func (f *form) scopes(caller *stage.User) []string {
	scopes := f.list("scopes")
	switch _, given := f.fields["scopes"]; {
	case !given:
		f.complain("scopes", "This field is required.")
	case len(scopes) == 0 && f.wrong["scopes"] == nil && f.items["scopes"] == nil:
		f.complain("scopes", "This list may not be empty.")
	}
	for _, name := range scopes {
		switch scope, known := allScopes()[name]; {
		case !known:
			f.complain("scopes", "Invalid permission: "+name)
		case !caller.May(scope.need):
			f.complain("scopes", "You cannot delegate the permission "+name+".")
		}
	}
	return scopes
}

func (f *form) networks() []netip.Prefix {
	var networks []netip.Prefix
	for i, text := range f.list("allowed_networks") {
		network, err := netip.ParsePrefix(text)
		if err != nil {
			f.item("allowed_networks", i, "Enter a valid network in CIDR notation.")
		}
		networks = append(networks, network)
	}
	return networks
}

// list reads texts. What is not given is none, so who needs some has to look.
func (f *form) list(name string) []string {
	raw := f.rawItems(name)
	texts := make([]string, len(raw))
	for i, item := range raw {
		if string(item) == "null" || json.Unmarshal(item, &texts[i]) != nil {
			f.item(name, i, "Not a valid string.")
		}
	}
	if f.items[name] != nil {
		return nil
	}
	return texts
}

func (f *form) rawItems(name string) []json.RawMessage {
	var raw []json.RawMessage
	if given, ok := f.fields[name]; ok && (json.Unmarshal(given, &raw) != nil || raw == nil) {
		f.complain(name, "Expected a list of items.")
	}
	return raw
}

func (f *form) item(name string, i int, message string) {
	if f.items[name] == nil {
		f.items[name] = stage.Complaints{}
	}
	f.items[name][stage.Decimal(i)] = []string{message}
}

func (f *form) expiry(now time.Time) time.Time {
	given := stage.TextField(f.fields, "expires_at", f.wrong)
	if f.wrong["expires_at"] != nil {
		return time.Time{}
	}
	expires, ok := readTime(given)
	switch {
	case !ok || len(given) == len(time.DateOnly):
		f.complain("expires_at", "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].")
	case !expires.After(now):
		f.complain("expires_at", "Expiration date must be in the future.")
	case expires.After(now.Add(maxPATDays * stage.Day)):
		f.complain("expires_at", fmt.Sprintf("Expiration date must be within %d days.", maxPATDays))
	}
	return expires.UTC().Truncate(time.Microsecond)
}

// unbound refuses bindings: there is nothing in this demo to bind a token to.
func (f *form) unbound() {
	for i := range f.rawItems("allowed_scopes") {
		f.item("allowed_scopes", i, "Object does not exist.")
	}
}
