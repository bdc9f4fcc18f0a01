package awx

import (
	"context"

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

// rights is what the account may see, by its own word.
func (s *server) rights(ctx context.Context) model.Check {
	check := model.Check{What: "rights over tokens", Verdict: model.OK}
	me, err := s.asker(ctx)
	switch {
	case err != nil:
		check.Verdict, check.Found = model.Failed, model.Clean(model.Reason(err))
	case me.Admin == model.Yes:
		check.Found = model.Clean("superuser: sees and deletes everybody's tokens, creates for itself only")
	case !me.Role.Empty():
		check.Found = model.Join(" ", me.Role, model.Clean("- sees everybody's tokens, changes its own"))
	default:
		check.Verdict, check.Found = model.Warning, model.Clean("sees and changes its own tokens")
		check.Advice = "sign in as a superuser to see everybody's"
	}
	return check
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
