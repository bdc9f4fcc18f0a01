package awx

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
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

// create makes a token for the caller, whoever a request names: nobody can do
// so for another, not even an administrator.
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

// below serves under a user, who has to be there and to be visible.
func (a *server) below(serve stage.Handler) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		if a.parent(w, r, caller) != nil {
			serve(w, r, caller)
		}
	}
}

func (a *server) issue(w http.ResponseWriter, caller *stage.User, app *application, fields map[string]json.RawMessage, wrong stage.Complaints) {
	t := token{owner: caller, maker: caller, editor: caller, created: a.Today()}
	t.description, t.scope = a.words(fields, "", "write", wrong)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	if app != nil && !a.mayUse(caller, app) {
		a.refuse(w, http.StatusForbidden)
		return
	}
	if account := a.profiles[caller.ID].account; account != "" && a.generation == OAuth2 {
		stage.Detail(w, http.StatusForbidden, "(access_denied) OAuth2 Tokens cannot be created by users associated with "+
			"an external authentication provider ("+account+")")
		return
	}
	secrets := secrets{token: a.NewKey()}
	if app != nil {
		t.app, secrets.refresh = app.id, a.NewKey()
		if app.owner != nil && a.generation == OAuth2 {
			t.owner = app.owner
		}
	}
	t.modified = t.created.Add(101 * time.Microsecond)
	t.expires = t.created.AddDate(0, 0, forever)
	t = a.tokens.Add(secrets.token, func(id int) token { t.id = id; return t })
	w.Header().Set("Location", a.tokenURL(t))
	stage.Reply(w, http.StatusCreated, a.tokenRow(t, secrets))
}

// mayUse says whether the caller may have tokens of an application.
func (a *server) mayUse(u *stage.User, app *application) bool {
	if a.generation == Gateway {
		return u.Admin
	}
	return a.readsApp(u, *app)
}

// readFields takes a body that is not there for an empty one.
func (a *server) readFields(w http.ResponseWriter, r *http.Request) (map[string]json.RawMessage, bool) {
	if a.generation == Gateway {
		return readJSONOrForm(w, r)
	}
	return readJSON(w, r, "You did not use correct Content-Type in your HTTP request. "+
		"If you are using our REST API, the Content-Type must be application/json")
}

// appField is the application that a request names, nil for a personal token.
func (a *server) appField(fields map[string]json.RawMessage, rule appRule, wrong stage.Complaints) *application {
	const name = "application"
	raw, given := fields[name]
	if rule == appIgnored || rule == appOptional && (!given || string(raw) == "null") {
		return nil
	}
	id := stage.ReferenceField(fields, name, wrong)
	if len(wrong[name]) > 0 {
		return nil
	}
	app := a.appByID(id)
	if app == nil {
		wrong[name] = []string{fmt.Sprintf(`Invalid pk "%d" - object does not exist.`, id)}
	}
	return app
}

// words are the two fields that a request may set.
func (a *server) words(fields map[string]json.RawMessage, description, scope string, wrong stage.Complaints) (newDescription, newScope string) {
	switch raw, given := fields["description"]; {
	case given && string(raw) == "null":
		description = ""
	case given && json.Unmarshal(raw, &description) != nil:
		wrong["description"] = []string{"Not a valid string."}
	}
	raw, given := fields["scope"]
	if !given {
		return description, scope
	}
	switch {
	case string(raw) == "null":
		wrong["scope"] = []string{"This field may not be null."}
	case json.Unmarshal(raw, &scope) != nil:
		wrong["scope"] = []string{"Not a valid string."}
	case !a.isScope(scope):
		wrong["scope"] = []string{fmt.Sprintf("Must be a simple space-separated string with allowed scopes ['%s'].",
			strings.Join(a.scopes(), "', '"))}
	}
	return description, scope
}

func (a *server) scopes() []string {
	if a.generation == Gateway {
		return []string{"read", "write", "openid", "roles"}
	}
	return []string{"read", "write"}
}

// isScope wants words that are known, and none of them twice.
func (a *server) isScope(scope string) bool {
	words := strings.Fields(scope)
	slices.Sort(words)
	known := a.scopes()
	return len(words) > 0 && len(slices.Compact(slices.Clone(words))) == len(words) &&
		!slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(known, word) })
}
