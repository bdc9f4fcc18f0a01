package awx

import (
	"encoding/json"
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
		model: "User", kind: "user", guarded: a.guarded(),
		id:   func(u *stage.User) int { return u.ID },
		text: func(u *stage.User) string { return stage.SearchText(u.Username, u.First, u.Last, u.Email) },
		fields: map[string]field[*stage.User]{
			"id":           numberField(func(u *stage.User) int { return u.ID }),
			"username":     textField(func(u *stage.User) string { return u.Username }),
			"first_name":   textField(func(u *stage.User) string { return u.First }),
			"last_name":    textField(func(u *stage.User) string { return u.Last }),
			"email":        textField(func(u *stage.User) string { return u.Email }),
			"is_superuser": flagField(func(u *stage.User) bool { return u.Admin }),
			"is_active":    flagField(func(u *stage.User) bool { return u.Active }),
			"last_login":   timeField(func(u *stage.User) time.Time { return u.LastLogin }),
			"date_joined":  joined,
		},
	}
	switch {
	case a.generation.IsGateway():
		l.fields["created"], l.fields["modified"] = joined, timeField(func(u *stage.User) time.Time { return u.UpdatedAt })
	case a.generation != Tower: // which does not know its own name for it
		l.fields["created"], l.unordered = joined, []string{"created"}
	}
	return l
}

// listUsers goes by username, except in the generation that declares no order.
func (a *server) listUsers(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	rows := slices.DeleteFunc(a.accounts.all(), func(u *stage.User) bool { return !a.sees(caller, u) })
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
	answerList(a, w, r, a.userList(), rows, func(u *stage.User) any { return a.userRow(u, caller, base, false) })
}

func (a *server) user(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if u := a.parent(w, r, caller); u != nil && asked(a, w, r, a.userList(), u) {
		stage.Reply(w, http.StatusOK, a.userRow(u, caller, a.baseOf(r), true))
	}
}

// parent is the user of the path, nil after a refusal.
func (a *server) parent(w http.ResponseWriter, r *http.Request, caller *stage.User) *stage.User {
	u := a.named(r.PathValue("id"))
	switch {
	case u == nil:
		a.missing(w, r, "User")
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
	return a.accounts.find(func(u *stage.User) bool {
		return isNumber(name) && err == nil && u.ID == id || !isNumber(name) && u.Username == name && !a.generation.IsGateway()
	})
}

// sees is about users: everybody sees themselves, their organization's members
// and the administrators.
func (a *server) sees(caller, u *stage.User) bool {
	org := a.accounts.profile(caller.ID).org
	return a.seesAll(caller) || u.ID == caller.ID || u.Admin || org > 0 && org == a.accounts.profile(u.ID).org
}

// createUser is for superusers: there are no administrators of organizations here.
func (a *server) createUser(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if !caller.Admin {
		a.refuse(w, http.StatusForbidden)
		return
	}
	a.saveUser(w, r, caller, stage.User{Active: true, Rights: stage.SignedIn, CreatedAt: a.Today()}, http.StatusCreated)
}

// editUser is for superusers, and for everybody about themselves.
func (a *server) editUser(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	u := a.parent(w, r, caller)
	switch {
	case u == nil:
	case !caller.Admin && u.ID != caller.ID:
		a.refuse(w, http.StatusForbidden)
	default:
		a.saveUser(w, r, caller, *u, http.StatusOK)
	}
}

// saveUser takes the fields that are given. Whoever changes a password ends no token.
func (a *server) saveUser(w http.ResponseWriter, r *http.Request, caller *stage.User, u stage.User, status int) {
	given, ok := a.readFields(w, r)
	if !ok {
		return
	}
	wrong, p := stage.Complaints{}, a.accounts.profile(u.ID)
	a.readUser(given, caller, &u, &p, wrong)
	if status == http.StatusCreated {
		for _, name := range []string{"username", "password"} {
			if _, there := given[name]; !there {
				wrong[name] = []string{map[string]string{"username": "This field is required.", "password": "Password required for new User."}[name]}
			}
		}
	}
	if len(wrong) == 0 {
		u.UpdatedAt = a.Today()
		if saved, taken := a.accounts.save(u, p); taken {
			wrong["username"] = []string{"A user with that username already exists."}
		} else {
			u = *saved
		}
	}
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	operation := "update"
	if status == http.StatusCreated {
		operation = "create"
		w.Header().Set("Location", a.baseOf(r)+"users/"+stage.Decimal(u.ID)+"/")
	}
	a.note(caller, operation, namedUser(&u), userChanges(&u))
	stage.Reply(w, status, a.userRow(&u, caller, a.baseOf(r), true))
}

func (a *server) readUser(given fields, caller, u *stage.User, p *profile, wrong stage.Complaints) {
	for name, field := range map[string]*string{
		"username": &u.Username, "password": &u.Password, "first_name": &u.First, "last_name": &u.Last, "email": &u.Email,
	} {
		raw, there := given[name]
		if !there || name == "password" && string(raw) == `"`+gatewayMask+`"` { // an answer that is sent back
			continue
		}
		value, complaint := text(raw)
		if complaint == "" && value == "" && slices.Contains([]string{"username", "password"}, name) {
			complaint = "This field may not be blank."
		}
		if *field = value; complaint != "" {
			wrong[name] = []string{complaint}
		}
	}
	if !caller.Admin {
		return // nobody raises themselves
	}
	auditor := "is_system_auditor"
	if a.generation.IsGateway() {
		auditor = "is_platform_auditor"
	}
	for name, flag := range map[string]*bool{"is_superuser": &u.Admin, auditor: &p.auditor} {
		readFlag(given[name], name, flag, wrong)
	}
}

func readFlag(raw json.RawMessage, name string, flag *bool, wrong stage.Complaints) {
	if len(raw) == 0 {
		return
	}
	value, ok := stage.ReadBoolean(raw)
	if !ok {
		wrong[name] = []string{stage.NotBoolean}
		return
	}
	*flag = value
}

// removeUser ends the user's tokens too. Nobody can delete themselves.
func (a *server) removeUser(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	u := a.parent(w, r, caller)
	switch {
	case u == nil:
		return
	case !caller.Admin || u.ID == caller.ID:
		a.refuse(w, http.StatusForbidden)
		return
	}
	for _, t := range a.tokens.All() {
		if t.owner.ID == u.ID {
			a.tokens.Remove(t.id)
		}
	}
	a.accounts.remove(u.ID)
	a.note(caller, "delete", namedUser(u), userChanges(u))
	w.WriteHeader(http.StatusNoContent)
}
