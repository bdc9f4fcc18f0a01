package waldur

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// revokeForm asks for the key of a session. Who logs out ends the session of the key
// that the request comes with (waldur_core/core/views.py, logout; 7.0.7, seen), so that
// it needs no right but the key.
func revokeForm() model.Form {
	return model.Form{
		Danger: true,
		Fields: []model.Field{{Key: "key", Label: "key", Kind: model.AskSecret, Help: "of a session, whoever's it is"}},
		Warnings: []string{
			"Waldur keeps one session a user: every browser and script that uses this key is signed out at once. Its user can sign in again.",
			"authdeck asks with the key before it is ended, and again after.",
		},
	}
}

// endPasted ends the session of a key, whoever's it is, and tries the key afterwards.
func (w *waldur) endPasted(ctx context.Context, key model.Secret) (model.Issued, error) {
	if err := ofSession(key); err != nil {
		return model.Issued{}, err
	}
	holder, err := w.holder(ctx, key)
	if wire.KeyRefused(err) {
		err = wire.Reword(err, model.NotFound, "the server does not accept this key ("+model.Reason(err)+
			"): it has ended, is none of a session here, or its user is inactive and it opens nothing")
	}
	if err != nil {
		return model.Issued{}, err
	}
	own := w.conn.InUse(key)
	_, err = wire.Call[wire.Nothing](ctx, w.conn, with(key, http.MethodPost, "/api-auth/logout/"))
	if err != nil && !wire.MayBeDuplicate(err, true) {
		return model.Issued{}, err
	}
	ended, unread := w.staysRefused(ctx, key)
	notes, err := wire.Deletion{
		Denied: err, There: !ended && unread == nil, Unread: unread,
		Still: "the key still opens as " + named(holder) + ": it was not ended, or was written back because it is in use; to lock somebody out, make the account inactive",
	}.Outcome()
	if err != nil {
		return model.Issued{}, err
	}
	if ended {
		notes = append(notes, "The key opened as "+named(holder)+" before, and the server refuses it now.")
	}
	return model.Issued{Notes: append(notes, w.afterOwn(own)...)}, nil
}

// ofSession refuses what cannot be the key of a session, before anything is sent. To
// log out with a personal access token would end a session, and not the token.
func ofSession(key model.Secret) error {
	switch plain := key.Reveal(); {
	case plain == "" || strings.ContainsFunc(plain, func(r rune) bool { return r <= ' ' || r > '~' }):
		return model.Fail(model.Invalid, "key: it is letters and digits, without blanks")
	case strings.HasPrefix(plain, personalPrefix):
		return model.Fail(model.Unsupported, "this is a personal access token, and Waldur ends those by their number only: whoever owns it finds it in their list")
	}
	return nil
}

// with is a request that is signed with a key of a session other than the console's.
func with(key model.Secret, method, path string) wire.Request {
	return wire.Request{
		Method: method, Path: path, Anonymous: true, Asked: true, Secret: key,
		Header: http.Header{"Authorization": {"Token " + key.Reveal()}},
	}
}

// holder is whom the server takes the bearer of a key for. Something in front of it may
// refuse too, and knows nothing of the key.
func (w *waldur) holder(ctx context.Context, key model.Secret) (model.User, error) {
	r := with(key, http.MethodGet, mePath)
	r.Query = url.Values{"field": {"uuid", "username"}}
	row, err := wire.Call[user](ctx, w.conn, r)
	switch {
	case err == nil && row.id() == "":
		err = model.Fail(model.Malformed, "the server answered without saying whose the key is")
	case model.KindOf(err) == model.Unauthorized && !wire.KeyRefused(err):
		err = wire.Reword(err, model.Unavailable, model.Reason(err)+": this is not the way in which Waldur refuses a key, so that nothing is known of it")
	}
	return row.user(), err
}

// staysRefused tries a key after its end, and once more a moment later: a Waldur of
// 7.0 writes a session back that is used while it is deleted, and a key that somebody
// wants to end is often in use.
func (w *waldur) staysRefused(ctx context.Context, key model.Secret) (bool, error) {
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	refused := func(ctx context.Context) (bool, error) {
		_, err := w.holder(ctx, key)
		if wire.KeyRefused(err) {
			return true, nil
		}
		return false, err
	}
	ended, err := w.conn.Confirm(ctx, refused)
	if !ended || err != nil {
		return ended, err
	}
	if err = w.conn.Pause(ctx); err != nil {
		return false, err
	}
	return refused(ctx)
}

// lookPasted tries a key that was to be ended.
func (w *waldur) lookPasted(ctx context.Context, key model.Secret) (model.Finding, error) {
	if key.Empty() {
		return model.Finding{Words: "authdeck does not hold the key any more, so that it cannot be tried."}, nil
	}
	holder, err := w.holder(ctx, key)
	switch {
	case err == nil:
		return model.Finding{End: model.Unseen, Words: "The key still opens as " + named(holder) + "."}, nil
	case wire.KeyRefused(err):
		return model.Finding{End: model.Visible, Words: "The server refuses the key now."}, nil
	}
	return model.Finding{}, err
}
