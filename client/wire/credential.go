package wire

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/go-resty/resty/v2"

	"authdeck/client/redact"
	"authdeck/model"
)

// Enter is the token to sign with, or the password to sign in with. It comes before the first
// request that is not anonymous.
func (c *Conn) Enter(secret model.Secret) { c.credentials.enter(secret) }

// InUse reports whether a key is the one in use.
func (c *Conn) InUse(key model.Secret) bool { return c.credentials.inUse(key) }

// KeyHasPrefix reports whether the key in use begins with a prefix: some systems tell
// their sorts of key apart by it.
func (c *Conn) KeyHasPrefix(prefix string) bool {
	now, _ := c.credentials.current()
	return strings.HasPrefix(now.key.Reveal(), prefix)
}

// Adopt goes on with another key, and says what a person has to know of it.
func (c *Conn) Adopt(key model.Secret) (note string) {
	c.credentials.adopt(key)
	return c.credentials.afterChange()
}

// Follow goes on with a new key if the old one turns out to have been the
// console's own: a probe, which asks who we are, is then refused. It says what a
// person has to know of it, or nothing.
func (c *Conn) Follow(ctx context.Context, probe func(context.Context) error, key model.Secret) (note string) {
	switch err := probe(withPinnedKey(ctx, signingKey{})); {
	case KeyRefused(err):
		return c.Adopt(key)
	case err != nil:
		return "Whether authdeck itself signed in with the old key could not be asked (" + model.Reason(err) +
			"); if it is refused from now on, give its configuration the new key."
	}
	return ""
}

// Username is who the configuration signs in as; empty with a token.
func (c *Conn) Username() string { return c.credentials.username }

// SessionKey is the key that a sign-in of the console's own gave, if there is one
// in use.
func (c *Conn) SessionKey() (model.Secret, bool) {
	if c.credentials.username == "" {
		return model.Secret{}, false
	}
	now, _ := c.credentials.current()
	return now.key, !now.key.Empty()
}

// StopSignIns is for the end: no sign-in begins any more, and one that is under way is
// waited for, as long as ctx lets it. After it [Conn.SessionKey] is the last word.
func (c *Conn) StopSignIns(ctx context.Context) error { return c.credentials.stopSignIns(ctx) }

// Forget drops such a key: the next request signs in again.
func (c *Conn) Forget() { c.credentials.expire() }

// Bearer signs with "Authorization: scheme key".
func Bearer(scheme string) func(*resty.Request, model.Secret) {
	return func(r *resty.Request, key model.Secret) { r.SetHeader("Authorization", scheme+" "+key.Reveal()) }
}

// Basic signs with the user name of the configuration and its password.
func (c *Conn) Basic(r *resty.Request, password model.Secret) {
	pair := c.credentials.username + ":" + password.Reveal()
	r.SetHeader("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(pair)))
}

// redactor is that for an exchange that sent those secrets too.
func (c *Conn) redactor(hidden ...model.Secret) redact.Redactor {
	all := append(c.credentials.secrets(), hidden...)
	if c.ExtraSecrets != nil {
		all = append(all, c.ExtraSecrets()...)
	}
	return redact.New(all...)
}
