package awx

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"authdeck/client/wire"
	"authdeck/model"
)

// issuer is a server that issues OAuth2 tokens: AWX itself, or the gateway that
// took them over from it. What differs is data.
type issuer struct {
	people
	words  string // the generation's
	note   string // what has to be known of the list of tokens
	tokens listing
	own    atomic.Pointer[string] // the id of the token that authdeck went over to, if it did

	superuserApplications bool   // only a superuser makes tokens for applications
	expiry                string // when a new token ends, as far as the generation tells
	tellsExpiry           bool   // superusers and auditors can read it
	filtersByOwner        bool   // those of one user are in the list of all, by a filter
}

const (
	replaceMissing = "regenerate does that here: it makes a successor and deletes the old one"
	revealMissing  = "the key is shown once, when it is made, and never again; regenerate gives a new one"
	revokeMissing  = "a token is ended by its number here and not by its key: find it in the list and delete it"
)

func newOAuth2(s *server) generation {
	return issuing(&issuer{
		people: people{s, withActivity(everybody(lastLogin()...))}, words: "AWX, OAuth2 tokens", tokens: issuedTokens(),
		expiry: ownExpiry, tellsExpiry: true,
	})
}

func newGateway(s *server) generation {
	s.saysWhy = true
	return issuing(&issuer{
		people: people{s, withActivity(everybody(lastLogin()...))}, words: "AAP gateway", tokens: issuedTokens(),
		expiry:                gatewayExpiry,
		filtersByOwner:        true,
		superuserApplications: true, // django-ansible-base, oauth2_provider permissions
		note:                  "These are the gateway's tokens. Whose of them an account gets to see is not documented, and those that a controller still issues by itself are not among them.",
	})
}

func issuing(i *issuer) *issuer {
	i.sign()
	i.conn.OnNewKey = func() { i.me.Store(nil); i.own.Store(nil) }
	return i
}

// issuedTokens is what can be done to a list of issued tokens. The server's own search
// looks at the description only, so that the owner and the application are looked for
// beside it (AWX, awx/api/filters.py: or__; both were asked of AWX 24.6.2.dev0). AWX shows neither when a token was used nor whether its
// owner is active, and goes by both all the same (seen on AWX 24.6.2.dev0 and on
// django-ansible-base of October 2024 and 2026.10.26). The database puts those never
// used at the end, and on top the other way round.
func issuedTokens() listing {
	return listing{
		sorts: []model.Sort{
			{Key: "-id", Label: "newest first", By: model.Falling(model.ByCreated)},
			{Key: "id", Label: "oldest first", By: model.Rising(model.ByCreated)},
			{Key: "expires", Label: "ends first", By: model.Rising(model.ByExpires)},
			{Key: "description", Label: "by description", By: model.Rising(model.ByDescription)},
			{Key: "user__username", Label: "by owner", By: model.Rising(model.ByOwner)},
			{Key: lastUsed, Label: "used longest ago; never used at the end", By: model.Rising(model.ByLastUsed)},
			{Key: "-" + lastUsed, Label: "used latest; never used on top", By: model.Falling(model.ByLastUsed)},
		},
		filters: []model.Choice{
			{Value: personal, Label: "personal tokens"},
			{Value: application, Label: "tokens of applications"},
			{Value: neverUsed, Label: "never used"},
			{Value: ownerOff, Label: "owner switched off"},
		},
		chosen: map[string][2]string{
			personal: {"application__isnull", "true"}, application: {"application__isnull", "false"},
			neverUsed: {lastUsed + "__isnull", "true"}, ownerOff: {"user__is_active", "false"},
		},
		ranges: []model.RangeField{{Name: "created"}, {Name: "expires"}, {Name: lastUsed}, {Name: "id", Kind: model.Numbers}},
		search: []string{"or__description__icontains", "or__user__username__icontains", "or__application__name__icontains"},
	}
}

// What a server goes by and need not show.
const (
	lastUsed  = "last_used" // a field, and the range by it
	neverUsed = "never-used"
	ownerOff  = "owner-off"
)

func (i *issuer) missing() model.Caps {
	return model.Caps{model.Replace: replaceMissing, model.Reveal: revealMissing, model.Revoke: revokeMissing}
}

func (i *issuer) describe(info *model.Info) {
	i.people.describe(info)
	info.Generation = i.called(i.words)
	info.Missing = i.missing()
	info.OwnerAndMore = true // what is below a user takes what tokens/ takes (awx/api/generics.py, SubListAPIView); at a gateway tokens/ is asked
	info.TokenWord, info.TokenSearch = "no.", []string{"owner", "description", "application"}
	info.TokenSorts, info.TokenFilters, info.TokenRanges = i.tokens.sorts, i.tokens.filters, i.tokens.ranges
}

// tokensOf is where the tokens of a user are, or of everybody if there is none. AWX has
// them in users/N/tokens/: the list called personal_tokens holds the caller's own,
// whatever N is (awx issue 15159). At a gateway what is below a user takes no notice of
// filters, nor of an order (seen on django-ansible-base of October 2024).
func (i *issuer) tokensOf(owner string) (string, url.Values, error) {
	path, err := i.path("tokens")
	if owner == "" || err != nil {
		return path, nil, err
	}
	below, err := i.numbered("users", owner, "tokens")
	if err != nil || !i.filtersByOwner {
		return below, nil, err
	}
	return path, url.Values{"user": {owner}}, nil
}

