package authentik

import (
	"context"
	"slices"

	"authdeck/model"
)

// viewTokenSince is the version from which the right view_token shows the tokens of
// others; before it superusers alone see them (authentik/rbac/filters.py and, up to
// 2025.12, core/api/tokens.py; seen on 2025.12.4 and 2026.5.0-rc1). What the account
// may do is not told: users/me/ names only the rights of the system.
const viewTokenSince = "2026.02"

// since reports whether the server is of a version or newer; unsaid where its version
// is not known.
func (a *authentik) since(version string) model.Answer {
	current := a.version.Load()
	if current == nil {
		return model.Unsaid
	}
	return model.AnswerOf(month(model.Clean(*current)) >= version)
}

// notice remembers that the account was shown a token of somebody else.
func (a *authentik) notice(rows []model.Token) {
	me := a.self.Load()
	if me != nil && slices.ContainsFunc(rows, func(t model.Token) bool { return t.Owner.ID != "" && t.Owner.ID != me.ID }) {
		a.others.Store(true)
	}
}

// mayLeaveOut says what a list of tokens may be without.
func (a *authentik) mayLeaveOut(rows []model.Token) string {
	a.notice(rows)
	if me := a.self.Load(); me == nil || me.Admin != model.No || a.others.Load() {
		return ""
	}
	switch a.since(viewTokenSince) {
	case model.No:
		return "authentik shows others' tokens to superusers only."
	case model.Yes:
		return "authentik shows others' tokens to superusers and to whoever has the right view_token; this account has been shown none so far."
	default:
		return "authentik shows others' tokens to superusers only (from 2026.2 also to whoever has the global right view_token)."
	}
}

// sight says what a person who is no superuser sees, and what would show more. The
// tokens of the lowest and of the highest owner tell whether there are others' at all.
func (a *authentik) sight(ctx context.Context) (sees, advice string) {
	const superuser = "use a token of a superuser to make tokens for others"
	old := a.since(viewTokenSince) == model.No
	for _, order := range []string{"user", "-user"} {
		page, _, err := list[token](ctx, a, tokensPath, order, model.Query{Size: 1}, nil)
		if err != nil {
			return "whose tokens it sees could not be asked (" + model.Reason(err) + ")", superuser
		}
		for _, w := range page.Results {
			a.notice([]model.Token{a.row(w)})
		}
	}
	switch {
	case a.others.Load():
		return "sees tokens of others too", superuser
	case old:
		return "sees its own tokens only", "use a token of a superuser to see all tokens, and to make them for others"
	}
	return "sees its own tokens only", "give the account the global right view_token to see all (from 2026.2), or use a token of a superuser"
}
