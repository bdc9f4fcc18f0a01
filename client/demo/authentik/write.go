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

// errAuthentik is a mistake that the server did not foresee.
var errAuthentik = errors.New("the server fails")

// authentikError is what a request was refused for.
type authentikError stage.Complaints

func (authentikError) Error() string { return "the request is not valid" }

func (a *authentik) create(w http.ResponseWriter, r *http.Request, u *stage.User) {
	fields, ok := authentikFields(w, r)
	if !ok {
		return
	}
	t, err := a.issue(a.account(u.ID), fields)
	a.answer(w, r, http.StatusCreated, t, err)
}

// edit is PUT and PATCH, which differ only in what has to be there.
func (a *authentik) edit(w http.ResponseWriter, r *http.Request, u *stage.User) {
	t, ok := a.permitted(w, r, u, authentikRow.changes)
	if !ok {
		return
	}
	fields, ok := authentikFields(w, r)
	if !ok {
		return
	}
	t, err := a.amend(a.account(u.ID), t.id, fields, r.Method == http.MethodPut)
	a.answer(w, r, http.StatusOK, t, err)
}

func (a *authentik) answer(w http.ResponseWriter, r *http.Request, status int, t authentikRow, err error) {
	var wrong authentikError
	switch {
	case errors.As(err, &wrong):
		stage.Reply(w, http.StatusBadRequest, wrong)
	case errors.Is(err, stage.ErrNoToken):
		stage.Detail(w, http.StatusNotFound, authentikNoToken)
	case err != nil:
		authentikFails(w, r)
	default:
		stage.Reply(w, status, a.showing(r).token(t))
	}
}

// issue makes a token; who is no superuser makes one for nobody else, whatever
// the request says, and may see its key.
func (a *authentik) issue(caller *authentikAccount, fields map[string]json.RawMessage) (authentikRow, error) {
	a.writing.Lock()
	defer a.writing.Unlock()
	t := authentikRow{intent: authentikAPI, expiring: true}
	if err := a.fill(&t, caller, fields, true); err != nil {
		return t, err
	}
	if !caller.superuser() {
		t.owner, t.viewer = caller, caller
		t.expiring = caller.attribute(authentikExpiringKey) != false
	}
	a.settle(&t)
	t.pk, t.key = authentikUUID(a.Seeder), a.NewKey()
	return a.tokens.Add(t.key, func(id int) authentikRow { t.id = id; return t }), nil
}

func (a *authentik) amend(caller *authentikAccount, id int, fields map[string]json.RawMessage, whole bool) (authentikRow, error) {
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
	filed, ok := a.tokens.Change(id, func(row *authentikRow) string {
		*row = t
		return ""
	})
	if !ok {
		return t, stage.ErrNoToken
	}
	return filed, nil
}

// settle gives an end to what shall expire and has none.
func (a *authentik) settle(t *authentikRow) {
	if t.expiring && t.expires.IsZero() {
		t.expires = a.Today().Add(authentikLifetime)
	}
}

// fill writes the fields of a request into a row and looks at the whole then.
func (a *authentik) fill(t *authentikRow, caller *authentikAccount, fields map[string]json.RawMessage, whole bool) error {
	wrong := stage.Complaints{}
	if _, given := fields["identifier"]; !given && whole {
		wrong["identifier"] = []string{"This field is required."}
	}
	for name, read := range a.readers(t) {
		if raw, given := fields[name]; given {
			if complaint := read(raw); complaint != "" {
				wrong[name] = []string{complaint}
			}
		}
	}
	if len(wrong) > 0 {
		return authentikError(wrong)
	}
	if err := a.conclude(t, caller, fields); err != nil {
		return err
	}
	if a.clashes(t) {
		return errAuthentik
	}
	return nil
}

// conclude sets what is missing as if the token were new, in an update too: the
// caller becomes its owner, and it becomes one for the API. The end of such a
// token is not for the request to choose.
func (a *authentik) conclude(t *authentikRow, caller *authentikAccount, fields map[string]json.RawMessage) error {
	if _, given := fields["user"]; !given {
		t.owner = caller
	}
	if _, given := fields["intent"]; !given {
		t.intent = authentikAPI
	}
	switch t.intent {
	case authentikAPI:
		t.expires = a.Today().Add(authentikLifetime)
		return nil
	case authentikAppPassword:
		_, given := fields["expires"]
		return a.bound(t, given)
	default:
		return authentikError{"intent": {"Invalid intent " + t.intent}}
	}
}

// bound holds an app password to the longest life that its owner may give one.
func (a *authentik) bound(t *authentikRow, given bool) error {
	if !given {
		return nil
	}
	if t.expires.IsZero() {
		if a.old() {
			return errAuthentik
		}
		return nil
	}
	latest := a.Today().Add(t.owner.lifetime())
	if t.expires.After(latest) {
		said := strings.TrimSuffix(strings.Replace(stage.FormatTime(latest), "T", " ", 1), "Z")
		return authentikError{"expires": {fmt.Sprintf("Token expires exceeds maximum lifetime (%s+00:00 UTC).", said)}}
	}
	return nil
}

// lifetime reads the owner's attribute, which is written as "days=365".
func (c *authentikAccount) lifetime() time.Duration {
	text, _ := c.attribute(authentikLifetimeKey).(string)
	var days int
	if _, err := fmt.Sscanf(text, "days=%d", &days); err != nil {
		return authentikLifetime
	}
	return time.Duration(days) * stage.Day
}
