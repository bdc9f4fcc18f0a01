package waldur

import (
	"context"
	"net/http"
	"net/url"

	"authdeck/client/wire"
	"authdeck/model"
)

const mePath = "/api/users/me/"

// account is who the credential belongs to.
type account struct {
	user     model.User
	personal model.Answer // whether it may use personal access tokens
}

// WhoAmI implements [model.API]. Without naming the fields the answer would hold
// the live key of the session.
func (w *waldur) WhoAmI(ctx context.Context) (model.User, error) {
	row, err := wire.Call[user](ctx, w.conn, wire.Request{
		Method: http.MethodGet, Path: mePath,
		Query: url.Values{"field": append(userFields(), "can_use_personal_access_tokens")},
	})
	if err == nil && row.id() == "" {
		err = model.Fail(model.Malformed, "the server answered without saying who we are; is this a Waldur?")
	}
	if err != nil {
		return model.User{}, err
	}
	w.account.Store(&account{user: row.user(), personal: row.MayUsePersonal.Answer})
	return w.person(row), nil
}

// me is the account as it was last told, asked for when it never was.
func (w *waldur) me(ctx context.Context) (account, error) {
	if known := w.account.Load(); known != nil {
		return *known, nil
	}
	if _, err := w.WhoAmI(ctx); err != nil {
		return account{}, err
	}
	if known := w.account.Load(); known != nil {
		return *known, nil
	}
	return account{}, model.Fail(model.Unavailable, "authdeck went over to another key in this moment; ask again")
}
