package awx

import (
	"net/http"
	"time"

	"authdeck/client/demo/stage"
)

// appRule is what a path makes of the application in a request.
type appRule uint8

const (
	appOptional appRule = iota
	appIgnored
	appRequired
)

// create makes a token for the caller, whoever a request names, and whether there is
// such a user or not: nobody can do so for another, not even an administrator.
func (a *server) create(rule appRule) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		fields, ok := a.readFields(w, r)
		if !ok {
			return
		}
		wrong := stage.Complaints{}
		a.issue(w, caller, a.appField(fields, rule, wrong), fields, wrong)
	}
}

func (a *server) createForApp(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	app := a.readableApp(w, r, caller)
	if app == nil {
		return
	}
	if fields, ok := a.readFields(w, r); ok {
		a.issue(w, caller, app, fields, stage.Complaints{})
	}
}

func (a *server) issue(w http.ResponseWriter, caller *stage.User, app *application, fields fields, wrong stage.Complaints) {
	t := token{owner: caller, maker: caller, editor: caller}
	t.description, t.scope = a.words(fields, "", "write", wrong)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	if app != nil && !a.mayUse(caller, app) {
		a.refuse(w, http.StatusForbidden)
		return
	}
	if account := a.accountOf(caller); account != "" {
		stage.Detail(w, http.StatusForbidden, "(access_denied) OAuth2 Tokens cannot be created by users associated with "+
			"an external authentication provider ("+account+")")
		return
	}
	t, made := a.file(t, app)
	w.Header().Set("Location", a.tokenURL(t))
	stage.Reply(w, http.StatusCreated, a.tokenRow(t, made))
}

// file makes a token, for an application if there is one, whose owner it becomes if
// that has one.
func (a *server) file(t token, app *application) (token, secrets) {
	made := secrets{token: a.NewKey()}
	if app != nil {
		t.app, made.refresh = app.id, a.NewKey()
		if app.owner != nil && a.generation == OAuth2 {
			t.owner = app.owner
		}
	}
	t.created = a.Today()
	t.modified, t.expires = t.created.Add(101*time.Microsecond), a.expiry(t.created)
	t.refreshed = made.refresh != ""
	t = a.tokens.Add(made.token, func(id int) token { t.id = id; return t })
	if made.refresh != "" {
		a.refreshes.Add(made.refresh, func(id int) refresh { return refresh{id, t} })
	}
	a.note(t.owner, "create", t.named(), t.changes())
	return t, made
}

// mayUse says whether the caller may have tokens of an application.
func (a *server) mayUse(u *stage.User, app *application) bool {
	if a.generation.IsGateway() {
		return u.Admin
	}
	return a.readsApp(u, *app)
}
