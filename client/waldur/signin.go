package waldur

import (
	"context"
	"net/http"
	"strings"

	"github.com/go-resty/resty/v2"

	"authdeck/client/wire"
	"authdeck/model"
)

// personalPrefix begins the key of every personal access token (Waldur's
// documentation, "Personal access tokens").
const personalPrefix = "w_"

// sign puts the key into the header under the word that its sort wants:
// waldur_core/core/authentication.py takes a session's key after "Token", and
// hands any other "Bearer" to an identity provider.
func sign(r *resty.Request, key model.Secret) {
	scheme := "Token"
	if strings.HasPrefix(key.Reveal(), personalPrefix) {
		scheme = "Bearer"
	}
	wire.Bearer(scheme)(r, key)
}

// byPersonal reports whether the console signs in with a personal access token.
func (w *waldur) byPersonal() bool { return w.conn.KeyHasPrefix(personalPrefix) }

// signIn trades a user name and a password for the key of the user's session,
// which is the one that a browser of theirs has too (waldur_core/core/views.py,
// ObtainAuthToken). What the server says is kept: it may be a lockout.
func (w *waldur) signIn(ctx context.Context, username string, password model.Secret) (model.Secret, error) {
	answer, err := wire.Call[struct {
		Token model.Secret `json:"token"`
	}](ctx, w.conn, wire.Request{
		Method: http.MethodPost, Path: "/api-auth/password/", Anonymous: true,
		Body: map[string]string{"username": username, "password": password.Reveal()},
	})
	switch kind := model.KindOf(err); {
	case err == nil && answer.Token.Empty():
		err = model.Fail(model.Malformed, "the server answered the sign-in without a token; does this account want a second factor?")
	case kind == model.Invalid || kind == model.Unauthorized: // the code and its own documentation disagree
		err = wire.Reword(err, model.Unauthorized, "the sign-in was refused: "+model.Reason(err))
	}
	return answer.Token, err
}

// judge says more of a refused personal access token than the server does, which
// answers "Invalid token." whatever the reason is.
func (w *waldur) judge(_ context.Context, _ wire.Request, failure error) error {
	if model.KindOf(failure) != model.Unauthorized || !w.byPersonal() {
		return failure
	}
	return wire.Reword(failure, model.Unauthorized, "this personal access token is not accepted: it has expired, is revoked or is unknown, "+
		"or the server has them switched off, for all, for this account or for this network; Waldur does not say which")
}
