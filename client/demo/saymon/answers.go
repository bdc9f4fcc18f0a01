package saymon

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"

	"authdeck/client/demo/stage"
)

// listUsers is the whole list, whatever is asked, in an order that nobody can
// rely on.
func (y *server) listUsers(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	held, rows := y.held(), make([]any, len(y.store.Users))
	for i, u := range y.store.Users {
		rows[i] = y.seen(caller, u, held[u.ID])
	}
	rng := rand.New(rand.NewPCG(y.order, y.listings.Add(1))) //nolint:gosec // must repeat; hides nothing
	rng.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	reply(w, http.StatusOK, rows)
}

func (y *server) user(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	u, err := y.store.User(parseID(r.PathValue("id")))
	if err != nil {
		noUser().send(w)
		return
	}
	reply(w, http.StatusOK, y.seen(caller, u, y.held()[u.ID]))
}

// me shows the caller's own permissions to everybody, but not those that come
// from a group. The token is for those who manage users.
func (y *server) me(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	row := y.accounts[caller.ID].row
	if y.manages(caller) {
		row.AuthenticationToken = y.token(caller, y.held()[caller.ID])
	}
	reply(w, http.StatusOK, row)
}

// create puts a new key in the place of the old one, if there is one.
func (y *server) create(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	owner := parseID(r.PathValue("id"))
	t, err := y.issue(owner)
	if err != nil {
		noUser().send(w)
		return
	}
	y.once.Store(owner, true)
	if y.settings.Has(RawKey) {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, t.Key)
		return
	}
	reply(w, http.StatusOK, t.Key)
}

// issue tries again when the token it wanted to renew was deleted meanwhile.
func (y *server) issue(owner int) (*stage.Token, error) {
	for {
		t, err := y.store.Create(owner)
		if !errors.Is(err, stage.ErrHasToken) {
			return t, err
		}
		if t, err = y.store.Renew(t.ID); err == nil {
			return t, nil
		}
	}
}

// remove clears what there is and says nothing.
func (y *server) remove(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	u, err := y.store.User(parseID(r.PathValue("id")))
	if err != nil {
		noUser().send(w)
		return
	}
	if t := y.held()[u.ID]; t != nil {
		_ = y.store.Remove(t.ID) // somebody else may have been faster
	}
	w.WriteHeader(http.StatusOK)
}

// held are the tokens by their owners' ids.
func (y *server) held() map[int]*stage.Token {
	held := map[int]*stage.Token{}
	for _, t := range y.store.AllTokens() {
		held[t.Owner.ID] = t
	}
	return held
}

// seen is what a caller gets to see of a user who holds a token, or nil.
func (y *server) seen(caller, u *stage.User, held *stage.Token) any {
	row := y.accounts[u.ID].row
	if !y.manages(caller) {
		return maskedUser{ID: row.ID, Login: cmp.Or(row.DisplayName, maskLogin(row.Login))}
	}
	row.AuthenticationToken = y.token(u, held)
	return row
}

// token is the key, unmasked; null where it was cleared; absent where there
// never was one.
func (y *server) token(u *stage.User, held *stage.Token) any {
	if held != nil {
		return held.Key
	}
	if _, once := y.once.Load(u.ID); once {
		return json.RawMessage("null")
	}
	return nil
}

// formatID is the number of a user in the form of the database's ids.
func formatID(number int) string { return objectID("64b", number) }

// objectID makes 24 digits; what begins alike is of one sort.
func objectID(sort string, number int) string {
	digits := strconv.FormatInt(int64(number), 16)
	return sort + strings.Repeat("0", 24-len(sort)-len(digits)) + digits
}

// parseID is 0, which nobody has, for what is not the id of a user.
func parseID(id string) int {
	number, err := strconv.ParseInt(strings.TrimPrefix(id, "64b"), 16, 32)
	if err != nil || formatID(max(int(number), 0)) != id {
		return 0
	}
	return int(number)
}
