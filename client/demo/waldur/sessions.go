package waldur

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

type sessionRow struct {
	URL               string `json:"url"`
	Created           string `json:"created"`
	User              string `json:"user"`
	UserFirstName     string `json:"user_first_name"`
	UserLastName      string `json:"user_last_name"`
	UserUsername      string `json:"user_username"`
	UserIsActive      any    `json:"user_is_active"`
	UserTokenLifetime any    `json:"user_token_lifetime"`
}

// keyRow is a session told by its user, and to staff alone.
type keyRow struct {
	Created           string `json:"created"`
	UserFirstName     string `json:"user_first_name"`
	UserLastName      string `json:"user_last_name"`
	UserUsername      string `json:"user_username"`
	UserIsActive      bool   `json:"user_is_active"`
	UserTokenLifetime any    `json:"user_token_lifetime"`
	Token             string `json:"token,omitempty"`
}

func (h *server) sessionOf(a account, link linker) sessionRow {
	u := a.person
	s := sessionRow{
		URL: link(fmt.Sprintf("/api/auth-tokens/%d/", a.id)), Created: h.formatTime(a.used), User: link(a.path()),
		UserFirstName: u.First, UserLastName: u.Last, UserUsername: u.Username,
		UserIsActive: u.Active, UserTokenLifetime: seconds(a.lifetime),
	}
	if h.release > oldest {
		return s
	}
	s.UserIsActive = map[bool]string{true: "True", false: "False"}[u.Active]
	if a.lifetime > 0 {
		s.UserTokenLifetime = fmt.Sprint(s.UserTokenLifetime)
	}
	return s
}

func (h *server) revealed(a account) keyRow {
	k := keyRow{
		Created: h.formatTime(a.used), UserFirstName: a.person.First, UserLastName: a.person.Last,
		UserUsername: a.person.Username, UserIsActive: a.person.Active, UserTokenLifetime: seconds(a.lifetime),
	}
	if h.release < latest {
		k.Token = a.key
	}
	return k
}

func (a account) path() string { return "/api/users/" + a.uuid + "/" }

// seconds is nil for what does not end.
func seconds(d time.Duration) any {
	if d == 0 {
		return nil
	}
	return int(d / time.Second)
}

// formatTime writes the zone as the release's JSON library does.
func (h *server) formatTime(t time.Time) string {
	if h.release == oldest {
		return stage.FormatTime(t)
	}
	return strings.TrimSuffix(stage.FormatTime(t), "Z") + "+00:00"
}

// missing is the 404 of a table.
func missing(w http.ResponseWriter, table string) {
	stage.Detail(w, http.StatusNotFound, fmt.Sprintf("No %s matches the given query.", table))
}

func (h *server) listSessions(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	now := h.Now()
	rows := slices.DeleteFunc(h.accounts.All(), func(a account) bool { return !a.alive(now) })
	page, ok := paginate(w, r, unordered(rows))
	if !ok {
		return
	}
	list := []sessionRow{}
	for _, a := range page {
		list = append(list, h.sessionOf(a, linksFor(r)))
	}
	stage.Reply(w, http.StatusOK, list)
}

func (h *server) session(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	a, ok := h.accounts.Get(sessionNumber(r))
	if !ok || !a.alive(h.Now()) {
		missing(w, "Token")
		return
	}
	stage.Reply(w, http.StatusOK, h.sessionOf(a, linksFor(r)))
}

// endSession deletes the row, which leaves the user free to sign in again.
func (h *server) endSession(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	now, ended := h.Now(), false
	h.accounts.Change(sessionNumber(r), func(a *account) string {
		ended = a.alive(now)
		if ended && !h.writesBack(*a, caller) {
			a.key = ""
		}
		return ""
	})
	if !ended {
		missing(w, "Token")
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// sessionNumber is 0, which nobody has, for what is not a number.
func sessionNumber(r *http.Request) int {
	n, _ := pythonInt(r.PathValue("n"))
	return n
}

// reveal and refresh stumble over a user without a session, and do not mind one
// that has expired.
func (h *server) reveal(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	switch a, ok := h.seen(r, caller); {
	case !ok:
		missing(w, "User")
	case a.key == "":
		stage.HTMLPage(w, http.StatusInternalServerError)
	default:
		stage.Reply(w, http.StatusOK, h.revealed(a))
	}
}

func (h *server) refresh(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a, ok := h.seen(r, caller)
	if !ok {
		missing(w, "User")
		return
	}
	now := h.Today()
	a, _ = h.accounts.Change(a.id, func(a *account) string {
		if a.key != "" {
			a.key, a.used = h.keys.session(), now
		}
		return a.key
	})
	if a.key == "" {
		stage.HTMLPage(w, http.StatusInternalServerError)
		return
	}
	stage.Reply(w, http.StatusCreated, h.revealed(a))
}
