package hamgam

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strings"

	. "authdeck/client/demo/stage"
)

// admit lets in by "Authorization: Token KEY" and nothing else.
func (h *hamgam) admit(w http.ResponseWriter, r *http.Request, need Right) (*User, bool) {
	if need == Anyone {
		return nil, true
	}
	caller, complaint := h.caller(strings.Fields(r.Header.Get("Authorization")))
	switch {
	case complaint != "":
		Unauthenticated(w, complaint)
	case !caller.May(need):
		Refuse(w, http.StatusForbidden)
	default:
		return caller, true
	}
	return nil, false
}

// caller reads the words of the header; another scheme counts as none.
func (h *hamgam) caller(words []string) (*User, string) {
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

func (h *hamgam) listTokens(w http.ResponseWriter, r *http.Request, _ *User) {
	q := r.URL.Query()
	rows, wrong := h.tokens.Apply(q, h.store.AllTokens())
	if wrong != nil {
		Reply(w, http.StatusBadRequest, wrong)
		return
	}
	Reply(w, http.StatusOK, hamgamPageOf(r, rows, hamgamTokenOf))
}

func (h *hamgam) listUsers(w http.ResponseWriter, r *http.Request, _ *User) {
	rows, wrong := h.users.Apply(r.URL.Query(), h.listed())
	if wrong != nil {
		Reply(w, http.StatusBadRequest, wrong)
		return
	}
	Reply(w, http.StatusOK, hamgamPageOf(r, rows, hamgamUserOf))
}

// listed are the users that the list admits to. Older servers show everybody,
// newer ones leave customers out, though those may hold tokens too.
func (h *hamgam) listed() []*User {
	var rows []*User
	for _, u := range h.store.Users {
		if !h.o.Has(HamgamStaffList) || u.Staff || u.Admin {
			rows = append(rows, u)
		}
	}
	return rows
}

func (h *hamgam) token(w http.ResponseWriter, r *http.Request, _ *User) {
	t, err := h.store.Token(PathID(r))
	if err != nil {
		Refuse(w, http.StatusNotFound)
		return
	}
	Reply(w, http.StatusOK, hamgamTokenOf(t))
}

func (h *hamgam) user(w http.ResponseWriter, r *http.Request, _ *User) {
	u, err := h.store.User(PathID(r))
	if err != nil {
		Refuse(w, http.StatusNotFound)
		return
	}
	Reply(w, http.StatusOK, hamgamUserOf(u))
}

func (h *hamgam) me(w http.ResponseWriter, _ *http.Request, caller *User) {
	Reply(w, http.StatusOK, hamgamMeOf(caller))
}

func (h *hamgam) create(w http.ResponseWriter, r *http.Request, _ *User) {
	fields, ok := ReadFields(w, r)
	if !ok {
		return
	}
	name := "user"
	if h.o.Has(HamgamOldCreate) {
		name = "user_id"
	}
	wrong := Complaints{}
	owner := ReferenceField(fields, name, wrong)
	if len(wrong) > 0 {
		Reply(w, http.StatusBadRequest, wrong)
		return
	}
	switch t, err := h.store.Create(owner); {
	case errors.Is(err, ErrNoUser):
		Reply(w, http.StatusBadRequest, Complaints{name: {fmt.Sprintf(`Invalid pk "%d" - object does not exist.`, owner)}})
	case err != nil:
		Reply(w, http.StatusBadRequest, Complaints{name: {"This user already has a token."}})
	default:
		Reply(w, http.StatusCreated, hamgamTokenOf(t))
	}
}

func (h *hamgam) regenerate(w http.ResponseWriter, r *http.Request, _ *User) {
	t, err := h.store.Renew(PathID(r))
	if err != nil {
		Refuse(w, http.StatusNotFound)
		return
	}
	Reply(w, http.StatusOK, hamgamTokenOf(t))
}

func (h *hamgam) remove(w http.ResponseWriter, r *http.Request, _ *User) {
	if h.store.Remove(PathID(r)) != nil {
		Refuse(w, http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// signIn gives the key of the user's one token, and makes one if need be.
func (h *hamgam) signIn(w http.ResponseWriter, r *http.Request, _ *User) {
	fields, ok := ReadFields(w, r)
	if !ok {
		return
	}
	wrong := Complaints{}
	username, password := TextField(fields, "username", wrong), TextField(fields, "password", wrong)
	if len(wrong) > 0 {
		Reply(w, http.StatusBadRequest, wrong)
		return
	}
	for _, u := range h.store.Users {
		if u.Username != username || !u.Active ||
			subtle.ConstantTimeCompare([]byte(u.Password), []byte(password)) != 1 {
			continue
		}
		if t, err := h.store.Create(u.ID); err == nil || errors.Is(err, ErrHasToken) {
			Reply(w, http.StatusOK, hamgamSignedIn{Token: t.Key})
			return
		}
	}
	Reply(w, http.StatusBadRequest, Complaints{"non_field_errors": {"Unable to log in with provided credentials."}})
}