// Tokens implements [model.API].
func (i *issuer) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	path, within, err := i.tokensOf(q.Filter.Only.ID)
	if err != nil {
		return model.Page[model.Token]{}, err
	}
	page, err := list(ctx, i.server, path, i.tokens.within(within), q, func(w token) (model.Token, error) { return i.row(w, q) })
	page.Note = strings.TrimSpace(i.noted() + " " + aboutUse(q))
	return page, err
}

// row is a token of a list, with what the list was narrowed to and no field shows.
func (i *issuer) row(w token, q model.Query) (model.Token, error) {
	if w.ID == 0 {
		return model.Token{}, wire.ErrNoID("a token")
	}
	t := i.token(w)
	if owner := q.Filter.Only.ID; owner != "" && t.Owner.ID != owner {
		return model.Token{}, model.Fail(model.Malformed, "asked for the tokens of user "+owner+", the server answered with token "+t.Name.String()+" of somebody else")
	}
	switch {
	case q.Filter.Choice == neverUsed && t.LastUsed.Knowledge() == model.Unknown:
		t.LastUsed = model.Not(model.Never)
	case q.Filter.Choice == ownerOff:
		t.Owner.Active = model.No
		t.Note = model.Join(" ", model.Clean("Its owner is switched off, which does not end a token."), t.Note)
	}
	return t, nil
}

// aboutUse says what a range of last uses leaves out.
func aboutUse(q model.Query) string {
	if slices.ContainsFunc(q.Ranges, func(r model.Range) bool { return r.Field == lastUsed }) {
		return "Tokens that were never used have no date of use, and are not among these: that is a filter of its own."
	}
	return ""
}

// token is one off the wire, with what only authdeck knows of it.
func (i *issuer) token(w token) model.Token {
	t := w.token()
	if own := i.own.Load(); own != nil {
		t.Own = *own == t.ID
	}
	return t
}

// noted is what has to be known of the list. Who asks is not asked for that.
func (i *issuer) noted() string {
	me := i.me.Load()
	if i.note != "" || me == nil || me.Admin != model.No || !me.Role.Empty() {
		return i.note
	}
	return "This account is neither superuser nor auditor: it sees its own tokens, and those of the applications of organizations that it administers or audits."
}

// read is one token as it is now.
func (i *issuer) read(ctx context.Context, id string) (token, error) {
	path, err := i.numbered("tokens", id)
	if err != nil {
		return token{}, err
	}
	w, err := ask[token](ctx, i.server, wire.Get(path))
	if err == nil && w.ID == 0 {
		err = wire.ErrNoID("a token")
	}
	return w, err
}

// unchanged reads a token again before it is changed, and stops when it is no
// longer what the person saw. A use alone is no change, even where the server
// moves the date of the last change with it.
func (i *issuer) unchanged(ctx context.Context, t model.Token) (token, error) {
	w, err := i.read(ctx, t.ID)
	if err != nil {
		return token{}, err
	}
	if !i.same(w, t) {
		return token{}, wire.ErrChanged(t)
	}
	return w, nil
}

// same reports whether a token is what the person saw.
func (i *issuer) same(w token, t model.Token) bool {
	now := i.token(w)
	used := now.LastUsed.Knowledge() != model.Unknown && !now.LastUsed.Equal(t.LastUsed)
	return now.ID == t.ID && now.Owner.ID == t.Owner.ID && now.Description == t.Description && now.Scope == t.Scope &&
		(now.Version == t.Version || used)
}

// Close implements [model.API]. Nothing was opened.
func (i *issuer) Close(context.Context) error { return nil }

// What becomes of authdeck where a token is certainly its own.
const (
	ownRenewed = "authdeck itself signs in with this token; it goes on with the new key."
	ownEnded   = "authdeck itself signs in with this token: this signs it out."
)

// ownWarning is for a token that is the one that authdeck signs in with, or may be.
func (i *issuer) ownWarning(t model.Token, certain, perhaps string) []string {
	switch {
	case t.Own:
		return []string{certain}
	case i.maybeOwn(t):
		return []string{"It is a token of the account that authdeck signs in with, and may be the very token that it uses: " + perhaps}
	}
	return nil
}

// maybeOwn reports whether a token can be the one in use: the server shows no key
// to hold against it, until authdeck has made one itself.
func (i *issuer) maybeOwn(t model.Token) bool {
	if t.Own || i.own.Load() != nil {
		return t.Own
	}
	me := i.me.Load()
	return i.conn.Way == wire.ByToken && me != nil && me.ID == t.Owner.ID
}

// follow goes on with a new key if the old one was authdeck's own.
func (i *issuer) follow(ctx context.Context, issued model.Issued) model.Issued {
	probe := func(ctx context.Context) error {
		_, err := i.WhoAmI(ctx)
		if model.KindOf(err) == model.Unauthorized && !keyRefused(err) {
			err = wire.Reword(err, model.Unavailable, model.Reason(err))
		}
		return err
	}
	if note := i.conn.Follow(ctx, probe, issued.Key); note != "" {
		issued.Notes = append(issued.Notes, note)
	}
	if i.conn.InUse(issued.Key) {
		id := issued.Token.ID
		i.own.Store(&id)
		issued.Token.Own = true
	}
	return issued
}
