package awx

import (
	"net/http"
	"slices"
	"time"

	"authdeck/client/demo/stage"
)

func (a *awx) appByID(id int) *awxApp {
	for i := range a.apps {
		if a.apps[i].id == id {
			return &a.apps[i]
		}
	}
	return nil
}

func (a *awx) readsApp(u *stage.User, app awxApp) bool {
	return a.seesAll(u) || app.org == a.standing[u.ID].org
}

func awxAppList() awxList[awxApp] {
	return awxList[awxApp]{
		model: "OAuth2Application", guarded: []string{"client_id", "client_secret"},
		id:   func(app awxApp) int { return app.id },
		text: func(app awxApp) string { return stage.SearchText(app.name, app.description) },
		fields: map[string]awxField[awxApp]{
			"id":           awxNumbers(func(app awxApp) int { return app.id }),
			"name":         awxTexts(func(app awxApp) string { return app.name }),
			"description":  awxTexts(func(app awxApp) string { return app.description }),
			"created":      awxMoments(func(app awxApp) time.Time { return app.created }),
			"organization": awxRelations(func(app awxApp) int { return app.org }),
		},
	}
}

func (a *awx) listApps(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	rows := slices.DeleteFunc(slices.Clone(a.apps), func(app awxApp) bool { return !a.readsApp(caller, app) })
	answerList(a, w, r, awxAppList(), rows, func(app awxApp) any { return a.appRow(app, caller) })
}

func (a *awx) app(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if app := a.readableApp(w, r, caller); app != nil {
		stage.Reply(w, http.StatusOK, a.appRow(*app, caller))
	}
}

// readableApp is the application of the path, nil after a refusal.
func (a *awx) readableApp(w http.ResponseWriter, r *http.Request, caller *stage.User) *awxApp {
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
