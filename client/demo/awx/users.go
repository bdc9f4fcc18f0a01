package awx

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

func (a *server) userList() list[*stage.User] {
	joined := timeField(func(u *stage.User) time.Time { return u.CreatedAt })
	l := list[*stage.User]{
		model: "User", guarded: []string{"password"},
		id:   func(u *stage.User) int { return u.ID },
		text: func(u *stage.User) string { return stage.SearchText(u.Username, u.First, u.Last, u.Email) },
		fields: map[string]field[*stage.User]{
			"id":           numberField(func(u *stage.User) int { return u.ID }),
			"username":     textField(func(u *stage.User) string { return u.Username }),
			"first_name":   textField(func(u *stage.User) string { return u.First }),
			"last_name":    textField(func(u *stage.User) string { return u.Last }),
			"email":        textField(func(u *stage.User) string { return u.Email }),
			"is_superuser": flagField(func(u *stage.User) bool { return u.Admin }),
			"last_login":   timeField(func(u *stage.User) time.Time { return u.LastLogin }),
			"date_joined":  joined,
		},
	}
	if a.generation != Tower { // which does not know its own name for it
		l.fields["created"] = joined
	}
	return l
}

// listUsers goes by username, except in the generation that declares no order.
func (a *server) listUsers(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	rows := slices.DeleteFunc(slices.Clone(a.Users), func(u *stage.User) bool { return !a.sees(caller, u) })
	if a.generation != Tower {
		slices.SortFunc(rows, func(x, y *stage.User) int { return strings.Compare(x.Username, y.Username) })
	}
	a.answerUsers(w, r, caller, rows)
}

// me is a list of one.
func (a *server) me(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a.answerUsers(w, r, caller, []*stage.User{caller})
}

func (a *server) answerUsers(w http.ResponseWriter, r *http.Request, caller *stage.User, rows []*stage.User) {
	base := a.baseOf(r)
	answerList(a, w, r, a.userList(), rows, func(u *stage.User) any { return a.userRow(u, caller, base) })
}

func (a *server) user(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if u := a.parent(w, r, caller); u != nil {
		stage.Reply(w, http.StatusOK, a.userRow(u, caller, a.baseOf(r)))
	}
}

// parent is the user of the path, nil after a refusal.
func (a *server) parent(w http.ResponseWriter, r *http.Request, caller *stage.User) *stage.User {
	u := a.named(r.PathValue("id"))
	switch {
	case u == nil:
		a.missing(w, r)
	case !a.sees(caller, u):
		a.refuse(w, http.StatusForbidden)
	default:
		return u
	}
	return nil
}

// named finds by id, or by username, which AWX lets stand in its place. Digits
// are always an id.
func (a *server) named(name string) *stage.User {
	id, err := strconv.Atoi(name)
	i := slices.IndexFunc(a.Users, func(u *stage.User) bool {
		return err == nil && u.ID == id || err != nil && u.Username == name && a.generation != Gateway
	})
	if i < 0 {
		return nil
	}
	return a.Users[i]
}

// sees is about users: everybody sees themselves, their organization's members
// and the administrators.
func (a *server) sees(caller, u *stage.User) bool {
	org := a.profiles[caller.ID].org
	return a.seesAll(caller) || u == caller || u.Admin || org > 0 && org == a.profiles[u.ID].org
}
