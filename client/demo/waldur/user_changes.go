package waldur

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

const (
	shortestLifetime = 60
	longestLifetime  = 1<<31 - 1
)

// newUser is for staff, and not played: the people are those of every system.
func newUser(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if !caller.May(staffRight) {
		stage.Refuse(w, http.StatusForbidden)
		return
	}
	stage.MethodNotAllowed(w, r, nil)
}

// removeUser takes an account away, with its session and its personal tokens.
func (h *server) removeUser(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if !caller.May(staffRight) {
		stage.Refuse(w, http.StatusForbidden)
		return
	}
	a, ok := h.seen(r, caller)
	if !ok {
		missing(w, "User")
		return
	}
	h.accounts.Remove(a.id)
	w.WriteHeader(http.StatusNoContent)
}

// changeable finds an account that a caller may change: their own, and staff every one.
func (h *server) changeable(w http.ResponseWriter, r *http.Request, caller *stage.User) (account, bool) {
	a, ok := h.seen(r, caller)
	switch {
	case !ok:
		missing(w, "User")
	case a.person != caller && !caller.May(staffRight):
		stage.Refuse(w, http.StatusForbidden)
	default:
		return a, true
	}
	return account{}, false
}

// wholeUserChange is not played: whoever may not is refused all the same.
func (h *server) wholeUserChange(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if _, ok := h.changeable(w, r, caller); ok {
		stage.MethodNotAllowed(w, r, nil)
	}
}

// changeUser changes what is the account's own; of the rest, which is the person's in
// every system, the answer shows that it stays. The lifetime is everybody's own: staff
// who send another's are told yes, and nothing happens.
func (h *server) changeUser(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a, ok := h.changeable(w, r, caller)
	if !ok {
		return
	}
	fields, ok := stage.Body{Forms: true}.Fields(w, r)
	if !ok {
		return
	}
	own := a.person == caller
	change, wrong := userChange(fields, own)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	asked := r.URL.Query()["field"]
	if len(asked) > 0 && !slices.Contains(asked, "username") {
		stage.HTMLPage(w, http.StatusInternalServerError) // it looks at the name all the same (7.0.7)
		return
	}
	a, _ = h.accounts.Change(a.id, func(row *account) string {
		change(row)
		return ""
	})
	stage.Reply(w, http.StatusOK, h.userOf(a, h.viewer(r, caller, own), asked))
}

func userChange(fields map[string]json.RawMessage, own bool) (func(*account), stage.Complaints) {
	wrong := stage.Complaints{}
	texts := map[string]string{}
	for _, name := range []string{"job_title", "organization", "description"} {
		if raw, given := fields[name]; given && string(raw) != `""` {
			texts[name] = stage.TextField(map[string]json.RawMessage{name: raw}, name, wrong)
		} else if given {
			texts[name] = ""
		}
	}
	lifetime, given := fields["token_lifetime"]
	seconds, complaint := tokenLifetime(lifetime)
	if given && own && complaint != "" {
		wrong["token_lifetime"] = []string{complaint}
	}
	return func(row *account) {
		for name, place := range map[string]*string{"job_title": &row.job, "organization": &row.organization, "description": &row.remarks} {
			if text, set := texts[name]; set {
				*place = text
			}
		}
		if given && own {
			row.lifetime = time.Duration(seconds) * time.Second
		}
	}, wrong
}

// tokenLifetime is a number of seconds, also as a text, or null for no end.
func tokenLifetime(raw json.RawMessage) (seconds int, complaint string) {
	if string(raw) == "null" {
		return 0, ""
	}
	seconds, ok := pythonInt(strings.Trim(string(raw), `"`))
	switch {
	case !ok:
		return 0, "A valid integer is required."
	case seconds < shortestLifetime:
		return 0, "Ensure this value is greater than or equal to " + strconv.Itoa(shortestLifetime) + "."
	case seconds > longestLifetime:
		return 0, "Ensure this value is less than or equal to " + strconv.Itoa(longestLifetime) + "."
	}
	return seconds, ""
}
