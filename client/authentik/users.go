package authentik

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

// superusers is the filter that is no type of account.
const superusers = "superuser"

// userOrders are the sorts of users. "Newest" goes by the number, which every
// version has; date_joined came with 2025.4.
func userOrders() []order {
	return []order{
		{"username", "by username", "username", model.Rising(model.ByName)},
		{"name", "by full name", "name,username", model.Rising(model.ByFullName)},
		{"email", "by e-mail", "email,username", model.Rising(model.ByEmail)},
		{"-last_login", "last login, latest", "-last_login,username", model.Falling(model.ByLastLogin)},
		{"last_login", "last login, longest ago", "last_login,username", model.Rising(model.ByLastLogin)},
		{"-pk", "newest first", "-pk", model.Falling(model.ByCreated)},
		{"pk", "oldest first", "pk", model.Rising(model.ByCreated)},
	}
}

// userFilters are what users can be narrowed to (schema, UserTypeEnum).
func userFilters() []model.Choice {
	return []model.Choice{
		{Value: "internal", Label: "internal users"},
		{Value: "external", Label: "external users"},
		{Value: machine, Label: "service accounts, agents too"},
		{Value: "internal_service_account", Label: "authentik's own service accounts"},
		{Value: superusers, Label: "superusers"},
	}
}

// Users implements [model.API].
func (a *authentik) Users(ctx context.Context, q model.Query) (model.Page[model.User], error) {
	if q.Filter.Only.ID != "" {
		return a.user(ctx, q.Filter.Only.ID)
	}
	var found model.Page[model.User]
	sent, err := ordering(userOrders(), q.Sort)
	if err != nil {
		return found, err
	}
	narrow, err := userFilter(q.Filter.Choice)
	if err != nil {
		return found, err
	}
	page, next, err := list[user](ctx, a, usersPath, sent, q, narrow)
	if err != nil {
		return found, err
	}
	found = model.Page[model.User]{Next: next, Onward: onward(q, next), Total: page.total(), Note: page.note()}
	if q.Filter.Choice == superusers { // core/api/users.py: the filter and the field do not count the same
		found.Note = sentences(found.Note, "Superusers by a group of their own; who is one through a parent group is not in this list.")
	}
	for _, w := range page.Results {
		if w.PK == 0 {
			return model.Page[model.User]{}, wire.ErrNoID("a user")
		}
		found.Items = append(found.Items, w.user())
	}
	return found, nil
}

func userFilter(choice string) (url.Values, error) {
	switch {
	case choice == "":
		return nil, nil //nolint:nilnil // no filter is no parameter
	case choice == superusers:
		return url.Values{"is_superuser": {"true"}}, nil
	case slices.ContainsFunc(userFilters(), func(c model.Choice) bool { return c.Value == choice }):
		return url.Values{"type": {choice}}, nil
	}
	return nil, model.Fail(model.Invalid, "authentik has no such kind of user")
}

// user reads one user.
func (a *authentik) user(ctx context.Context, id string) (model.Page[model.User], error) {
	var found model.Page[model.User]
	if _, err := userNumber(id); err != nil {
		return found, err
	}
	path, err := wire.Slashed("api", "v3", "core", "users", id)
	if err != nil {
		return found, err
	}
	w, err := wire.Call[user](ctx, a.conn, lean(wire.Get(path)))
	switch {
	case err != nil:
		return found, err
	case w.PK.id() != id:
		return found, wire.ErrAnother("user")
	}
	return model.Page[model.User]{Items: []model.User{w.user()}, Total: 1}, nil
}

// WhoAmI implements [model.API]. It is also when the server's version is learned,
// which is nice to have and never waited for long.
func (a *authentik) WhoAmI(ctx context.Context) (model.User, error) {
	me, err := a.me(ctx)
	if err == nil && a.version.Load() == nil {
		brief, cancel := context.WithTimeout(ctx, versionPatience)
		defer cancel()
		_, _ = a.askVersion(brief)
	}
	return me, err
}

// me asks who the credential is.
func (a *authentik) me(ctx context.Context) (model.User, error) {
	me, err := a.who(ctx, wire.Get(mePath))
	if err != nil {
		return model.User{}, err
	}
	a.self.Store(&me)
	return me, nil
}

// opens asks who another key is; nil if it opens the API.
func (a *authentik) opens(ctx context.Context, key model.Secret) error {
	r := wire.Get(mePath)
	r.Anonymous, r.Secret = true, key
	r.Header = http.Header{"Authorization": {"Bearer " + key.Reveal()}}
	_, err := a.who(ctx, r)
	return err
}

// refused reports whether the answer about another key was that it opens nothing.
func refused(err error) bool { return model.KindOf(err) == model.Forbidden && wire.FromSystem(err) }

func (a *authentik) who(ctx context.Context, r wire.Request) (model.User, error) {
	answer, err := wire.Call[struct {
		User user `json:"user"`
	}](ctx, a.conn, r)
	switch {
	case wire.Status(err) == http.StatusNotFound && !wire.FromSystem(err): // every authentik has this route
		err = wire.Reword(err, model.NotFound, "there is no API of an authentik below this address; url is that of authentik itself, without /api/v3 or /if/ and what follows")
	case err == nil && answer.User.PK == 0:
		err = model.Fail(model.Malformed, "the server answered without saying who we are; is this an authentik?")
	}
	return answer.User.user(), err
}
