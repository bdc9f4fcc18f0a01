package hamgam

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"authdeck/client/demo/stage"
)

// admit lets in by "Authorization: Token KEY" and nothing else.
func (h *server) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	if need == stage.Anyone {
		return nil, true
	}
	caller, complaint := h.caller(strings.Fields(r.Header.Get("Authorization")))
	switch {
	case complaint != "":
		stage.Unauthenticated(w, complaint)
	case !caller.May(need):
		stage.Refuse(w, http.StatusForbidden)
	default:
		return caller, true
	}
	return nil, false
}

// caller reads the words of the header; another scheme counts as none.
func (h *server) caller(words []string) (*stage.User, string) {
	if len(words) == 0 || !strings.EqualFold(words[0], "Token") {
		return nil, "Authentication credentials were not provided."
	}
	if len(words) == 1 {
		return nil, "Invalid token header. No credentials provided."
	}
	if len(words) > 2 {
		return nil, "Invalid token header. Token string should not contain spaces."
	}
	t, err := h.store.ByKey(words[1])
	if err != nil {
		return nil, "Invalid token."
	}
	if !t.Owner.Active {
		return nil, "User inactive or deleted."
	}
	return t.Owner, ""
}

func (h *server) listTokens(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	q := r.URL.Query()
	rows, wrong := h.tokens.Apply(q, h.store.AllTokens())
	if wrong != nil {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	stage.Reply(w, http.StatusOK, pageOf(r, rows, tokenRowOf))
}

func (h *server) listUsers(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	rows, wrong := h.users.Apply(r.URL.Query(), h.listed())
	if wrong != nil {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	stage.Reply(w, http.StatusOK, pageOf(r, rows, userRowOf))
}

// listed are the users that the list admits to. Older servers show everybody,
// newer ones leave customers out, though those may hold tokens too.
func (h *server) listed() []*stage.User {
	var rows []*stage.User
	for _, u := range h.store.Users {
		if !h.settings.Has(StaffList) || u.Staff || u.Admin {
			rows = append(rows, u)
		}
	}
	return rows
}

func (h *server) token(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	t, err := h.store.Token(stage.PathID(r))
	if err != nil {
		stage.Refuse(w, http.StatusNotFound)
		return
	}
	stage.Reply(w, http.StatusOK, tokenRowOf(t))
}

func (h *server) user(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	u, err := h.store.User(stage.PathID(r))
	if err != nil {
		stage.Refuse(w, http.StatusNotFound)
		return
	}
	stage.Reply(w, http.StatusOK, userRowOf(u))
}

func (h *server) me(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	stage.Reply(w, http.StatusOK, meRowOf(caller))
}

func (h *server) create(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	fields, ok := stage.ReadFields(w, r)
	if !ok {
		return
	}
	name := "user"
	if h.settings.Has(OldCreate) {
		name = "user_id"
	}
	wrong := stage.Complaints{}
	owner := stage.ReferenceField(fields, name, wrong)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	switch t, err := h.store.Create(owner); {
	case errors.Is(err, stage.ErrNoUser):
		stage.Reply(w, http.StatusBadRequest, stage.Complaints{name: {fmt.Sprintf(`Invalid pk "%d" - object does not exist.`, owner)}})
	case err != nil:
		stage.Reply(w, http.StatusBadRequest, stage.Complaints{name: {"This user already has a token."}})
	default:
		stage.Reply(w, http.StatusCreated, tokenRowOf(t))
	}
}

func (h *server) regenerate(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	t, err := h.store.Renew(stage.PathID(r))
	if err != nil {
		stage.Refuse(w, http.StatusNotFound)
		return
	}
	stage.Reply(w, http.StatusOK, tokenRowOf(t))
}

func (h *server) remove(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	if h.store.Remove(stage.PathID(r)) != nil {
		stage.Refuse(w, http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// signIn gives the key of the user's one token, and makes one if need be.
func (h *server) signIn(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	fields, ok := stage.ReadFields(w, r)
	if !ok {
		return
	}
	wrong := stage.Complaints{}
	username, password := stage.TextField(fields, "username", wrong), stage.TextField(fields, "password", wrong)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	for _, u := range h.store.Users {
		if u.Username != username || !u.Active ||
			subtle.ConstantTimeCompare([]byte(u.Password), []byte(password)) != 1 {
			continue
		}
		if t, err := h.store.Create(u.ID); err == nil || errors.Is(err, stage.ErrHasToken) {
			stage.Reply(w, http.StatusOK, signedInRow{Token: t.Key})
			return
		}
	}
	stage.Reply(w, http.StatusBadRequest, stage.Complaints{"non_field_errors": {"Unable to log in with provided credentials."}})
}
