// Package waldur speaks Waldur MasterMind, 7.0 to 8.1, by its sources
// (github.com/waldur/waldur-mastermind, src/waldur_core) and the clients made
// from its OpenAPI schema. One session token a user, whose key nobody is shown
// and which use keeps alive; and from 8.0.7 on personal access tokens, of which
// everybody sees their own.
// It must not know another dialect, the configuration or a screen.
package waldur

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"authdeck/client/page"
	"authdeck/client/wire"
	"authdeck/model"
)

// waldur is one server.
type waldur struct {
	conn *wire.Conn
	info model.Info
	list *page.InMemory[model.Token]

	account    atomic.Pointer[account] // who we are, once that is known
	noPersonal atomic.Bool             // the server has no personal access tokens
	askAgain   atomic.Bool             // whether that is still so, with the next list
	noRefresh  atomic.Bool             // the server gives no session a new key
	told       sync.Map                // by a session's number, the last use of it that a question has told, or that was there before a new key
	made       sync.Map                // by the name of a new personal token, the numbers that there were before it
}

const (
	personalByPersonal = "Waldur lets nobody manage personal access tokens with one; sign in with a session token, or with a user name and a password"
	personalMissing    = "this server has no personal access tokens (they came with Waldur 8.0.7), and a session begins only when its owner signs in"
	refreshMissing     = "this server is older than the new keys for sessions; delete ends a session, and its owner signs in again"
)

// Dialect is how a Waldur is opened.
func Dialect() wire.Dialect {
	return wire.Dialect{Open: open, Ways: []wire.Way{wire.ByToken, wire.BySession}}
}

func open(c *wire.Conn, info model.Info) model.API {
	w := &waldur{conn: c, info: info}
	c.Sign, c.SignIn, c.Judge, c.Refusals, c.Explain = sign, w.signIn, w.judge, refusals(), explain
	c.OnNewKey = func() { w.account.Store(nil); w.list.Forget() }
	w.list = w.tokenList()
	w.info.OwnerAndMore = true
	w.info.UsersRecorded = true                                               // one row of an audit for each user that is read
	w.info.Silent = []string{"scope", "description", "mobile", "owner_email"} // of a session; a personal one has its scopes; a phone number is not asked for
	w.info.TokenSorts = []model.Sort{
		{Key: byOwner, Label: "by owner", By: model.Rising(model.ByOwner)},
		{Key: "-last_used", Label: "used last", By: model.Falling(model.ByLastUsed)},
		{Key: "last_used", Label: "used longest ago", By: model.Rising(model.ByLastUsed)},
		{Key: "expires", Label: "expires soonest", By: model.Rising(model.ByExpires)},
		{Key: "kind", Label: "by kind", By: model.Rising(model.ByKind)},
	}
	w.info.TokenSearch = []string{"owner", "full name", "name"}
	w.info.UserSearch = []string{"username", "full name", "e-mail"}
	w.info.TokenRanges = []model.RangeField{{Name: "last_used"}, {Name: "expires"}}
	w.info.TokenFilters = []model.Choice{
		{Value: onlySessions, Label: "sessions"},
		{Value: onlyPersonal, Label: "personal access tokens"},
		{Value: onlyEndless, Label: "never expires"},
		{Value: onlyInactive, Label: "of inactive users"},
		{Value: onlyEnded, Label: "revoked or expired"},
	}
	w.info.UserSorts = []model.Sort{
		{Key: "username", Label: "by username", By: model.Rising(model.ByName)},
		{Key: "-username", Label: "by username, backwards", By: model.Falling(model.ByName)},
		{Key: "full_name", Label: "by name", By: model.Rising(model.ByFullName)},
		{Key: "email", Label: "by e-mail", By: model.Rising(model.ByEmail)},
	}
	w.info.UserFilters = []model.Choice{
		{Value: "active", Label: "active"},
		{Value: "inactive", Label: "inactive"},
		{Value: "staff", Label: "staff"},
		{Value: "support", Label: "support"},
	}
	return w
}

// Info implements [model.API].
func (w *waldur) Info() model.Info {
	info := w.info
	info.Missing = model.Caps{
		model.Edit:    "Waldur does not change a token: a session's lifetime is its owner's to set, and a personal access token is made anew",
		model.Replace: "regenerate does that here: a session gets a new key, a personal access token is rotated",
		model.Reveal:  "authdeck does not show a Waldur key again: where a server still does that for staff, it walks past the owner's second factor; regenerate gives a new key",
	}
	switch {
	case w.noPersonal.Load():
		info.Missing[model.Create] = personalMissing
		info.TokenFilters = slices.DeleteFunc(slices.Clone(info.TokenFilters), ofPersonal)
	case w.byPersonal():
		info.Missing[model.Create] = personalByPersonal
	}
	if w.noRefresh.Load() && w.noPersonal.Load() {
		info.Missing[model.Regenerate] = refreshMissing
	}
	return info
}

// ofPersonal reports whether a filter lets through personal access tokens alone: a
// session that has ended is not listed.
func ofPersonal(c model.Choice) bool { return c.Value == onlyPersonal || c.Value == onlyEnded }

// Close implements [model.API]. Waldur's logout deletes the one token that a user
// has and so ends every browser and script of theirs: a session is left to its
// lifetime, also one that the console began.
func (w *waldur) Close(context.Context) error { return nil }
