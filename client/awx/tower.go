package awx

import (
	"context"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-resty/resty/v2"

	"authdeck/client/page"
	"authdeck/client/wire"
	"authdeck/model"
)

// tower is a server of the first generation. Its tokens are sign-ins: bound to the
// caller's address and User-Agent, ended by disuse, and listed nowhere (Tower 3.2
// docs, auth_token; AWX 1.0.4, awx/api/authentication.py). So authdeck keeps a list
// of those that it made, with their keys, for without a key none can be ended.
type tower struct {
	people
	made *sessionStore
	met  atomic.Bool // the console has signed in once, and knows as whom
	took sync.Map    // the digests of keys that were pasted and that the server took from here
	list page.InMemory[model.Token]
}

const (
	noList = "This server keeps no list of its auth tokens: these are the ones that authdeck has made since it was started."
	disuse = "It ends by disuse: 30 minutes after it was last used, unless the server is set otherwise."
	bound  = "An auth token works only from the address of this machine and with authdeck's User-Agent: to any other caller the server denies that it exists."
)

func newTower(s *server) generation {
	t := &tower{people: people{s, everybody()}, made: &sessionStore{}}
	token := wire.Bearer("Token")
	s.conn.Judge = t.judge
	s.conn.OnNewKey = func() { s.me.Store(nil) }
	s.conn.Sign = func(r *resty.Request, key model.Secret) {
		t.made.used(key, time.Now())
		token(r, key)
	}
	if s.conn.Way == wire.ByBasic {
		s.conn.SignIn = t.signIn
	}
	t.list = page.InMemory[model.Token]{
		Read:  func(context.Context) ([]model.Token, string, error) { return t.made.tokens(s.conn), noList, nil },
		ID:    func(t model.Token) string { return t.ID },
		Text:  func(t model.Token) string { return t.Name.String() + " " + t.Owner.Username.String() },
		Order: "-id",
		Sorts: map[string]func(a, b model.Token) int{
			"-id":     func(a, b model.Token) int { return ordinal(b) - ordinal(a) },
			"id":      func(a, b model.Token) int { return ordinal(a) - ordinal(b) },
			"expires": page.Earlier(func(t model.Token) model.When { return t.Expires }),
		},
		Keep: ofOwner,
	}
	return t
}

func ordinal(t model.Token) int {
	n, _ := strconv.Atoi(t.ID) // ours
	return n
}

// ofOwner goes by the name where the server did not tell whose a sign-in is: it
// is the name that was signed in with.
func ofOwner(t model.Token, f model.Filter) bool {
	if t.Owner.ID == "" {
		return f.Only.ID == "" || f.Only.Username == t.Owner.Username
	}
	return f.Only.ID == "" || f.Only.ID == t.Owner.ID
}

func (t *tower) missing() model.Caps {
	return model.Caps{
		model.Edit:    "an auth token has nothing to edit",
		model.Replace: "regenerate does that here",
		model.Reveal:  "the key is shown once; to create a token for the same user from here gives the same key again, while it lasts",
	}
}

func (t *tower) describe(info *model.Info) {
	t.people.describe(info)
	info.Generation = t.called("Tower, auth tokens")
	info.Missing, info.Lone = t.missing(), towerLone
	info.Silent = append(info.Silent, "scope", "description")
	info.TokenWord, info.TokenSearch = "no.", []string{"number", "owner"}
	info.TokenSorts = []model.Sort{
		{Key: "-id", Label: "newest first", By: model.Falling(model.ByCreated)},
		{Key: "id", Label: "oldest first", By: model.Rising(model.ByCreated)},
		{Key: "expires", Label: "ends first", By: model.Rising(model.ByExpires)},
	}
}

// Tokens implements [model.API]. Nothing is asked of the server, which could not
// answer.
func (t *tower) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	var info model.Info
	t.describe(&info)
	here := listing{sorts: info.TokenSorts}
	if _, err := here.order(q.Sort); err != nil {
		return model.Page[model.Token]{}, err
	}
	if err := here.narrow(nil, q); err != nil {
		return model.Page[model.Token]{}, err
	}
	if err := t.signedIn(ctx); err != nil {
		return model.Page[model.Token]{}, err
	}
	return t.list.Page(ctx, q)
}

// signedIn makes sure of the console's own sign-in, which is in the list too, if it
// is not there yet.
func (t *tower) signedIn(ctx context.Context) error {
	if t.met.Load() || !t.conn.Way.WithPassword() {
		return nil
	}
	_, err := t.WhoAmI(ctx)
	return err
}

// WhoAmI implements [model.API].
func (t *tower) WhoAmI(ctx context.Context) (model.User, error) {
	t.renew()
	me, err := t.people.WhoAmI(ctx)
	if err == nil {
		t.made.mine(t.conn, me)
		t.met.Store(true)
	}
	return me, err
}

// Users implements [model.API].
func (t *tower) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	t.renew()
	return t.people.Users(ctx, q)
}

// renew lets the next request sign in again where disuse has ended what authdeck
// signed in with, in place of a request that is refused.
func (t *tower) renew() {
	if key, signedIn := t.conn.SessionKey(); signedIn && t.made.over(key, time.Now()) {
		t.conn.Forget()
	}
}

// Close implements [model.API]. It ends what authdeck signed in with, but for a
// key that a person was given too: the server makes one for both.
func (t *tower) Close(ctx context.Context) error {
	defer t.made.forget()
	key, signedIn := t.conn.SessionKey()
	if !signedIn || t.made.shared(key) {
		return nil
	}
	t.conn.Forget()
	return t.revoke(ctx, key)
}

// Inspect implements [wire.Inspector].
func (t *tower) Inspect(ctx context.Context) []model.Check {
	sign := model.Check{What: "sign-in", Verdict: model.OK, Found: model.Clean("with user name and password, for an auth token that ends with authdeck")}
	if t.conn.Way == wire.ByToken {
		sign = model.Check{
			What: "sign-in", Verdict: model.Warning,
			Found:  model.Clean("with an auth token, which is bound to this address and User-Agent and ends by disuse"),
			Advice: "give a user name and a password instead: authdeck then signs in whenever it has to",
		}
	}
	return []model.Check{t.version(ctx), sign, {What: "tokens", Verdict: model.Warning, Found: model.Clean(noList)}}
}

// judge says what the first generation's refusals mean. From AWX 1.0.3 on a server
// does not tell an ended token from an unknown one (by its code; not run). With Basic
// switched off it answers 403 in place of 401 wherever it does not see the word Token
// (AWX 1.0.4, awx/api/authentication.py; tower-cli issue 602), also to the two lists
// that are open to everybody who is signed in.
func (t *tower) judge(_ context.Context, r wire.Request, err error) error {
	forAll := strings.HasSuffix(r.Path, "/me/") || strings.HasSuffix(r.Path, "/users/")
	switch kind := model.KindOf(err); {
	case !wire.FromSystem(err):
	case kind == model.Unauthorized:
		return wire.Reword(err, kind, "the auth token is not accepted: it is wrong, or has ended by disuse or because somebody revoked it, or was made from another address or with another User-Agent, to which it is bound")
	case kind == model.Forbidden && forAll:
		return wire.Reword(err, model.Unauthorized, "the server did not see the auth token, and sign-in with Basic is switched off there; does a proxy on the way take the Authorization header away?")
	}
	return moved(err)
}
