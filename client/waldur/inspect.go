package waldur

import (
	"context"
	"fmt"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// configuration is what a Waldur says of itself to anybody.
type configuration struct {
	Core *struct {
		Personal wire.Bool `json:"PAT_ENABLED"`
	} `json:"WALDUR_CORE"`
}

// personal is whether personal access tokens are switched on; unsaid by a server
// that has none.
func (c configuration) personal() model.Answer {
	if c.Core == nil {
		return model.Unsaid
	}
	return c.Core.Personal.Answer
}

// hasNone reports whether the server says what it is without a word of personal
// access tokens: later ones always say whether they are switched on.
func (c configuration) hasNone() bool { return c.Core != nil && c.Core.Personal.Answer == model.Unsaid }

func (w *waldur) configuration(ctx context.Context) (configuration, error) {
	r := wire.Get("/api/configuration/")
	r.Anonymous = true
	return wire.Call[configuration](ctx, w.conn, r)
}

// Inspect implements [wire.Inspector].
func (w *waldur) Inspect(ctx context.Context) []model.Check {
	own := w.inspectPersonal(ctx) // decides what is advised of the others
	return []model.Check{w.inspectVersion(ctx), w.inspectSessions(ctx), own}
}

// inspectVersion asks for the version, which servers before 8.1.2 tell to staff
// and support only.
func (w *waldur) inspectVersion(ctx context.Context) model.Check {
	answer, err := wire.Call[struct {
		Version model.Text `json:"version"`
	}](ctx, w.conn, wire.Get("/api/version/"))
	check := model.Check{What: "version", Verdict: model.OK, Found: model.Join(" ", model.Clean("Waldur"), answer.Version)}
	switch {
	case model.KindOf(err) == model.Forbidden:
		check.Verdict, check.Found = model.Warning, model.Clean("this server tells it to staff and support only")
	case err != nil:
		check.Verdict, check.Found = model.Warning, model.Clean(model.Reason(err))
	case answer.Version.Empty():
		check.Verdict, check.Found = model.Warning, model.Clean("the server does not say")
	}
	return check
}

// inspectSessions looks whether the sessions may be seen, and why not.
func (w *waldur) inspectSessions(ctx context.Context) model.Check {
	page, err := fetchPage[session](ctx, w, sessionsPath, 1, 1, nil)
	check := model.Check{What: "sessions", Verdict: model.OK, Found: model.Clean("the sessions of all users are shown")}
	switch {
	case err == nil && page.total != model.Uncounted:
		check.Found = model.Clean(fmt.Sprintf("the sessions of all users are shown: %d of them", page.total))
	case model.KindOf(err) == model.Forbidden:
		check.Verdict, check.Found = model.Warning, model.Clean("they are shown to staff only")
		check.Advice = "sign in with a staff account; without one authdeck shows your own personal access tokens"
		if w.noPersonal.Load() {
			check.Advice = "sign in with a staff account"
		}
		if me, err := w.me(ctx); err == nil && me.user.Staff == model.Yes && w.byPersonal() {
			check.Advice = "give the personal access token the scope STAFF.ACCESS"
		}
	case err != nil:
		check.Verdict, check.Found = model.Failed, model.Clean(model.Reason(err))
	}
	return check
}

// inspectPersonal looks whether personal access tokens are there, switched on,
// allowed to this account, and manageable by this credential.
func (w *waldur) inspectPersonal(ctx context.Context) model.Check {
	check := model.Check{What: "personal access tokens", Verdict: model.Warning}
	config, err := w.configuration(ctx)
	_, failure := fetchPage[personal](ctx, w, personalPath, 1, 1, nil)
	me, _ := w.me(ctx) // what is not known is no obstacle
	switch {
	case wire.Status(failure) == http.StatusNotFound:
		w.noPersonal.Store(w.noPersonal.Load() || err == nil && config.hasNone())
		check.Verdict, check.Found = model.OK, model.Clean("this server has none; they came with Waldur 8.0.7")
	case failure != nil:
		check.Found = model.Clean(model.Reason(failure))
	case config.personal() == model.No:
		check.Found, check.Advice = model.Clean("switched off on this server"), "an administrator of the server can set PAT_ENABLED"
	case me.personal == model.No:
		check.Found, check.Advice = model.Clean("this account may not use them"), "staff can allow it for the account"
	case w.byPersonal():
		check.Found = model.Clean("authdeck signs in with one, and so cannot make, rotate or revoke any")
		check.Advice = "sign in with a session token, or with a user name and a password"
	case err != nil || config.personal() == model.Unsaid:
		check.Found = model.Clean("the server has them, and does not say whether they are switched on")
	default:
		check.Verdict, check.Found = model.OK, model.Clean("switched on")
	}
	return check
}
