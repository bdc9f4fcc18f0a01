package waldur

import (
	"context"
	"net/http"
	"slices"

	"authdeck/client/wire"
	"authdeck/model"
)

// prepareSession says whose browsers and scripts an action cuts off. It looks
// whether the session is still there: for a user without one the server fails
// instead of refusing.
func (w *waldur) prepareSession(ctx context.Context, a model.Action, number string, t model.Token) (model.Form, error) {
	if a == model.Regenerate && w.noRefresh.Load() {
		return model.Form{}, noRefresh(nil)
	}
	whose := named(t.Owner)
	form := model.Form{Danger: true, Warnings: append(w.ownWarning(a, t),
		"Waldur keeps one session a user: every browser and script of "+whose+" that uses it is signed out at once.")}
	now, err := w.readSession(ctx, number, t)
	switch {
	case stops(err):
		return model.Form{}, err
	case err != nil:
		form.Warnings = append(form.Warnings, "Whether the session is still there could not be seen ("+model.Reason(err)+").")
	case a == model.Regenerate && now.Active.quoted && w.lacksRefresh(ctx, t.Owner.ID):
		w.noRefresh.Store(true)
		return model.Form{}, noRefresh(nil)
	case a == model.Regenerate && !t.Own:
		form.Warnings = append(form.Warnings, w.tell(number, now, t)...)
	}
	if a == model.Delete {
		form.Warnings = append(form.Warnings, w.afterEnd(now.Active.Bool.Answer == model.No || t.Owner.Active == model.No))
		return form, nil
	}
	form.Warnings = append(form.Warnings, "Waldur after 8.1.2 does not show the new key here: "+whose+" finds it in their own profile then, under API token.")
	return form, nil
}

// afterEnd says what the end of a session does not end. Whom the server calls
// inactive it signs in no more (7.0.7, seen), and it has revoked their personal
// access tokens (waldur_core/core, at the deactivation).
func (w *waldur) afterEnd(inactive bool) string {
	switch {
	case inactive:
		return "Their account is inactive: they cannot sign in again while it is, and the key opens nothing already."
	case w.noPersonal.Load():
		return "They can sign in again; to lock somebody out, the account has to be made inactive."
	}
	return "They can sign in again, and their personal access tokens stay; to lock somebody out, the account has to be made inactive."
}

// ownWarning is what becomes of the console, where the session is its own.
func (w *waldur) ownWarning(a model.Action, t model.Token) []string {
	switch {
	case !t.Own:
		return nil
	case a == model.Delete:
		return []string{"authdeck itself signs in with this session, and " + w.ownEnds() + "."}
	}
	return []string{"authdeck itself signs in with this session. It goes on with the new key if the server shows it; if not, it " + w.ownEnds() + "."}
}

// tell says when a session was last used, where that is not when the person saw
// it: whoever says yes to that says it of this session.
func (w *waldur) tell(number string, now session, t model.Token) []string {
	used := now.Created.When()
	w.told.Store(number, used)
	if now.Active.quoted || used.Equal(t.LastUsed) {
		return nil
	}
	return []string{"It was used or renewed since the list was read: last on " + day(used) + "."}
}

// isTold reports whether a question has told of that use of a session.
func (w *waldur) isTold(number string, used model.When) bool {
	told, _ := w.told.Load(number)
	when, ok := told.(model.When)
	return ok && when.Equal(used)
}

// stops reports whether a failure will be that of the action too.
func stops(err error) bool {
	return slices.Contains([]model.Kind{model.NotFound, model.Invalid, model.Unauthorized, model.Forbidden}, model.KindOf(err))
}

// named is what a user is called in a sentence.
func named(u model.User) string {
	if u.Username.Empty() {
		return "this user"
	}
	return u.Username.String()
}

// ownEnds is what the console does when its own session ends and no new key is
// known.
func (w *waldur) ownEnds() string {
	if w.conn.Username() != "" {
		return "signs in again with its password"
	}
	return "is signed out until a new key stands where its configuration takes it from"
}

// same reads a session again before it is changed, and stops when it is another
// one than the person saw. A user has one, so that to end it, it does not matter
// what became of it since.
func (w *waldur) same(ctx context.Context, number string, t model.Token) (_ session, own bool, _ error) {
	me, err := w.me(ctx)
	if err != nil {
		return session{}, false, err
	}
	now, err := w.readSession(ctx, number, t)
	if err != nil {
		return session{}, false, err
	}
	own = w.owns(now, me)
	if now.id() != number || lastOf(now.User) != t.Owner.ID || own != t.Own {
		err = wire.ErrChanged(t)
	}
	return now, own, err
}

// unchanged is the same session in the state that the person knows of, from the
// list or from the question: its key may have been renewed since, for somebody
// else. Its date moves with use too, in 7.0 with every request and for the
// console's own session with this one: there it says nothing.
func (w *waldur) unchanged(ctx context.Context, number string, t model.Token) (session, bool, error) {
	now, own, err := w.same(ctx, number, t)
	used := now.Created.When()
	if err == nil && !own && !now.Active.quoted && !used.Equal(t.LastUsed) && !w.isTold(number, used) {
		err = model.Fail(model.Conflict, model.Reason(wire.ErrChanged(t))+": "+named(t.Owner)+" has used or renewed the session")
	}
	return now, own, err
}

func (w *waldur) readSession(ctx context.Context, number string, t model.Token) (session, error) {
	path, err := wire.Slashed("api", "auth-tokens", number)
	if err != nil {
		return session{}, err
	}
	row, err := wire.Call[session](ctx, w.conn, wire.Get(path))
	if err == nil && row.id() == "" {
		err = wire.ErrNoID("a token")
	}
	return row, gone(t, err)
}

// gone says in words what Waldur's 404 is: what has expired is not there either.
func gone(t model.Token, err error) error {
	if wire.Status(err) != http.StatusNotFound {
		return err
	}
	return wire.Reword(err, model.NotFound, "the session of "+named(t.Owner)+" is gone: it was ended, or its time is over")
}
