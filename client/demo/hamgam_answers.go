package demo

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// admit lets in by "Authorization: Token KEY" and nothing else.
func (h *hamgam) admit(w http.ResponseWriter, r *http.Request, need right) (*user, bool) {
	if need == anyone {
		return nil, true
	}
	caller, complaint := h.caller(strings.Fields(r.Header.Get("Authorization")))
	switch {
	case complaint != "":
		unauthenticated(w, complaint)
	case !caller.may(need):
		refuse(w, http.StatusForbidden)
	default:
		return caller, true
	}
	return nil, false
}

// caller reads the words of the header; another scheme counts as none.
func (h *hamgam) caller(words []string) (*user, string) {
	if len(words) == 0 || !strings.EqualFold(words[0], "Token") {
		return nil, "Authentication credentials were not provided."
	}
	if len(words) == 1 {
		return nil, "Invalid token header. No credentials provided."
	}
	if len(words) > 2 {
		return nil, "Invalid token header. Token string should not contain spaces."
	}
	t, err := h.store.byKey(words[1])
	if err != nil {
		return nil, "Invalid token."
	}
	if !t.owner.active {
		return nil, "User inactive or deleted."
	}
	return t.owner, ""
}

func (h *hamgam) listTokens(w http.ResponseWriter, r *http.Request, _ *user) {
	q := r.URL.Query()
	rows, wrong := h.tokens.sift(q, h.store.allTokens())
	if wrong != nil {
		reply(w, http.StatusBadRequest, wrong)
		return
	}
	reply(w, http.StatusOK, hamgamPageOf(r, rows, hamgamTokenOf))
}

func (h *hamgam) listUsers(w http.ResponseWriter, r *http.Request, _ *user) {
	rows, wrong := h.users.sift(r.URL.Query(), h.listed())
	if wrong != nil {
		reply(w, http.StatusBadRequest, wrong)
		return
	}
	reply(w, http.StatusOK, hamgamPageOf(r, rows, hamgamUserOf))
}

// listed are the users that the list admits to. Older servers show everybody,
// newer ones leave customers out, though those may hold tokens too.
func (h *hamgam) listed() []*user {
	var rows []*user
	for _, u := range h.store.users {
		if !h.o.has(hamgamStaffList) || u.staff || u.admin {
			rows = append(rows, u)
		}
	}
	return rows
}

func (h *hamgam) token(w http.ResponseWriter, r *http.Request, _ *user) {
	t, err := h.store.token(pathID(r))
	if err != nil {
		refuse(w, http.StatusNotFound)
		return
	}
	reply(w, http.StatusOK, hamgamTokenOf(t))
}

func (h *hamgam) user(w http.ResponseWriter, r *http.Request, _ *user) {
	u, err := h.store.user(pathID(r))
	if err != nil {
		refuse(w, http.StatusNotFound)
		return
	}
	reply(w, http.StatusOK, hamgamUserOf(u))
}

func (h *hamgam) me(w http.ResponseWriter, _ *http.Request, caller *user) {
	reply(w, http.StatusOK, hamgamMeOf(caller))
}

func (h *hamgam) create(w http.ResponseWriter, r *http.Request, _ *user) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	name := "user"
	if h.o.has(hamgamOldCreate) {
		name = "user_id"
	}
	wrong := complaints{}
	owner := reference(fields, name, wrong)
	if len(wrong) > 0 {
		reply(w, http.StatusBadRequest, wrong)
		return
	}
	switch t, err := h.store.create(owner); {
	case errors.Is(err, errNoUser):
		reply(w, http.StatusBadRequest, complaints{name: {fmt.Sprintf(`Invalid pk "%d" - object does not exist.`, owner)}})
	case err != nil:
		reply(w, http.StatusBadRequest, complaints{name: {"This user already has a token."}})
	default:
		reply(w, http.StatusCreated, hamgamTokenOf(t))
	}
}

func (h *hamgam) regenerate(w http.ResponseWriter, r *http.Request, _ *user) {
	t, err := h.store.renew(pathID(r))
	if err != nil {
		refuse(w, http.StatusNotFound)
		return
	}
	reply(w, http.StatusOK, hamgamTokenOf(t))
}

func (h *hamgam) remove(w http.ResponseWriter, r *http.Request, _ *user) {
	if h.store.remove(pathID(r)) != nil {
		refuse(w, http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// signIn gives the key of the user's one token, and makes one if need be.
func (h *hamgam) signIn(w http.ResponseWriter, r *http.Request, _ *user) {
	fields, ok := readFields(w, r)
	if !ok {
		return
	}
	wrong := complaints{}
	username, password := text(fields, "username", wrong), text(fields, "password", wrong)
	if len(wrong) > 0 {
		reply(w, http.StatusBadRequest, wrong)
		return
	}
	for _, u := range h.store.users {
		if u.username != username || !u.active ||
			subtle.ConstantTimeCompare([]byte(u.password), []byte(password)) != 1 {
			continue
		}
		if t, err := h.store.create(u.id); err == nil || errors.Is(err, errHolds) {
			reply(w, http.StatusOK, hamgamSignedIn{Token: t.key})
			return
		}
	}
	reply(w, http.StatusBadRequest, complaints{"non_field_errors": {"Unable to log in with provided credentials."}})
}
