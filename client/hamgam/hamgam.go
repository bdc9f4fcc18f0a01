// Package hamgam speaks the Hamgam core API, by its published pages
// (https://vd.hamgam.online/docs/core/users): auth_token/list, retrieve, create
// and regenerate; user/list; me/retrieve; auth_user/pwd/signin. One token a
// user, no expiry, no name; the list carries the live keys, which end here.
// It must not know another dialect, the configuration or a screen.
package hamgam

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync/atomic"

	"authdeck/client/redact"
	"authdeck/client/wire"
	"authdeck/model"
)

// hamgam is one server.
type hamgam struct {
	conn     *wire.Conn
	info     model.Info
	noDelete atomic.Bool // the server has said that it offers none
}

const (
	revealMissing = "authdeck does not show a Hamgam key again; regenerate gives a new one"
	deleteMissing = "this server offers no delete; regenerate ends the old key instead: the new one is known to you alone"
)

// Users can be narrowed to those with, or without, a token.
const (
	withToken    = "with"
	withoutToken = "without"
)

// Dialect is how a Hamgam is opened.
func Dialect() wire.Dialect {
	return wire.Dialect{Open: open, Ways: []wire.Way{wire.ByToken, wire.BySession}}
}

func open(c *wire.Conn, info model.Info) model.API {
	h := &hamgam{conn: c, info: info}
	c.Sign, c.SignIn, c.Refusals = wire.Bearer("Token"), h.signIn, refusals()
	h.info.TokenSorts = []model.Sort{
		{Key: "-id", Label: "newest first", By: model.Falling(model.ByCreated)},
		{Key: "id", Label: "oldest first", By: model.Rising(model.ByCreated)},
		{Key: "updated_at", Label: "key unchanged longest", By: model.Rising(model.ByUpdated)},
		{Key: "-updated_at", Label: "key changed last", By: model.Falling(model.ByUpdated)},
		{Key: "user", Label: "by owner's number"},
	}
	h.info.UserSorts = []model.Sort{
		{Key: "id", Label: "by number"},
		{Key: "username", Label: "by username", By: model.Rising(model.ByName)},
		{Key: "email", Label: "by e-mail", By: model.Rising(model.ByEmail)},
		{Key: "last_login", Label: "last login, longest ago", By: model.Rising(model.ByLastLogin)},
		{Key: "-last_login", Label: "last login, latest", By: model.Falling(model.ByLastLogin)},
		{Key: "-created_at", Label: "newest first", By: model.Falling(model.ByCreated)},
	}
	h.info.Endless = true                                                   // no expiry is documented anywhere
	h.info.Silent = []string{"kind", "scope", "description", "owner_email"} // a token has none of these (auth_token/retrieve)
	h.info.Lone = "Hamgam holds one token a user, so that no second one stands beside it; regenerate gives it a new key, and the old one ends at once"
	h.info.TokenWord = "no."
	h.info.TokenSearch = []string{"number", "owner's names", "mobile"}
	h.info.UserSearch = []string{"number", "names", "mobile", "e-mail"}
	h.info.TokenRanges = []model.RangeField{
		{Name: "created"}, {Name: "updated"}, {Name: "id", Kind: model.Numbers},
	}
	h.info.UserRanges = h.info.TokenRanges
	h.info.UserFilters = []model.Choice{{Value: withToken, Label: "with a token"}, {Value: withoutToken, Label: "without a token"}}
	return h
}

// Info implements [model.API].
func (h *hamgam) Info() model.Info {
	info := h.info
	info.Missing = model.Caps{
		model.Edit:    "a Hamgam token has nothing to edit but its key",
		model.Replace: "regenerate does that here",
		model.Revoke:  "Hamgam ends a token by its number and not by its key",
		model.Reveal:  revealMissing,
	}
	if h.noDelete.Load() {
		info.Missing[model.Delete] = deleteMissing
	}
	return info
}

// Close implements [model.API]. A sign-in gives the one token of the user, which
// is not the console's to end.
func (h *hamgam) Close(context.Context) error { return nil }

// signIn trades a user name and a password for a key (auth_user/pwd/signin).
func (h *hamgam) signIn(ctx context.Context, username string, password model.Secret) (model.Secret, error) {
	answer, err := wire.Call[struct {
		Token model.Secret `json:"token"`
	}](ctx, h.conn, wire.Request{
		Method: http.MethodPost, Path: "/api/users/auth/pwd/signin/", Anonymous: true,
		Body: map[string]string{"username": username, "password": password.Reveal()},
	})
	switch {
	case model.KindOf(err) == model.NotFound:
		err = notHere(err)
	case model.KindOf(err) == model.Invalid: // how Hamgam's framework answers a wrong password
		err = &model.Error{Kind: model.Unauthorized, Message: model.Clean("the user name or the password is not accepted"), Cause: err}
	case err == nil && answer.Token.Empty():
		err = model.Fail(model.Malformed, "the server answered the sign-in without a token")
	}
	return answer.Token, err
}

