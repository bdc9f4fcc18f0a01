package authentik

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

// errUnforeseen is a mistake that the server did not foresee.
var errUnforeseen = errors.New("the server fails")

// fieldError is what a request was refused for.
type fieldError stage.Complaints

func (fieldError) Error() string { return "the request is not valid" }

func (a *server) create(w http.ResponseWriter, r *http.Request, u *stage.User) {
	fields, ok := a.readFields(w, r)
	if !ok {
		return
	}
	t, err := a.issue(a.account(u.ID), fields)
	a.answer(w, r, http.StatusCreated, t, err)
}

// edit is PUT and PATCH, which differ only in what has to be there.
func (a *server) edit(w http.ResponseWriter, r *http.Request, u *stage.User) {
	t, ok := a.permitted(w, r, u, token.changes)
	if !ok {
		return
	}
	fields, ok := a.readFields(w, r)
	if !ok {
		return
	}
	t, err := a.amend(a.account(u.ID), t.id, fields, r.Method == http.MethodPut)
	a.answer(w, r, http.StatusOK, t, err)
}

func (a *server) answer(w http.ResponseWriter, r *http.Request, status int, t token, err error) {
	var wrong fieldError
	switch {
	case errors.As(err, &wrong):
		stage.Reply(w, http.StatusBadRequest, wrong)
	case errors.Is(err, stage.ErrNoToken):
		stage.Detail(w, http.StatusNotFound, noToken)
	case err != nil:
		serverError(w, r)
	default:
		stage.Reply(w, status, a.serializer(r).token(t))
	}
}

// issue makes a token; who is no superuser makes one for nobody else, whatever
// the request says, and may see its key.
func (a *server) issue(caller *account, fields map[string]json.RawMessage) (token, error) {
	a.writing.Lock()
	defer a.writing.Unlock()
	t := token{intent: intentAPI, expiring: true}
	if err := a.fill(&t, caller, fields, true); err != nil {
		return t, err
	}
	if !caller.superuser() {
		t.owner, t.viewer = caller, caller
		t.expiring = caller.attribute(expiringAttribute) != false
	}
	a.settle(&t)
	t.pk, t.key = newUUID(a.Seeder), a.NewKey()
	return a.tokens.Add(t.key, func(id int) token { t.id = id; return t }), nil
}

func (a *server) amend(caller *account, id int, fields map[string]json.RawMessage, whole bool) (token, error) {
	a.writing.Lock()
	defer a.writing.Unlock()
	t, ok := a.tokens.Get(id)
	if !ok {
		return t, stage.ErrNoToken
	}
	if err := a.fill(&t, caller, fields, whole); err != nil {
		return t, err
	}
	a.settle(&t)
	filed, ok := a.tokens.Change(id, func(row *token) string {
		*row = t
		return ""
	})
	if !ok {
		return t, stage.ErrNoToken
	}
	return filed, nil
}

// settle gives an end to what shall expire and has none.
func (a *server) settle(t *token) {
	if t.expiring && t.expires.IsZero() {
		t.expires = a.Today().Add(defaultLifetime)
	}
}

// fill writes the fields of a request into a row and looks at the whole then.
func (a *server) fill(t *token, caller *account, fields map[string]json.RawMessage, whole bool) error {
	wrong := stage.Complaints{}
	if _, given := fields["identifier"]; !given && whole {
		wrong["identifier"] = []string{"This field is required."}
	}
	for name, read := range a.readers(t) {
		if raw, given := fields[name]; given {
			if complaints := read(raw); complaints != nil {
				wrong[name] = complaints
			}
		}
	}
	if len(wrong) > 0 {
		return fieldError(wrong)
	}
	if err := a.conclude(t, caller, fields); err != nil {
		return err
	}
	if a.clashes(t) {
		return errUnforeseen
	}
	return nil
}

// conclude sets what is missing as if the token were new, in an update too: the
// caller becomes its owner, and it becomes one for the API. The end of such a
// token is not for the request to choose.
func (a *server) conclude(t *token, caller *account, fields map[string]json.RawMessage) error {
	if _, given := fields["user"]; !given {
		t.owner = caller
	}
	if _, given := fields["intent"]; !given {
		t.intent = intentAPI
	}
	switch t.intent {
	case intentAPI:
		t.expires = a.Today().Add(defaultLifetime)
		return nil
	case intentAppPassword:
		_, given := fields["expires"]
		return a.bound(t, given)
	default:
		return fieldError{"intent": {"Invalid intent " + t.intent}}
	}
}

// bound holds an app password to the longest life that its owner may give one.
func (a *server) bound(t *token, given bool) error {
	if !given {
		return nil
	}
	if t.expires.IsZero() {
		if a.old() {
			return errUnforeseen
		}
		return nil
	}
	latest := a.Today().Add(t.owner.lifetime())
	if t.expires.After(latest) {
		said := strings.TrimSuffix(strings.Replace(stage.FormatTime(latest), "T", " ", 1), "Z")
		return fieldError{"expires": {fmt.Sprintf("Token expires exceeds maximum lifetime (%s+00:00 UTC).", said)}}
	}
	return nil
}

// lifetime reads the owner's attribute, which is written as "days=365".
func (c *account) lifetime() time.Duration {
	text, _ := c.attribute(lifetimeAttribute).(string)
	var days int
	if _, err := fmt.Sscanf(text, "days=%d", &days); err != nil {
		return defaultLifetime
	}
	return time.Duration(days) * stage.Day
}
