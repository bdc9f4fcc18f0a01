package awx

import (
	"context"

	"authdeck/client/wire"
	"authdeck/model"
)

// tokenless is an AWX that has no tokens any more (awx pull request 15666, "Remove
// oauth provider").
type tokenless struct{ people }

const noTokens = "this server has no token endpoints any more: AWX took its tokens out after 2024, and the automation platform keeps them at its gateway"

func newTokenless(s *server) generation {
	s.sign()
	return &tokenless{people{s, everybody(lastLogin()...)}}
}

func (b *tokenless) describe(info *model.Info) {
	b.people.describe(info)
	info.Generation = b.called("AWX without tokens")
	info.Missing = model.Caps{}
	for _, a := range model.Actions() {
		info.Missing[a] = noTokens
	}
}

// Tokens implements [model.API].
func (b *tokenless) Tokens(context.Context, model.Query) (model.Page[model.Token], error) {
	return model.Page[model.Token]{}, model.Fail(model.Unsupported, noTokens)
}

// Prepare implements [model.API].
func (b *tokenless) Prepare(context.Context, model.Action, model.Token) (model.Form, error) {
	return model.Form{}, model.Fail(model.Unsupported, noTokens)
}

// Do implements [model.API].
func (b *tokenless) Do(context.Context, model.Order) (model.Issued, error) {
	return model.Issued{}, model.Fail(model.Unsupported, noTokens)
}

// Look implements [model.API].
func (b *tokenless) Look(context.Context, model.Order) (model.Finding, error) {
	return model.Finding{}, model.Fail(model.Unsupported, noTokens)
}

// Close implements [model.API]. Nothing was opened.
func (b *tokenless) Close(context.Context) error { return nil }

// Inspect implements [wire.Inspector].
func (b *tokenless) Inspect(ctx context.Context) []model.Check {
	checks := []model.Check{b.version(ctx), {
		What: "tokens", Verdict: model.Warning, Found: model.Clean(noTokens),
		Advice: "for the tokens of an automation platform give the address of its gateway",
	}}
	if b.conn.Way == wire.ByToken {
		checks[1].Advice += "; sign in here with a user name and a password"
	}
	return checks
}