// WhoAmI implements [model.API]. The answer does not tell what the credential
// may do (me/retrieve): only asking for the tokens does.
func (h *hamgam) WhoAmI(ctx context.Context) (model.User, error) {
	w, err := wire.Call[user](ctx, h.conn, wire.Request{Method: http.MethodGet, Path: mePath})
	if err == nil && w.ID == 0 {
		err = model.Fail(model.Malformed, "the server answered without saying who we are; is this a Hamgam?")
	}
	return w.user(), notHere(err)
}

func notHere(failure error) error { return wire.NotThere(failure, "Hamgam", "/api/") }

// Tokens implements [model.API].
func (h *hamgam) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	if q.Filter.Only.ID != "" {
		return h.tokenOf(ctx, q)
	}
	return h.tokens(ctx, q)
}

func (h *hamgam) tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	q.Sort = cmp.Or(q.Sort, h.info.TokenSorts[0].Key)
	at, page, err := list[token](ctx, h, "/api/users/auth_tokens/", q, nil)
	if err != nil {
		return model.Page[model.Token]{}, err
	}
	found := model.Page[model.Token]{Total: page.total(), Next: at.next(len(page.Results), page.total())}
	if rows := len(page.Results); found.Next != "" {
		found.Onward = func(pages int) model.Cursor { return pageCursor{offset: at.offset + pages*rows}.encode() }
	}
	found.Items = slices.Grow(found.Items, len(page.Results))
	for _, w := range page.Results {
		if w.ID == 0 {
			return found, wire.ErrNoID("a token")
		}
		found.Items = append(found.Items, w.token(h.conn))
	}
	return found, nil
}

// tokenOf finds the one token of a user. Hamgam has no filter by owner, so the
// owner's name is searched for and the candidates are told apart by id.
func (h *hamgam) tokenOf(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	owner := q.Filter.Only
	q.Search = searchable(owner.Username, owner.Mobile)
	if q.Search == "" {
		return model.Page[model.Token]{}, model.Fail(model.Unsupported, "this user has no name that can be searched for; look for number "+owner.ID+" in the list of tokens")
	}
	for q.At = ""; ; {
		page, err := h.tokens(ctx, q)
		if err != nil {
			return page, err
		}
		page.Items = slices.DeleteFunc(page.Items, func(t model.Token) bool { return t.Owner.ID != owner.ID })
		if len(page.Items) > 0 || page.Next == "" {
			return model.Page[model.Token]{Items: page.Items, Total: len(page.Items)}, nil
		}
		q.At = page.Next
	}
}

// searchable is the first of some names that is as the server knows it.
func searchable(names ...model.Text) string {
	for _, name := range names {
		if !name.Empty() && !name.Changed() {
			return name.String()
		}
	}
	return ""
}

// list asks for one page of a list. The links in the answer are not
// looked at: behind a proxy they name hosts that are not ours.
func list[T any](ctx context.Context, h *hamgam, path string, q model.Query, more url.Values) (pageCursor, envelope[T], error) {
	at, err := parseCursor(q.At)
	if err == nil {
		err = redact.CheckSearch(q.Search)
	}
	if err == nil && q.Filter.Choice != "" && more == nil {
		err = model.Fail(model.Invalid, "this list cannot be narrowed to that")
	}
	if err != nil {
		return at, envelope[T]{}, err
	}
	query := url.Values{"limit": {strconv.Itoa(q.Size)}, "offset": {strconv.Itoa(at.offset)}, "ordering": {q.Sort}}
	maps.Copy(query, more)
	for _, r := range q.Ranges {
		setRange(query, r)
	}
	if q.Search != "" {
		query.Set("search", q.Search)
	}
	page, err := wire.Call[envelope[T]](ctx, h.conn, wire.Request{Method: http.MethodGet, Path: path, Query: query})
	if err == nil && page.Results == nil {
		err = model.Fail(model.Malformed, "the server answered without a list; is this a Hamgam?")
	}
	return at, page, err
}

// setRange adds a range in Hamgam's words: id_min and id_max, created_from and
// created_to. The pages leave open whether a bound is itself within; a single
// day has a parameter of its own.
func setRange(query url.Values, r model.Range) {
	from, to := r.Field+"_from", r.Field+"_to"
	if r.Field == "id" {
		from, to = "id_min", "id_max"
	} else if r.From == r.To {
		query.Set(r.Field+"_date", r.From)
		return
	}
	for name, value := range map[string]string{from: r.From, to: r.To} {
		if value != "" {
			query.Set(name, value)
		}
	}
}
