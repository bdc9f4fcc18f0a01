package waldur

import (
	"bytes"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"authdeck/client/demo/stage"
)

const (
	longestLogin = 128 // letters of a user name, and of a password
	refusedLogin = "Invalid username/password."
)

type signedInRow struct {
	Token string `json:"token"`
}

// challenge is the answer to a right password of whoever has a passkey too.
type challenge struct {
	Detail   string `json:"detail"`
	Required bool   `json:"passkey_required"`
	Ceremony string `json:"pending_passkey_ceremony"`
}

// loginComplaints name the user name first, as the server does.
type loginComplaints struct {
	Username []string `json:"username,omitempty"`
	Password []string `json:"password,omitempty"`
}

// signIn stands behind two lockouts. The server's own counts by name and address, is
// cleared by a success, and says so. The one before it (django-axes) counts by name
// alone, is not cleared, and refuses the right password in the words for a wrong one,
// which each of the two counts again.
func (h *server) signIn(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	inUTF8(r)
	fields, ok := stage.Body{Forms: true}.Fields(w, r)
	if !ok {
		return
	}
	var wrong loginComplaints
	username, password := login(fields, "username", &wrong.Username), login(fields, "password", &wrong.Password)
	if wrong.Username != nil || wrong.Password != nil {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	here, now := username+"\n"+callerAddress(r).String(), h.Now()
	if h.lockout.holds(here, ownGuesses, now) {
		stage.Detail(w, http.StatusUnauthorized, "Username is locked out. Try in 10 minutes.")
		return
	}
	u := h.byPassword(username, password)
	if u == nil || h.axes.holds(username, axesGuesses, now) {
		h.lockout.count(here, now)
		h.axes.count(username, now)
		stage.Detail(w, http.StatusUnauthorized, refusedLogin)
		return
	}
	h.lockout.forget(here)
	if h.Settings.Has(Passkey) {
		stage.Reply(w, http.StatusUnauthorized, challenge{"A passkey is needed to complete this sign-in.", true, h.keys.uuid()})
		return
	}
	// A session of Django's, which opens nothing in the API.
	w.Header().Set("Set-Cookie", "sessionid="+h.keys.uuid()+"; HttpOnly; Max-Age=3600; Path=/; SameSite=Lax")
	stage.Reply(w, http.StatusOK, signedInRow{Token: h.signedIn(u)})
}

// inUTF8 rewrites a body that says to have letters of two bytes, which the server reads.
func inUTF8(r *http.Request) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if !strings.EqualFold(params["charset"], "utf-16") {
		return
	}
	raw, _ := io.ReadAll(r.Body) // in memory already
	if text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw); err == nil {
		raw = text
		r.Header.Set("Content-Type", kind)
	}
	r.Body = io.NopCloser(bytes.NewReader(raw))
}

// login reads a text, or a number as one, without the blanks at its ends.
func login(fields map[string]json.RawMessage, name string, wrong *[]string) string {
	raw, given := fields[name]
	var value any
	if given && json.Unmarshal(raw, &value) != nil {
		given = false
	}
	text := ""
	switch v := value.(type) {
	case string:
		text = strings.TrimSpace(v)
	case float64:
		text = string(raw)
	}
	switch _, isText := value.(string); {
	case !given:
		*wrong = []string{"This field is required."}
	case value == nil:
		*wrong = []string{"This field may not be null."}
	case text == "" && !isText:
		*wrong = []string{"Not a valid string."}
	case text == "":
		*wrong = []string{"This field may not be blank."}
	case utf8.RuneCountInString(text) > longestLogin:
		*wrong = []string{fmt.Sprintf("Ensure this field has no more than %d characters.", longestLogin)}
	}
	return text
}

// byPassword finds nobody who is inactive, and does not say so.
func (h *server) byPassword(username, password string) *stage.User {
	for _, u := range h.Users {
		if _, there := h.accounts.Get(h.byUser[u]); there && u.Active && u.Password != "" && u.Username == username &&
			subtle.ConstantTimeCompare([]byte(u.Password), []byte(password)) == 1 {
			return u
		}
	}
	return nil
}

// signedIn is the key that the user's browser and scripts have already, unless it has
// expired. The row of the user is written, and so moves in the database.
func (h *server) signedIn(u *stage.User) string {
	now, place := h.Today(), int(h.moves.Add(1))
	a, _ := h.accounts.Change(h.byUser[u], func(a *account) string {
		if !a.alive(now) {
			a.key = h.keys.session()
		}
		a.used, a.place = now, place
		return a.key
	})
	return a.key
}

// signOut ends the user's one session, for the browser and the scripts too.
func (h *server) signOut(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	h.accounts.Change(h.byUser[caller], func(a *account) string {
		a.key = ""
		return ""
	})
	w.WriteHeader(http.StatusNoContent)
}
