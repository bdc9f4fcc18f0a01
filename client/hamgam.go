package client

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync/atomic"

	"github.com/go-resty/resty/v2"

	"authdeck/model"
)

// hamgam speaks the Hamgam core API, by its published pages
// (https://vd.hamgam.online/docs/core/users): auth_token/list, retrieve, create
// and regenerate; user/list; me/retrieve; auth_user/pwd/signin. One token a
// user, no expiry, no name; the list carries the live keys, which end here.
type hamgam struct {
	conn     *conn
	info     model.Info
	noDelete atomic.Bool // the server has said that it offers none
}

const (
	hamgamReveal   = "authdeck does not show a Hamgam key again; regenerate gives a new one"
	hamgamNoDelete = "this server offers no delete; regenerate ends the old key instead: the new one is known to you alone"
)

func openHamgam(c *conn, info model.Info) model.API {
	h := &hamgam{conn: c, info: info}
	c.sign = func(r *resty.Request, key model.Secret) {
		r.SetHeader("Authorization", "Token "+key.Reveal())
	}
	c.key.signIn = h.signIn
	h.info.TokenSorts = []model.Sort{
		{Key: "-id", Label: "newest first"},
		{Key: "id", Label: "oldest first"},
		{Key: "updated_at", Label: "key unchanged longest"},
		{Key: "-updated_at", Label: "key changed last"},
		{Key: "user", Label: "by owner's number"},
	}
	h.info.UserSorts = []model.Sort{
		{Key: "id", Label: "by number"},
		{Key: "username", Label: "by username"},
		{Key: "email", Label: "by e-mail"},
		{Key: "last_login", Label: "last login, longest ago"},
		{Key: "-last_login", Label: "last login, latest"},
		{Key: "-created_at", Label: "newest first"},
	}
	h.info.TokenRanges = []model.RangeField{
		{Name: "created"}, {Name: "updated"}, {Name: "id", Kind: model.Numbers},
	}
	h.info.UserRanges = h.info.TokenRanges
	h.info.Holders = true
	h.info.Form = []model.Field{{
		Label: "user", Kind: model.AskUser, Filter: model.Filter{HasToken: model.No},
		Help: "Hamgam holds one token a user: these have none yet",
	}}
	h.info.Consequence = map[model.Action]string{
		model.Regenerate: "The old key stops working at once: whatever uses it is signed out until it gets the new one.",
		model.Delete:     "The key stops working at once and does not come back: whatever uses it is signed out.",
	}
	return h
}

// Info implements [model.API].
func (h *hamgam) Info() model.Info {
	info := h.info
	info.Missing = model.Caps{model.Reveal: hamgamReveal}
	if h.noDelete.Load() {
		info.Missing[model.Delete] = hamgamNoDelete
	}
	return info
}

// signIn trades a user name and a password for a key (auth_user/pwd/signin).
func (h *hamgam) signIn(ctx context.Context, username string, password model.Secret) (model.Secret, error) {
	answer, err := call[struct {
		Token model.Secret `json:"token"`
	}](ctx, h.conn, request{
		method: http.MethodPost, path: "/api/users/auth/pwd/signin/", open: true,
		body: map[string]string{"username": username, "password": password.Reveal()},
	})
	switch {
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
	w, err := call[hamgamUser](ctx, h.conn, request{method: http.MethodGet, path: "/api/users/me/"})
	if err == nil && w.ID == 0 {
		err = model.Fail(model.Malformed, "the server answered without saying who we are; is this a Hamgam?")
	}
	return w.user(), err
}

// Tokens implements [model.API].
func (h *hamgam) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	if q.Filter.Only.ID != "" {
		return h.tokenOf(ctx, q)
	}
	return h.tokens(ctx, q)
}

func (h *hamgam) tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	q.Sort = cmp.Or(q.Sort, h.info.TokenSorts[0].Key)
	at, page, err := hamgamList[hamgamToken](ctx, h, "/api/users/auth_tokens/", q, nil)
	if err != nil {
		return model.Page[model.Token]{}, err
	}
	found := model.Page[model.Token]{Total: page.total(), Next: at.after(len(*page.Results), page.total())}
	for _, w := range *page.Results {
		if w.ID == 0 {
			return found, model.Fail(model.Malformed, "the server answered with a token that has no id")
		}
		found.Items = append(found.Items, w.token(h.conn.key))
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

// hamgamList asks for one page of a list. The links in the answer are not
// looked at: behind a proxy they name hosts that are not ours.
func hamgamList[T any](ctx context.Context, h *hamgam, path string, q model.Query, more url.Values) (place, hamgamPage[T], error) {
	at, err := placeOf(q.At)
	if err == nil {
		err = harmless(q.Search)
	}
	if err != nil {
		return at, hamgamPage[T]{}, err
	}
	query := url.Values{"limit": {strconv.Itoa(q.Size)}, "offset": {strconv.Itoa(at.offset)}, "ordering": {q.Sort}}
	maps.Copy(query, more)
	for _, r := range q.Ranges {
		hamgamRange(query, r)
	}
	if q.Search != "" {
		query.Set("search", q.Search)
	}
	page, err := call[hamgamPage[T]](ctx, h.conn, request{method: http.MethodGet, path: path, query: query})
	if err == nil && page.Results == nil {
		err = model.Fail(model.Malformed, "the server answered without a list; is this a Hamgam?")
	}
	return at, page, err
}

// hamgamRange adds a range in Hamgam's words: id_min and id_max, created_from and
// created_to. The pages leave open whether a bound is itself within; a single
// day has a parameter of its own.
func hamgamRange(query url.Values, r model.Range) {
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

// harmless refuses a search for a key: the server would find it, and every log
// on the way would hold it.
func harmless(search string) error {
	if keyLike().MatchString(search) {
		return model.Fail(model.Invalid, "this looks like a key; a search would write it into the logs on the way, so it is not sent")
	}
	return nil
}
