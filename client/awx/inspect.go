package awx

import (
	"context"
	"encoding/json"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// pong is what a server tells its load balancer.
type pong struct {
	Version model.Text `json:"version"`
}

// version asks the page that every server has.
func (s *server) version(ctx context.Context) model.Check {
	check := model.Check{What: "version"}
	path, err := s.path("ping")
	if err == nil {
		var answer pong
		answer, err = ask[pong](ctx, s, wire.Get(path))
		check.Found = answer.Version
	}
	switch {
	case err != nil:
		check.Verdict, check.Found = model.Warning, model.Clean(model.Reason(err))
		check.Advice = "ping did not answer; everything else may work all the same"
	case check.Found.Empty():
		check.Verdict, check.Found = model.Warning, model.Clean("the server does not say")
	default:
		check.Verdict = model.OK
	}
	return check
}

// rights is what the account may see and do, by its own word and by its token's.
func (i *issuer) rights(ctx context.Context) model.Check {
	check := model.Check{What: "rights over tokens", Verdict: model.OK}
	me, err := i.asker(ctx)
	switch {
	case err != nil:
		check.Verdict, check.Found = model.Failed, model.Clean(model.Reason(err))
	case me.Admin == model.Yes:
		check.Found = model.Clean("superuser: sees and deletes everybody's tokens, creates for itself only")
	case !me.Role.Empty():
		check.Found = model.Join(" ", me.Role, model.Clean("- sees everybody's tokens, changes its own"))
	default:
		check.Verdict, check.Found = model.Warning, model.Clean("sees and changes its own tokens, and those of the applications of organizations that it administers")
		check.Advice = "sign in as a superuser to see everybody's"
	}
	if err == nil && i.readOnly(ctx) {
		check.Verdict, check.Found = model.Warning, model.Join("; ", check.Found, model.Clean("but authdeck's own token is for reading alone, and changes nothing"))
		check.Advice = "to change anything, sign in with a token of the scope write"
	}
	return check
}

// metadata is what a server offers of a list to whoever asks.
type metadata struct {
	Actions wire.Maybe[map[string]json.RawMessage] `json:"actions"`
}

// readOnly reports whether the token that authdeck signs in with makes no token: the
// list then has no action but to be read (seen on AWX 24.6.2.dev0, for superusers too).
func (i *issuer) readOnly(ctx context.Context) bool {
	path, err := i.path("tokens")
	if err != nil || i.conn.Way != wire.ByToken {
		return false
	}
	offered, err := ask[metadata](ctx, i.server, wire.Request{Method: http.MethodOptions, Path: path})
	_, reads := offered.Actions.Value[http.MethodGet]
	_, makes := offered.Actions.Value[http.MethodPost]
	return err == nil && reads && !makes
}

// Inspect implements [wire.Inspector].
func (i *issuer) Inspect(ctx context.Context) []model.Check {
	checks := []model.Check{i.version(ctx), i.rights(ctx)}
	if me := i.me.Load(); me != nil && external(*me) {
		checks = append(checks, model.Check{
			What: "creating", Verdict: model.Warning, Found: model.Join(" ", model.Clean("the account is not the server's own:"), me.Kind),
			Advice: "the server makes tokens for it only with ALLOW_OAUTH2_FOR_EXTERNAL_USERS",
		})
	}
	return checks
}
