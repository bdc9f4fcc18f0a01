package demo

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

func (a *awx) userList() awxList[*user] {
	joined := awxMoments(func(u *user) time.Time { return u.createdAt })
	l := awxList[*user]{
		model: "User", guarded: []string{"password"},
		id:   func(u *user) int { return u.id },
		text: func(u *user) string { return haystack(u.username, u.first, u.last, u.email) },
		fields: map[string]awxField[*user]{
			"id":           awxNumbers(func(u *user) int { return u.id }),
			"username":     awxTexts(func(u *user) string { return u.username }),
			"first_name":   awxTexts(func(u *user) string { return u.first }),
			"last_name":    awxTexts(func(u *user) string { return u.last }),
			"email":        awxTexts(func(u *user) string { return u.email }),
			"is_superuser": awxFlags(func(u *user) bool { return u.admin }),
			"last_login":   awxMoments(func(u *user) time.Time { return u.lastLogin }),
			"date_joined":  joined,
		},
	}
	if a.generation != awxTower { // which does not know its own name for it
		l.fields["created"] = joined
	}
	return l
}

// listUsers goes by username, except in the generation that declares no order.
func (a *awx) listUsers(w http.ResponseWriter, r *http.Request, caller *user) {
	rows := slices.DeleteFunc(slices.Clone(a.users), func(u *user) bool { return !a.sees(caller, u) })
	if a.generation != awxTower {
		slices.SortFunc(rows, func(x, y *user) int { return strings.Compare(x.username, y.username) })
	}
	a.answerUsers(w, r, caller, rows)
}

// me is a list of one.
func (a *awx) me(w http.ResponseWriter, r *http.Request, caller *user) {
	a.answerUsers(w, r, caller, []*user{caller})
}

func (a *awx) answerUsers(w http.ResponseWriter, r *http.Request, caller *user, rows []*user) {
	base := a.baseOf(r)
	answerList(a, w, r, a.userList(), rows, func(u *user) any { return a.userRow(u, caller, base) })
}

func (a *awx) user(w http.ResponseWriter, r *http.Request, caller *user) {
	if u := a.parent(w, r, caller); u != nil {
		reply(w, http.StatusOK, a.userRow(u, caller, a.baseOf(r)))
	}
}

// parent is the user of the path, nil after a refusal.
func (a *awx) parent(w http.ResponseWriter, r *http.Request, caller *user) *user {
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
func (a *awx) named(name string) *user {
	id, err := strconv.Atoi(name)
	i := slices.IndexFunc(a.users, func(u *user) bool {
		return err == nil && u.id == id || err != nil && u.username == name && a.generation != awxGateway
	})
	if i < 0 {
		return nil
	}
	return a.users[i]
}

// sees is about users: everybody sees themselves, their organization's members
// and the administrators.
func (a *awx) sees(caller, u *user) bool {
	org := a.standing[caller.id].org
	return a.seesAll(caller) || u == caller || u.admin || org > 0 && org == a.standing[u.id].org
}
