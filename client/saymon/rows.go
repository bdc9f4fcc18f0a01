package saymon

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// user is one on the wire (models/user). All but the id is optional; fields of
// which nothing is shown, such as objectPermissions, are left out.
type user struct {
	ID          string                          `json:"id"`
	Login       optional[model.Text]            `json:"login"`
	DisplayName optional[model.Text]            `json:"displayName"`
	Email       optional[model.Text]            `json:"email"`
	Token       optional[model.Secret]          `json:"authenticationToken"`
	Permissions optional[wire.Rows[model.Text]] `json:"permissions"`
	Status      optional[int64]                 `json:"status"`
	ActiveTo    optional[int64]                 `json:"activeTo"` // milliseconds
	Source      optional[source]                `json:"source"`
}

// source is where an account comes from.
type source struct {
	Type optional[int64] `json:"sourceType"`
}

// What a user says of its token (delete-authentication-token: the field becomes
// null; get-all-users: it is absent until it was first given a value).
const (
	neverSet   = "never set"
	cleared    = "cleared"
	present    = "present"
	notVisible = "not visible"
	unreadable = "unreadable"
)

// tokenWord is what is known of a user's token; visible says whether the server
// would show it.
func (w user) tokenWord(visible bool) (string, model.Answer) {
	switch {
	case !visible:
		return notVisible, model.Unsaid
	case w.Token.state == absent:
		return neverSet, model.No
	case w.Token.state == odd:
		return unreadable, model.Unsaid
	case w.Token.value.Empty():
		return cleared, model.No
	}
	return present, model.Yes
}

// shrunk is a row as it comes to callers without the right manage-users: its id
// and, for a login, its display name (get-all-users).
func (w user) shrunk() bool { return !w.Permissions.there() && !w.Token.there() }

// permitted reports whether the user itself has the right; a group may give it too.
func (w user) permitted() bool {
	return slices.ContainsFunc(w.Permissions.value, func(p model.Text) bool { return p.String() == right })
}

func (w user) user(visible bool) model.User {
	word, has := w.tokenWord(visible)
	u := model.User{
		ID: w.ID, Username: w.Login.value, FullName: w.DisplayName.value, Email: w.Email.value,
		Active: w.active(time.Now()), HasToken: has, TokenWord: model.Clean(word), Kind: w.kind(),
	}
	if w.permitted() {
		u.Role = model.Clean(right)
	}
	return u
}

// active reads the status (models/user: 0 needs activation, 3 is blocked; 2 is in
// all examples of a working user) and the time after which a user is blocked.
func (w user) active(now time.Time) model.Answer {
	switch {
	case w.ActiveTo.state == given && w.ActiveTo.value > 0 && time.UnixMilli(w.ActiveTo.value).Before(now):
		return model.No
	case w.Status.state != given:
		return model.Unsaid
	case w.Status.value == 2:
		return model.Yes
	case w.Status.value == 0, w.Status.value == 3:
		return model.No
	}
	return model.Unsaid
}

// kind is where the account comes from (models/user: 1 LDAP, 2 Keycloak), with a
// status that the pages do not know.
func (w user) kind() model.Text {
	from, status := "", ""
	if t := w.Source.value.Type; t.state == given && t.value != 0 {
		from = cmp.Or(map[int64]string{1: "LDAP", 2: "Keycloak"}[t.value], "source "+strconv.FormatInt(t.value, 10))
	}
	if w.Status.state == given && !slices.Contains([]int64{0, 2, 3}, w.Status.value) {
		status = "status " + strconv.FormatInt(w.Status.value, 10)
	}
	return model.Join(", ", model.Clean(from), model.Clean(status))
}

// token is the token of a user who has one.
func (s *saymon) token(w user) model.Token {
	t := model.Token{
		ID:    w.ID,
		Owner: w.user(true),
		// There is no expiry, and of other times the system says nothing (models/user).
		Expires: model.Not(model.Never),
		State:   model.Active,
		Note:    model.Clean("SAYMON keeps one key a user and nothing else of it: no name, no expiry, no times."),
		Own:     s.conn.InUse(w.Token.value),

		Version: s.versions.of(w.ID, w.Token.value),
	}
	if t.Name = t.Owner.Username; t.Name.Empty() {
		t.Name = model.Clean(w.ID)
	}
	if t.Owner.Active == model.No {
		t.State = model.Unclear
		t.Note = model.Join(" ", t.Note, model.Clean(lockedOwner))
	}
	return t
}

const lockedOwner = "Its user is blocked, expired or not activated, and nobody documents whether the key opens anything then."
