package awx

import (
	"net/http"
	"slices"
	"time"

	"authdeck/client/demo/stage"
)

func (a *server) appByID(id int) *application {
	for i := range a.apps {
		if a.apps[i].id == id {
			return &a.apps[i]
		}
	}
	return nil
}

func (a *server) readsApp(u *stage.User, app application) bool {
	return a.seesAll(u) || app.org == a.profiles[u.ID].org
}

func appList() list[application] {
	return list[application]{
		model: "OAuth2Application", guarded: []string{"client_id", "client_secret"},
		id:   func(app application) int { return app.id },
		text: func(app application) string { return stage.SearchText(app.name, app.description) },
		fields: map[string]field[application]{
			"id":           numberField(func(app application) int { return app.id }),
			"name":         textField(func(app application) string { return app.name }),
			"description":  textField(func(app application) string { return app.description }),
			"created":      timeField(func(app application) time.Time { return app.created }),
			"organization": relationField(func(app application) int { return app.org }),
		},
	}
}

func (a *server) listApps(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	rows := slices.DeleteFunc(slices.Clone(a.apps), func(app application) bool { return !a.readsApp(caller, app) })
	answerList(a, w, r, appList(), rows, func(app application) any { return a.appRow(app, caller) })
}

func (a *server) app(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if app := a.readableApp(w, r, caller); app != nil {
		stage.Reply(w, http.StatusOK, a.appRow(*app, caller))
	}
}

// readableApp is the application of the path, nil after a refusal.
func (a *server) readableApp(w http.ResponseWriter, r *http.Request, caller *stage.User) *application {
	app := a.appByID(stage.PathID(r))
	switch {
	case app == nil:
		a.missing(w, r)
	case !a.readsApp(caller, *app):
		a.refuse(w, http.StatusForbidden)
	default:
		return app
	}
	return nil
}
