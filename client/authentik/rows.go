package authentik

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// text is a member that should be one.
type text = wire.Maybe[model.Text]

// token is one on the wire (schema, Token). The identifier is kept as it came: it
// is the token's address.
type token struct {
	PK          wire.Maybe[string] `json:"pk"`
	Identifier  wire.Maybe[string] `json:"identifier"`
	Managed     text               `json:"managed"`
	Intent      text               `json:"intent"`
	User        number             `json:"user"`
	UserObj     wire.Maybe[user]   `json:"user_obj"`
	Description text               `json:"description"`
	Expires     wire.Time          `json:"expires"`
	Expiring    wire.Bool          `json:"expiring"`
}

// id is what a token is called.
func (w token) id() string { return w.Identifier.Value }

// is reports whether an answer is about the same token, by its name and its key in
// the database, which is another where one was made anew under the name.
func (w token) is(other token) bool { return w.id() == other.id() && w.PK.Value == other.PK.Value }

// user is one on the wire (schema, User and UserSelf).
type user struct {
	PK         number             `json:"pk"`
	Username   text               `json:"username"`
	Name       text               `json:"name"`
	Email      text               `json:"email"`
	Active     wire.Bool          `json:"is_active"`
	Superuser  wire.Bool          `json:"is_superuser"`
	Type       text               `json:"type"`
	Path       wire.Maybe[string] `json:"path"`
	LastLogin  wire.Time          `json:"last_login"`
	DateJoined wire.Time          `json:"date_joined"` // since 2025.4
}

// number is a whole number on the wire, which the schema types as any number.
// What is none is 0, which no row is called.
type number int64

// UnmarshalJSON implements [json.Unmarshaler].
func (n *number) UnmarshalJSON(data []byte) error {
	*n = 0
	var value float64
	if json.Unmarshal(data, &value) == nil && value == math.Trunc(value) && value > 0 && value < 1<<53 {
		*n = number(value)
	}
	return nil
}

// id is the number as the console keeps it; empty for none.
func (n number) id() string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(int64(n), 10)
}

// owner is the number of the token's user; 0 if the answer does not tell.
func (w token) owner() number {
	if w.User != 0 {
		return w.User
	}
	return w.UserObj.Value.PK
}

// row is a token as the console knows it.
func (a *authentik) row(w token) model.Token {
	owner := w.UserObj.Value.user()
	owner.ID = w.owner().id()
	t := model.Token{
		ID: w.id(), Name: model.Clean(w.id()), Kind: w.Intent.Value, Owner: owner, Description: w.Description.Value,
		Managed: w.Managed.Value, Expires: w.expires(), State: model.Active, Version: w.PK.Value,
	}
	if at, known := t.Expires.Time(); known && !at.After(time.Now()) {
		t.State = model.Expired
	}
	t.Note = model.Clean(note(t))
	own := a.own.Load()
	t.Own = own != nil && t.Version == *own
	return t
}

// expires goes by the flag: a token that does not expire may hold a date all the
// same, and authentik's own pages do not show it.
func (w token) expires() model.When {
	if w.Expiring.Answer == model.No {
		return model.Not(model.Never)
	}
	return w.Expires.When()
}

// agent is what the console calls the account of one (authentik 2026.8, Enterprise;
// enterprise/agents/models.py): a service account under a path of its own.
const (
	agent      = "agent"
	agentsPath = "goauthentik.io/agents"
	machine    = "service_account"
)

// rotates reports whether a token gets another key on its date; every other one is
// deleted, that of an agent too (authentik's documentation of 2026.8, agent accounts).
func rotates(kind string, owner model.User) bool {
	return kind == apiToken && owner.Kind.String() != agent
}

// note is what happens at the date (authentik/core/models.py, Token.expire_action,
// and core/tasks.py, which runs every five minutes).
func note(t model.Token) string {
	var words string
	_, dated := t.Expires.Time()
	kind := t.Kind.String()
	switch known := slices.ContainsFunc(intents(), func(c model.Choice) bool { return c.Value == kind }); {
	case !dated || !known:
	case rotates(kind, t.Owner) && t.State == model.Expired:
		words = "Its date has passed and its key is refused; authentik's worker gives it a new key and a new date within minutes."
	case rotates(kind, t.Owner):
		words = "It rotates itself on its date: authentik then gives it a new key, and the old one ends."
	case t.State == model.Expired:
		words = "Its date has passed and its key is refused; authentik's worker deletes it within minutes."
	default:
		words = "authentik deletes it on its date."
	}
	if t.Owner.Kind.String() == agent {
		words = strings.TrimSpace("It is the token of an agent. " + words)
	}
	if t.Owner.Active == model.No {
		words = "Its owner is switched off, so that its key opens nothing. " + words
	}
	return words
}

func (w user) user() model.User {
	kind := w.Type.Value
	if kind.String() == machine && w.Path.Value == agentsPath {
		kind = model.Clean(agent)
	}
	return model.User{
		ID: w.PK.id(), Username: w.Username.Value, FullName: w.Name.Value, Email: w.Email.Value,
		Active: w.Active.Answer, Admin: w.Superuser.Answer, Kind: kind,
		LastLogin: w.LastLogin.OrNever(), Created: w.DateJoined.When(),
	}
}
