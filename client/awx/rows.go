package awx

import (
	"cmp"
	"encoding/json"
	"math"
	"strconv"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// The two sorts of an issued token.
const (
	personal    = "personal"
	application = "application"
)

// managed is the sort of an account that the platform made for itself; every
// other sort is the name of where an account comes from.
const managed = "managed by the platform"

// external reports whether an account is somebody else's, such as a directory's.
func external(u model.User) bool { return !u.Kind.Empty() && u.Kind.String() != managed }

// What a member is that should be one: the rest of a row, and a key that is shown
// once, are worth more than one that is odd.
type (
	text   = wire.Maybe[model.Text]
	secret = wire.Maybe[model.Secret]
)

// number is a whole number on the wire. What is none is 0, which nothing is called.
type number int64

// UnmarshalJSON implements [json.Unmarshaler].
func (n *number) UnmarshalJSON(data []byte) error {
	*n = 0
	var literal json.Number // also takes one between quotes
	if json.Unmarshal(data, &literal) == nil {
		value, err := literal.Float64()
		if err == nil && value == math.Trunc(value) && value > 0 && value < 1<<53 {
			*n = number(value)
		}
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

// token is an issued one on the wire (AWX, OAuth2TokenSerializer; the gateway has
// last_used beside it).
type token struct {
	ID          number              `json:"id"`
	Description text                `json:"description"`
	Scope       text                `json:"scope"`
	User        number              `json:"user"`
	Application *number             `json:"application"` // null of a personal token
	Key         secret              `json:"token"`       // itself in the answer to a POST, a mask in every other
	Refresh     secret              `json:"refresh_token"`
	Created     wire.Time           `json:"created"`
	Modified    wire.Time           `json:"modified"`
	Expires     wire.Time           `json:"expires"`
	LastUsed    wire.Time           `json:"last_used"`
	Summary     wire.Maybe[summary] `json:"summary_fields"`
}

// summary is what a token says of what it belongs to.
type summary struct {
	User        wire.Maybe[user]        `json:"user"`
	Application wire.Maybe[description] `json:"application"`
}

// description is an application as far as it is of use here.
type description struct {
	ID   number `json:"id"`
	Name text   `json:"name"`
}

// user is one on the wire, whole or as a token's owner. The gateway calls an
// auditor by another name.
type user struct {
	ID              number    `json:"id"`
	Username        text      `json:"username"`
	FirstName       text      `json:"first_name"`
	LastName        text      `json:"last_name"`
	Email           text      `json:"email"`
	Superuser       wire.Bool `json:"is_superuser"`
	SystemAuditor   wire.Bool `json:"is_system_auditor"`
	PlatformAuditor wire.Bool `json:"is_platform_auditor"`
	External        text      `json:"external_account"`
	Managed         wire.Bool `json:"managed"`
	Created         wire.Time `json:"created"`
	LastLogin       wire.Time `json:"last_login"`
}

func (w token) token() model.Token {
	owner := w.Summary.Value.User.Value.user()
	if id := w.User.id(); id != "" && id != owner.ID {
		owner = model.User{ID: id}
	}
	t := model.Token{
		Kind:        model.Clean(personal),
		Owner:       owner,
		Description: w.Description.Value,
		Scope:       w.Scope.Value,
		Created:     w.Created.When(),
		Updated:     w.Created.When(), // a key is never changed: modified is of the words about it
		Version:     version(w.Modified),
		Expires:     w.Expires.When(),
		LastUsed:    w.LastUsed.OrNever(),
		State:       stateAt(w.Expires.When()),
	}
	if t.ID = w.ID.id(); t.ID != "" {
		t.Name = model.Clean("#" + t.ID)
	}
	if w.Application != nil {
		t.Kind = model.Clean(application)
		t.App = w.named()
	}
	return t
}

// named is the application of a token as people call it.
func (w token) named() model.Text {
	if name := w.Summary.Value.Application.Value.Name.Value; !name.Empty() {
		return name
	}
	return model.Clean("number " + cmp.Or(w.Application.id(), "unknown"))
}

// stateAt is what a fixed end says of a token; these servers say nothing else.
func stateAt(end model.When) model.State {
	at, known := end.Time()
	switch {
	case !known:
		return model.Unclear
	case at.Before(time.Now()):
		return model.Expired
	}
	return model.Active
}

func (w user) user() model.User {
	u := model.User{
		ID: w.ID.id(), Username: w.Username.Value, Email: w.Email.Value,
		FullName: model.Join(" ", w.FirstName.Value, w.LastName.Value),
		Admin:    w.Superuser.Answer, Kind: w.External.Value,
		LastLogin: w.LastLogin.OrNever(), Created: w.Created.When(),
	}
	switch {
	case w.SystemAuditor.Answer == model.Yes:
		u.Role = model.Clean("system auditor")
	case w.PlatformAuditor.Answer == model.Yes:
		u.Role = model.Clean("platform auditor")
	}
	if u.Kind.Empty() && w.Managed.Answer == model.Yes {
		u.Kind = model.Clean(managed)
	}
	return u
}

// version is by what this client knows a state of a token again.
func version(modified wire.Time) string {
	at, _ := modified.When().Time()
	return at.Format(time.RFC3339Nano)
}
