package waldur

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

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
func sign(r *resty.Request, key model.Secret) { wire.Bearer(schemeOf(key))(r, key) }

// schemeOf is the word that goes before a key.
func schemeOf(key model.Secret) string {
	if beginsWith(key, personalPrefix) {
		return "Bearer"
	}
	return "Token"
}

// byPersonal reports whether the console signs in with a personal access token.
func (w *waldur) byPersonal() bool { return w.conn.KeyHasPrefix(personalPrefix) }

// signIn trades a user name and a password for the key of the user's session,
// which is the one that a browser of theirs has too (waldur_core/core/views.py,
// ObtainAuthToken). What the server says is kept: it may be a lockout of its own. The
// one that stands before it (django-axes) refuses the right password too, in the words
// for a wrong one, and counts it (7.0.7, seen).
func (w *waldur) signIn(ctx context.Context, username string, password model.Secret) (model.Secret, error) {
	answer, err := wire.Call[struct {
		Token model.Secret `json:"token"`
	}](ctx, w.conn, wire.Request{
		Method: http.MethodPost, Path: "/api-auth/password/", Anonymous: true,
		Body: map[string]string{"username": username, "password": password.Reveal()},
	})
	switch kind := model.KindOf(err); {
	case kind == model.NotFound:
		err = notHere(err)
	case err == nil && answer.Token.Empty():
		err = model.Fail(model.Malformed, "the server answered the sign-in without a token; does this account want a second factor?")
	case wire.HasFieldError(err, passkeyField):
		err = wire.Reword(err, model.Unauthorized, "this account wants a passkey beside its password, which authdeck cannot give: sign in with a token")
	case kind == model.Unauthorized && wire.FromSystem(err):
		err = wire.Reword(err, kind, "the sign-in was refused: "+model.Reason(err)+
			" (Waldur does not always tell a wrong password from an account that is locked or inactive; a lock lasts ten minutes from the last try)")
	case kind == model.Invalid: // the code and its own documentation disagree
		err = wire.Reword(err, model.Unauthorized, "the sign-in was refused: "+model.Reason(err))
	}
	return answer.Token, err
}

// passkeyField is what 8.1.3 answers a sign-in with that lacks a passkey: a truth
// value, beside a key for the ceremony that would follow (waldur-api-client 8.1.3,
// AuthTokenChallenge).
const (
	passkeyField  = "passkey_required"
	ceremonyField = "pending_passkey_ceremony"
)

// explain reads the body of an error as [wire.ParseFieldErrors] does, and tells a
// sign-in that lacks a passkey. The key for the ceremony is nobody's to read, whatever
// the answer says beside it.
func explain(body []byte) wire.FieldErrors {
	var challenge struct {
		Passkey wire.Bool `json:"passkey_required"`
	}
	if json.Unmarshal(body, &challenge) == nil && challenge.Passkey.Answer == model.Yes {
		return wire.FieldErrors{passkeyField: {"yes"}}
	}
	fields := wire.ParseFieldErrors(body)
	delete(fields, ceremonyField)
	return fields
}

// judge says more of a failure than the server does.
func (w *waldur) judge(ctx context.Context, r wire.Request, failure error) error {
	if slices.Contains([]string{mePath, usersPath, sessionsPath}, r.Path) { // which every Waldur has
		failure = notHere(failure)
	}
	if wire.KeyRefused(failure) && w.byPersonal() {
		return w.refusedPersonal(ctx, failure)
	}
	return failure
}

func notHere(failure error) error { return wire.NotThere(failure, "Waldur", "/api/") }

// refusedPersonal says more of a refused personal access token than the server does, which
// answers "Invalid token." whatever the reason is. Whether it has them at all it tells
// everybody.
func (w *waldur) refusedPersonal(ctx context.Context, failure error) error {
	words := "it has expired, is revoked or is unknown, or is not allowed to this account or from this network; Waldur does not say which"
	switch c, err := w.configuration(ctx); {
	case err != nil:
		words = "it has expired, is revoked or is unknown, or the server has them switched off, for all, for this account or for this network; Waldur does not say which"
	case c.hasNone():
		words = "this server has none (they came with Waldur 8.0.7); sign in with a session token, or with a user name and a password"
	case c.personal() == model.No:
		words = "this server has them switched off"
	}
	return wire.Reword(failure, model.Unauthorized, "this personal access token is not accepted: "+words)
}
