package authentik

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// tokenOrders are the sorts of tokens. A token that does not expire may hold a
// date, so the flag is sorted by before the date.
func tokenOrders() []order {
	return []order{
		{"expires", "expires soonest, never last", "-expiring,expires,identifier", model.Rising(model.ByExpires)},
		{"-expires", "expires never, then latest", "expiring,-expires,identifier", model.Falling(model.ByExpires)},
		{"identifier", "by identifier", "identifier", model.Rising(model.ByName)},
		{"-identifier", "by identifier, backwards", "-identifier", model.Falling(model.ByName)},
		{"intent", "by kind", "intent,identifier", model.Rising(model.ByKind)},
		{"user", "by owner's number", "user,identifier", model.By{}},
	}
}

// intents are what tokens can be narrowed to (schema, IntentEnum).
func intents() []model.Choice {
	return []model.Choice{
		{Value: apiToken, Label: "API tokens"},
		{Value: appPassword, Label: "app passwords"},
		{Value: "recovery", Label: "recovery links"},
		{Value: "verification", Label: "verifications"},
	}
}

// endless narrows the tokens to those that never expire (schema, expiring; seen to filter on
// 2025.12.4 and 2026.5.0-rc1).
const endless = "never"

// tokenChoices are all that tokens can be narrowed to.
func tokenChoices() []model.Choice {
	return append(intents(), model.Choice{Value: endless, Label: "that never expire"})
}

// Tokens implements [model.API].
func (a *authentik) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	var found model.Page[model.Token]
	sent, err := ordering(tokenOrders(), q.Sort)
	if err != nil {
		return found, err
	}
	narrow, err := tokenFilter(q.Filter)
	if err != nil {
		return found, err
	}
	page, next, err := list[token](ctx, a, tokensPath, sent, q, narrow)
	if err != nil {
		return found, err
	}
	found = model.Page[model.Token]{Next: next, Onward: onward(q, next), Total: page.total()}
	found.Items = slices.Grow(found.Items, len(page.Results))
	for _, w := range page.Results {
		if w.id() == "" {
			return model.Page[model.Token]{}, wire.ErrNoID("a token")
		}
		found.Items = append(found.Items, a.row(w))
	}
	found.Note = sentences(page.note(), a.mayLeaveOut(found.Items))
	return only(found, q.Filter.Only), nil
}

// tokenFilter is a filter in the server's words. There is none by a user's
// number, so the owner's name is asked for, which has to be as the server knows
// it.
func tokenFilter(f model.Filter) (url.Values, error) {
	query := url.Values{}
	switch {
	case f.Choice == "":
	case f.Choice == endless:
		query.Set("expiring", "false")
	case !slices.ContainsFunc(intents(), func(c model.Choice) bool { return c.Value == f.Choice }):
		return nil, model.Fail(model.Invalid, "authentik has no such kind of token")
	default:
		query.Set("intent", f.Choice)
	}
	switch name := f.Only.Username; {
	case f.Only.ID == "":
	case name.Empty() || name.Changed():
		return nil, model.Fail(model.Unsupported, "authentik finds the tokens of a user by name only, and the name of user "+
			model.Clean(f.Only.ID).String()+" is not one that can be sent back as it came; sort the list of tokens by owner's number")
	default:
		query.Set("user__username", name.String())
	}
	return query, nil
}

// only drops the tokens of a user who has the name by now, and is another one, and
// those of nobody knows whom.
func only(page model.Page[model.Token], owner model.User) model.Page[model.Token] {
	if owner.ID == "" {
		return page
	}
	note := ""
	page.Items = slices.DeleteFunc(page.Items, func(t model.Token) bool {
		switch t.Owner.ID {
		case owner.ID:
			return false
		case "":
			note = cmp.Or(note, "The server does not say of every token whose it is; those are left out.")
		default:
			note = "By now the name " + owner.Username.String() + " belongs to another account; read the users again."
		}
		return true
	})
	if note != "" {
		page.Total, page.Next, page.Onward, page.Note = len(page.Items), "", nil, note
	}
	return page
}

// read asks for one token.
func (a *authentik) read(ctx context.Context, id string) (token, error) {
	path, err := tokenPath(id)
	if err != nil {
		return token{}, err
	}
	w, err := wire.Call[token](ctx, a.conn, lean(wire.Get(path)))
	if err == nil && w.id() == "" {
		err = wire.ErrNoID("a token")
	}
	return w, err
}

// tokenPath is the address of a token, or of what can be done with it. With a dot in it
// a path is no route of authentik's (seen on 2025.12.4), so no token is called so.
func tokenPath(id string, more ...string) (string, error) {
	if strings.Contains(id, ".") {
		return "", model.Fail(model.Invalid, fmt.Sprintf("%q is no identifier of authentik's", id))
	}
	return wire.Slashed(append([]string{"api", "v3", "core", "tokens", id}, more...)...)
}
