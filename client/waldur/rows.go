package waldur

import (
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// session is one row of the active sessions (waldur_core/structure/serializers.py,
// AuthTokenSerializer). A user's answer to a new key has the same members but
// the two links (UserAuthTokenSerializer).
type session struct {
	URL       model.Text `json:"url"`
	Created   wire.Time  `json:"created"` // moves with use and with a new key
	User      model.Text `json:"user"`
	FirstName model.Text `json:"user_first_name"`
	LastName  model.Text `json:"user_last_name"`
	Username  model.Text `json:"user_username"`
	Active    flag       `json:"user_is_active"`
	Lifetime  lifetime   `json:"user_token_lifetime"`
}

// flag is a truth value that 7.0 writes as a string.
type flag struct {
	wire.Bool
	quoted bool
}

// UnmarshalJSON implements [json.Unmarshaler].
func (f *flag) UnmarshalJSON(data []byte) error {
	f.quoted = strings.HasPrefix(string(data), `"`)
	return f.Bool.UnmarshalJSON(data)
}

// lifetime is in seconds, written as a string by 7.0; null is without end. What
// is missing or makes no sense is unknown.
type lifetime struct {
	seconds int64
	endless bool
}

// longestLifetime is the largest that Waldur stores (core/models.py,
// User.token_lifetime).
const longestLifetime = 1<<31 - 1

// UnmarshalJSON implements [json.Unmarshaler].
func (l *lifetime) UnmarshalJSON(data []byte) error {
	*l = lifetime{endless: string(data) == "null"}
	n, err := strconv.ParseInt(strings.Trim(string(data), `"`), 10, 64)
	if err == nil && n > 0 && n <= longestLifetime {
		l.seconds = n
	}
	return nil
}

// or is another lifetime where this one is not known.
func (l lifetime) or(other lifetime) lifetime {
	if l == (lifetime{}) {
		return other
	}
	return l
}

// end is when a session ends that is not used any more.
func (l lifetime) end(refreshed model.When) model.When {
	at, known := refreshed.Time()
	switch {
	case l.endless:
		return model.Not(model.Never)
	case l.seconds == 0 || !known:
		return model.Not(model.Unknown)
	}
	return model.At(at.Add(time.Duration(l.seconds) * time.Second))
}

// endedBetween reports whether a session has ended between two times, unless it was
// used since it was read.
func (s session) endedBetween(from, to time.Time) bool {
	end, known := s.Lifetime.end(s.Created.When()).Time()
	return known && !end.Before(from) && end.Before(to)
}

// id is the number of a session's user: the API names it in the link alone.
func (s session) id() string {
	number := lastOf(s.URL)
	if n, err := strconv.ParseUint(number, 10, 63); err != nil || strconv.FormatUint(n, 10) != number {
		return ""
	}
	return number
}

// lastOf is the last segment of a link's path. Nothing else of a link is used:
// behind a proxy it may name a host that is not ours.
func lastOf(link model.Text) string {
	u, err := url.Parse(link.String())
	if err != nil || link.Changed() {
		return ""
	}
	last := path.Base(u.Path)
	if _, err := wire.Path(last); err != nil {
		return ""
	}
	return last
}

// personal is one personal access token; its answer to being made has the key
// too, and not what use has left (waldur_core/core/serializers.py).
type personal struct {
	UUID     model.Text            `json:"uuid"`
	Name     model.Text            `json:"name"`
	Prefix   model.Text            `json:"token_prefix"`
	Scopes   wire.Rows[model.Text] `json:"scopes"`
	Bound    wire.Rows[binding]    `json:"allowed_scopes"`
	Networks wire.Rows[model.Text] `json:"allowed_networks"`
	Expires  wire.Time             `json:"expires_at"`
	Active   wire.Bool             `json:"is_active"`
	LastUsed wire.Time             `json:"last_used_at"`
	LastIP   model.Text            `json:"last_used_ip"`
	Created  wire.Time             `json:"created"`
	Token    model.Secret          `json:"token"`
}

// binding is one thing that a personal access token is good for alone.
type binding struct {
	Type model.Text `json:"type"`
	Name model.Text `json:"name"`
}

func (p personal) id() string { return plain(p.UUID) }

// user is one account, as far as [userFields] ask for it.
type user struct {
	UUID           model.Text `json:"uuid"`
	Username       model.Text `json:"username"`
	FullName       model.Text `json:"full_name"`
	Email          model.Text `json:"email"`
	Active         wire.Bool  `json:"is_active"`
	Staff          wire.Bool  `json:"is_staff"`
	Support        wire.Bool  `json:"is_support"`
	Registration   model.Text `json:"registration_method"`
	Joined         wire.Time  `json:"date_joined"`
	HasSession     wire.Bool  `json:"has_active_session"`
	SessionEnds    wire.Time  `json:"token_expires_at"`
	MayUsePersonal wire.Bool  `json:"can_use_personal_access_tokens"`
}

// userFields are those worth asking for. Others cost the server a great deal, or
// are the live key of the one who asks.
func userFields() []string {
	return []string{
		"uuid", "username", "full_name", "email", "is_active", "is_staff", "is_support",
		"registration_method", "date_joined", "has_active_session", "token_expires_at",
	}
}

func (u user) id() string { return plain(u.UUID) }

// plain is an identifier as it came, or nothing where it cannot be one.
func plain(id model.Text) string {
	if _, err := wire.Path(id.String()); err != nil || id.Changed() {
		return ""
	}
	return id.String()
}
