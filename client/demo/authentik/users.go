package authentik

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"authdeck/client/demo/stage"
)

// known are the users that the caller may see. Who sees nobody is refused, unless
// it is a machine of the server's own.
func (a *server) known(caller *account) ([]*account, bool) {
	if caller.May(stage.SeeUsers) {
		return slices.Clone(a.accounts), true
	}
	return nil, caller.kind == kindOutpost
}

func (a *server) listUsers(w http.ResponseWriter, r *http.Request, u *stage.User) {
	rows, ok := a.known(a.account(u.ID))
	q := stage.Lasts(r.URL.Query())
	switch {
	case !ok:
		stage.Refuse(w, http.StatusForbidden)
		return
	case strings.TrimPrefix(q.Get("ordering"), "-") == "is_superuser": // a field, but no column
		serverError(w, r)
		return
	}
	slices.SortFunc(rows, func(x, y *account) int { return cmp.Compare(x.Username, y.Username) })
	if fits, is := userQuery(q.Get("search")); is && !a.early() {
		rows = slices.DeleteFunc(rows, func(c *account) bool { return !fits(c) })
		q.Del("search")
	}
	if rows, ok = narrowed(w, q, a.userFilters, rows); !ok {
		return
	}
	if rows, ok = byAttributes(q, rows); !ok {
		stage.Invalid(w, "filter: failed to parse JSON")
		return
	}
	for _, f := range a.multiFilters() {
		var wrong stage.Complaints
		if rows, wrong = f.apply(r.URL.Query(), rows); wrong != nil {
			stage.Reply(w, http.StatusBadRequest, wrong)
			return
		}
	}
	replyPage(a, w, r, rows, completion(), a.serializer(r).user)
}

// completion is what a person who types a search is helped with.
func completion() map[string]any {
	fields := map[string]any{}
	for name, kind := range map[string]string{
		"username": "str", "name": "str", "email": "str", "path": "str", "is_active": "bool",
	} {
		fields[name] = map[string]any{"type": kind, "nullable": kind == "bool", "options": nil}
	}
	fields["type"] = map[string]any{"type": "str", "nullable": false, "options": kinds()}
	fields["attributes"] = map[string]any{"type": "relation", "nullable": false, "options": nil, "relation": "authentik_core.user_attributes"}
	return map[string]any{"current_model": "authentik_core.user", "models": map[string]any{"authentik_core.user": fields}}
}

// paths are those that users have.
func (a *server) paths(w http.ResponseWriter, _ *http.Request, u *stage.User) {
	rows, ok := a.known(a.account(u.ID))
	if !ok {
		stage.Refuse(w, http.StatusForbidden)
		return
	}
	paths := each(rows, func(c *account) string { return c.path })
	slices.Sort(paths)
	stage.Reply(w, http.StatusOK, map[string]any{"paths": stage.OrEmpty(slices.Compact(paths))})
}

// knownUser is the user that the path names, if the caller may see any; otherwise
// it has answered.
func (a *server) knownUser(w http.ResponseWriter, r *http.Request, u *stage.User) (*account, bool) {
	rows, ok := a.known(a.account(u.ID))
	c := a.account(stage.PathID(r))
	_, err := strconv.Atoi(r.PathValue("id"))
	switch {
	case !ok:
		stage.Refuse(w, http.StatusForbidden)
	case err != nil:
		stage.Detail(w, http.StatusNotFound, "Not found.")
	case c == nil || !slices.Contains(rows, c):
		stage.Detail(w, http.StatusNotFound, noUser)
	default:
		return c, true
	}
	return nil, false
}

func (a *server) user(w http.ResponseWriter, r *http.Request, u *stage.User) {
	if c, ok := a.knownUser(w, r, u); ok {
		stage.Reply(w, http.StatusOK, a.serializer(r).user(c))
	}
}

// userUsedBy is what goes with a user, as far as the caller may see it.
func (a *server) userUsedBy(w http.ResponseWriter, r *http.Request, u *stage.User) {
	c, ok := a.knownUser(w, r, u)
	if !ok {
		return
	}
	uses := []usedByRow{}
	for _, t := range a.tokens.All() {
		if t.owner == c && u.May(stage.SeeTokens) {
			uses = append(uses, usedByRow{App: "authentik_core", ModelName: "token", PK: t.pk, Name: t.identifier, Action: "cascade"})
		}
	}
	stage.Reply(w, http.StatusOK, uses)
}

func (a *server) me(w http.ResponseWriter, r *http.Request, u *stage.User) {
	me := sessionRow{User: a.serializer(r).self(a.account(u.ID))}
	if a.newest() {
		me.User.IsCurrent = new(true)
		me.Users = []selfRow{me.User}
	}
	stage.Reply(w, http.StatusOK, me)
}
