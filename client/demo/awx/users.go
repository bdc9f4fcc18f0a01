package awx

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

func (a *awx) userList() awxList[*stage.User] {
	joined := awxMoments(func(u *stage.User) time.Time { return u.CreatedAt })
	l := awxList[*stage.User]{
		model: "User", guarded: []string{"password"},
		id:   func(u *stage.User) int { return u.ID },
		text: func(u *stage.User) string { return stage.SearchText(u.Username, u.First, u.Last, u.Email) },
		fields: map[string]awxField[*stage.User]{
			"id":           awxNumbers(func(u *stage.User) int { return u.ID }),
			"username":     awxTexts(func(u *stage.User) string { return u.Username }),
			"first_name":   awxTexts(func(u *stage.User) string { return u.First }),
			"last_name":    awxTexts(func(u *stage.User) string { return u.Last }),
			"email":        awxTexts(func(u *stage.User) string { return u.Email }),
			"is_superuser": awxFlags(func(u *stage.User) bool { return u.Admin }),
			"last_login":   awxMoments(func(u *stage.User) time.Time { return u.LastLogin }),
			"date_joined":  joined,
		},
	}
	if a.generation != AwxTower { // which does not know its own name for it
		l.fields["created"] = joined
	}
	return l
}

// listUsers goes by username, except in the generation that declares no order.
func (a *awx) listUsers(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	rows := slices.DeleteFunc(slices.Clone(a.Users), func(u *stage.User) bool { return !a.sees(caller, u) })
	if a.generation != AwxTower {
		slices.SortFunc(rows, func(x, y *stage.User) int { return strings.Compare(x.Username, y.Username) })
	}
	a.answerUsers(w, r, caller, rows)
}

// me is a list of one.
func (a *awx) me(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a.answerUsers(w, r, caller, []*stage.User{caller})
}

func (a *awx) answerUsers(w http.ResponseWriter, r *http.Request, caller *stage.User, rows []*stage.User) {
	base := a.baseOf(r)
	answerList(a, w, r, a.userList(), rows, func(u *stage.User) any { return a.userRow(u, caller, base) })
}

func (a *awx) user(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if u := a.parent(w, r, caller); u != nil {
		stage.Reply(w, http.StatusOK, a.userRow(u, caller, a.baseOf(r)))
	}
}

// parent is the user of the path, nil after a refusal.
func (a *awx) parent(w http.ResponseWriter, r *http.Request, caller *stage.User) *stage.User {
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
func (a *awx) named(name string) *stage.User {
	id, err := strconv.Atoi(name)
	i := slices.IndexFunc(a.Users, func(u *stage.User) bool {
		return err == nil && u.ID == id || err != nil && u.Username == name && a.generation != AwxGateway
	})
	if i < 0 {
		return nil
	}
	return a.Users[i]
}

// sees is about users: everybody sees themselves, their organization's members
// and the administrators.
func (a *awx) sees(caller, u *stage.User) bool {
	org := a.standing[caller.ID].org
	return a.seesAll(caller) || u == caller || u.Admin || org > 0 && org == a.standing[u.ID].org
}
