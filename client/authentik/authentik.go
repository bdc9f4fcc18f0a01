// Package authentik speaks the API of authentik, /api/v3, from 2024.6 to 2026.8,
// by its published schema and its source (authentik/core/api/tokens.py and
// users.py, core/models.py, rbac/filters.py). A token is addressed by its
// identifier; the lists never hold a key; a key can be looked at again, which the
// server logs. It answers 403 to a bad credential too, and rewrites in silence
// much of what it is sent.
// It must not know another dialect, the configuration or a screen.
package authentik

import (
	"context"
	"sync/atomic"

	"authdeck/client/wire"
	"authdeck/model"
)

// Every route ends with a slash: the server does not redirect to it
// (authentik/root/settings.py, APPEND_SLASH).
const (
	tokensPath   = "/api/v3/core/tokens/"
	usersPath    = "/api/v3/core/users/"
	mePath       = "/api/v3/core/users/me/"
	versionPath  = "/api/v3/admin/version/"
	settingsPath = "/api/v3/admin/settings/"
)

// The intents that a person's token has; the server makes others for itself.
const (
	apiToken    = "api"
	appPassword = "app_password"
)

// authentik is one server, and what has been learned of it.
type authentik struct {
	conn *wire.Conn
	info model.Info

	version  atomic.Pointer[string]
	self     atomic.Pointer[model.User] // who signs in
	own      atomic.Pointer[string]     // pk of the token that the console is known to sign in with
	rotation atomic.Pointer[bool]       // whether the server has rotate_secret, once that is known
	others   atomic.Bool                // whether the account has been shown a token of somebody else
	memory   memory
}

// Dialect is how an authentik is opened.
func Dialect() wire.Dialect {
	return wire.Dialect{Open: open, Ways: []wire.Way{wire.ByToken}}
}

func open(c *wire.Conn, info model.Info) model.API {
	a := &authentik{conn: c, info: info}
	c.Sign, c.Judge, c.Explain, c.Refusals = wire.Bearer("Bearer"), a.judge, explain, refusals()
	c.OnNewKey = func() { a.self.Store(nil); a.own.Store(nil); a.others.Store(false) }
	a.info.OwnerAndMore = true
	a.info.Silent = []string{"scope", "mobile"} // a key may what its owner may; an account has no phone number
	a.info.TokenWord = "identifier"
	a.info.TokenSearch = []string{"identifier", "kind", "owner", "description"}
	a.info.UserSearch = []string{"username", "full name", "e-mail"}
	a.info.TokenSorts, a.info.UserSorts = sorts(tokenOrders()), sorts(userOrders())
	a.info.TokenFilters, a.info.UserFilters, a.info.NeverFilter = tokenChoices(), userFilters(), endless
	return a
}

// Info implements [model.API].
func (a *authentik) Info() model.Info {
	info := a.info
	info.Missing = model.Caps{
		model.Revoke: "authentik ends a token by its identifier and not by its key; find it in the list and delete it",
	}
	if v := a.version.Load(); v != nil {
		info.Generation = *v
	}
	return info
}

// Close implements [model.API]. A key is not a session: there is nothing to end.
func (a *authentik) Close(context.Context) error { return nil }

// judge tells a bad credential from a missing right. authentik's first
// authenticator sends no challenge, so that its framework answers 403 to both
// (authentik/api/authentication.py); only a good key may ask who it is.
func (a *authentik) judge(ctx context.Context, r wire.Request, failure error) error {
	if model.KindOf(failure) != model.Forbidden || !wire.FromSystem(failure) {
		return explained(failure)
	}
	if r.Path != mePath {
		if _, err := a.me(ctx); !wire.KeyRefused(err) {
			return failure
		}
	}
	return &model.Error{
		Kind: model.Unauthorized,
		Message: model.Clean("authentik does not take this key (" + model.Reason(failure) + "): it is mistyped, has expired or was rotated, " +
			"its account is switched off, or it is an app password, which the API never takes"),
		Cause: failure,
	}
}

// explain leaves out the code that the schema puts beside each sentence: it is
// for programs.
func explain(body []byte) wire.FieldErrors {
	fields := wire.ParseFieldErrors(body)
	delete(fields, "code")
	return fields
}
