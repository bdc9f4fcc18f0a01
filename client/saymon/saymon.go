// Package saymon speaks the REST API of SAYMON (Central Pult), by its published
// pages (api.saymon.tech: authentication, users, models/user, response errors).
// A token is one field of a user: it has no number, name, scope, expiry or times
// of its own, and there is one a user. There is no list of tokens, and the list of
// users, which comes whole and in no order, carries the live keys. They end here.
// It must not know another dialect, the configuration or a screen.
package saymon

import (
	"context"
	"sync"
	"sync/atomic"

	"authdeck/client/page"
	"authdeck/client/wire"
	"authdeck/model"
)

// saymon is one server.
type saymon struct {
	conn     *wire.Conn
	info     model.Info
	tokens   *page.InMemory[model.Token]
	users    *page.InMemory[model.User]
	versions versions
	session  atomic.Pointer[session] // the one that the console opened
	me       atomic.Pointer[string]  // the id of whoever signs in, once it is known
	sees     atomic.Value            // a model.Answer: does the list show who has a token
	replaced sync.Map                // by a user's id, the version of the token that a new key was asked for
}

// right is what a caller needs to see tokens and to change them.
const right = "manage-users"

// Dialect is how a SAYMON is opened.
func Dialect() wire.Dialect {
	return wire.Dialect{Open: open, Ways: []wire.Way{wire.ByBasic, wire.BySession, wire.ByToken}}
}

func open(c *wire.Conn, info model.Info) model.API {
	s := &saymon{conn: c, info: info, versions: versions{info.Host}}
	s.tokens, s.users = tokenList(s.readTokens), userList(s.readUsers)
	c.Explain, c.Judge, c.Refusals = s.explain, s.judge, refusals()
	c.OnNewKey = func() { s.me.Store(nil); s.forget() }
	switch c.Way {
	case wire.ByToken:
		c.Sign = inQuery
	case wire.BySession:
		c.Sign, c.SignIn, c.ExtraSecrets = s.withSession, s.signIn, s.beside
	case wire.ByBasic:
		c.Sign = c.Basic
	}
	s.info.Endless = true                                              // a key has no end
	s.info.Silent = []string{"kind", "scope", "description", "mobile"} // a user has one key, of which nothing is said (models/user)
	s.info.TokenSorts = []model.Sort{{Key: byLogin, Label: "by owner's login", By: model.Rising(model.ByOwner)}, {Key: byName, Label: "by owner's name", By: model.Rising(model.ByFullName)}}
	s.info.UserSorts = []model.Sort{{Key: byLogin, Label: "by login", By: model.Rising(model.ByName)}, {Key: byName, Label: "by name", By: model.Rising(model.ByFullName)}}
	s.info.TokenSearch = []string{"owner's login", "name", "e-mail", "id"}
	s.info.UserSearch = []string{"login", "name", "e-mail", "id"}
	s.info.UserFilters = []model.Choice{
		{Value: withToken, Label: "with a token"},
		{Value: withoutToken, Label: "without a token"},
		{Value: neverHad, Label: "who never had a token"},
		{Value: hadOnce, Label: "whose token was deleted"},
		{Value: lockedOut, Label: "blocked, expired or not activated"},
	}
	return s
}

// Info implements [model.API].
func (s *saymon) Info() model.Info {
	info := s.info
	info.Lone = "a SAYMON user has one token, so that no second one stands beside it; regenerate gives it a new key, and the old one ends at once"
	info.Missing = model.Caps{
		model.Edit:    "a SAYMON token has nothing to edit but its key",
		model.Replace: "regenerate does that here: a user has one token",
		model.Revoke:  "SAYMON ends a token by its user and not by its key",
		model.Reveal:  "SAYMON would hand out every key with its list of users; authdeck does not show them, and regenerate gives a new one",
	}
	return info
}

// WhoAmI implements [model.API]. Permissions that come from a group may be left
// out of this answer (get-current-user does not say).
func (s *saymon) WhoAmI(ctx context.Context) (model.User, error) {
	w, err := s.current(ctx)
	if err != nil {
		return model.User{}, err
	}
	defer w.Token.value.Wipe()
	seen := s.seen()
	return w.user(w.Token.there() || seen == model.Yes || seen == model.Unsaid && w.permitted()), nil
}

// seen is what the last list said: whether the server shows who has a token.
func (s *saymon) seen() model.Answer {
	answer, _ := s.sees.Load().(model.Answer)
	return answer
}

// current reads whoever signs in (get-current-user).
func (s *saymon) current(ctx context.Context) (user, error) {
	w, err := wire.Call[oneUser](ctx, s.conn, wire.Get("/node/api/users/current"))
	if err == nil && w.ID == "" {
		err = model.Fail(model.Malformed, "the server answered without saying who we are; is this a SAYMON?")
	}
	if err == nil {
		s.me.Store(&w.ID)
	}
	return user(w), err
}

// isMe reports whether a user is the one that the console signs in as, as far as
// that is known.
func (s *saymon) isMe(id string) bool {
	me := s.me.Load()
	return me != nil && *me == id
}

// at is a path under the users.
func at(parts ...string) (string, error) {
	return wire.Path(append([]string{"node", "api", "users"}, parts...)...)
}

// forget says that what was read of either list is not true any more: the users say
// who has a token.
func (s *saymon) forget() {
	s.tokens.Forget()
	s.users.Forget()
}
