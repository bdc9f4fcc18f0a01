package awx

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

func (a *server) appByID(id int) *application {
	if app, ok := a.apps.Get(id); ok {
		return &app
	}
	return nil
}

// readsApp is about the members of an organization; at the gateway superusers alone see
// applications.
func (a *server) readsApp(u *stage.User, app application) bool {
	if a.generation.IsGateway() {
		return u.Admin
	}
	return a.seesAll(u) || app.org == a.accounts.profile(u.ID).org
}

func (a *server) appList() list[application] {
	return list[application]{
		model: "OAuth2Application", kind: "o_auth2_application", guarded: a.guarded(), related: map[string]string{"organization": "Organization"},
		id:   func(app application) int { return app.id },
		text: func(app application) string { return stage.SearchText(app.name, app.description) },
		fields: map[string]field[application]{
			"id":           numberField(func(app application) int { return app.id }),
			"name":         textField(func(app application) string { return app.name }),
			"description":  textField(func(app application) string { return app.description }),
			"created":      timeField(func(app application) time.Time { return app.created }),
			"client_id":    textField(func(app application) string { return app.client }),
			"organization": relationField(func(app application) int { return app.org }),

			"organization__name": textField(func(app application) string { return organizationName(app.org) }),
		},
	}
}

func (a *server) listApps(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if a.generation.IsGateway() && !caller.Admin {
		a.refuse(w, http.StatusForbidden)
		return
	}
	rows := slices.DeleteFunc(a.apps.All(), func(app application) bool { return !a.readsApp(caller, app) })
	answerList(a, w, r, a.appList(), rows, func(app application) any { return a.appRow(app, caller, "") })
}

func (a *server) app(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if app := a.readableApp(w, r, caller); app != nil {
		stage.Reply(w, http.StatusOK, a.appAlone(*app, caller, ""))
	}
}

// readableApp is the application of the path, nil after a refusal.
func (a *server) readableApp(w http.ResponseWriter, r *http.Request, caller *stage.User) *application {
	app := a.appByID(stage.PathID(r))
	switch {
	case app == nil:
		a.missing(w, r, "OAuth2Application")
	case !asked(a, w, r, a.appList(), *app):
	case !a.readsApp(caller, *app):
		a.refuse(w, http.StatusForbidden)
	default:
		return app
	}
	return nil
}

// saveApp makes or changes an application. Its secret is told once.
func (a *server) saveApp(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	app := application{created: a.Today()}
	if r.Method != http.MethodPost {
		found := a.readableApp(w, r, caller)
		if found == nil {
			return
		}
		app = *found
	}
	if !caller.Admin {
		a.refuse(w, http.StatusForbidden)
		return
	}
	given, ok := a.readFields(w, r)
	if !ok {
		return
	}
	wrong := stage.Complaints{}
	readApp(given, &app, wrong)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	if app.id != 0 {
		a.apps.Change(app.id, func(row *application) string { *row = app; return "" })
		stage.Reply(w, http.StatusOK, a.appAlone(app, caller, ""))
		return
	}
	app.client, app.secret = a.NewKey()+a.NewKey()[:clientLength-keyLength], a.NewKey()
	app = a.apps.Add("", func(id int) application { app.id = id; return app })
	w.Header().Set("Location", a.latest()+"applications/"+stage.Decimal(app.id)+"/")
	stage.Reply(w, http.StatusCreated, a.appAlone(app, caller, app.secret))
}

// readApp wants four fields of a new application.
func readApp(given fields, app *application, wrong stage.Complaints) {
	kind, org := "confidential", json.RawMessage(stage.Decimal(app.org))
	if app.public {
		kind = "public"
	}
	var organization string
	for name, value := range map[string]*string{
		"name": &app.name, "description": &app.description, "client_type": &kind, "authorization_grant_type": &app.grant, "organization": &organization,
	} {
		raw, there := given[name]
		switch {
		case there:
			var complaint string
			if *value, complaint = text(raw); complaint != "" {
				wrong[name] = []string{complaint}
			}
		case app.id == 0 && name != "description":
			wrong[name] = []string{"This field is required."}
		}
	}
	if raw, there := given["organization"]; there {
		org = raw
	}
	app.public = kind == "public"
	id, err := strconv.Atoi(strings.Trim(string(org), `"`))
	switch {
	case len(wrong["organization"]) > 0:
	case err != nil:
		wrong["organization"] = []string{stage.WrongPK(org)}
	case organizationName(id) == "":
		wrong["organization"] = []string{fmt.Sprintf(`Invalid pk "%d" - object does not exist.`, id)}
	}
	app.org = id
}

// removeApp ends the tokens of an application too.
func (a *server) removeApp(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	app := a.readableApp(w, r, caller)
	switch {
	case app == nil:
		return
	case !caller.Admin:
		a.refuse(w, http.StatusForbidden)
		return
	}
	for _, t := range a.tokens.All() {
		if t.app == app.id {
			a.tokens.Remove(t.id)
		}
	}
	a.apps.Remove(app.id)
	w.WriteHeader(http.StatusNoContent)
}
