package waldur

import (
	"context"
	"slices"
	"strings"
	"time"

	"authdeck/client/page"
	"authdeck/client/redact"
	"authdeck/client/wire"
	"authdeck/model"
)

const (
	sessionsPath = "/api/auth-tokens/"
	personalPath = "/api/personal-access-tokens/"

	byOwner = "owner"

	onlySessions = "session"
	onlyPersonal = "personal"
	onlyEndless  = "never"
	onlyInactive = "inactive"
	onlyEnded    = "ended"
)

const (
	staffOnly = "Sessions are shown to staff only: these are your own personal access tokens."
	ownOnly   = "Of personal access tokens you see your own: Waldur shows them to nobody else."
)

// tokenList is the sessions of all users and the personal access tokens of our
// own in one list. The server neither sorts nor searches its sessions.
func (w *waldur) tokenList() *page.InMemory[model.Token] {
	used := func(t model.Token) model.When { return t.LastUsed }
	return &page.InMemory[model.Token]{
		Read: w.everyToken,
		ID:   func(t model.Token) string { return t.ID },
		Text: func(t model.Token) string {
			return strings.Join([]string{t.Owner.Username.String(), t.Owner.FullName.String(), t.Name.String()}, "\n")
		},
		Order: byOwner,
		Sorts: map[string]func(a, b model.Token) int{
			byOwner:      page.Alphabetical(func(t model.Token) model.Text { return t.Owner.Username }),
			"-last_used": page.Later(used),
			"last_used":  page.Earlier(used),
			"expires":    page.Earlier(func(t model.Token) model.When { return t.Expires }),
			"kind":       page.Alphabetical(func(t model.Token) model.Text { return t.Kind }),
		},
		Keep:  kept,
		In:    within,
		Lasts: page.Awhile,
	}
}

// Tokens implements [model.API].
func (w *waldur) Tokens(ctx context.Context, q model.Query) (model.Page[model.Token], error) {
	if err := w.understood(q, w.info.TokenSorts, w.info.TokenRanges, w.info.TokenFilters); err != nil {
		return model.Page[model.Token]{}, err
	}
	if q.Fresh {
		w.askAgain.Store(true)
	}
	return w.list.Page(ctx, q)
}

// understood refuses a query that asks for what is not offered, and a search for
// a key.
func (w *waldur) understood(q model.Query, sorts []model.Sort, ranges []model.RangeField, choices []model.Choice) error {
	known := q.Sort == "" || slices.ContainsFunc(sorts, func(s model.Sort) bool { return s.Key == q.Sort })
	if !known {
		return model.Fail(model.Invalid, "this list has no such order")
	}
	known = q.Filter.Choice == "" || slices.ContainsFunc(choices, func(c model.Choice) bool { return c.Value == q.Filter.Choice })
	if !known {
		return model.Fail(model.Invalid, "this list cannot be narrowed to that")
	}
	for _, r := range q.Ranges {
		if !slices.ContainsFunc(ranges, func(f model.RangeField) bool { return f.Name == r.Field }) {
			return model.Fail(model.Invalid, "this list cannot be narrowed by that field")
		}
	}
	return redact.CheckSearch(q.Search)
}

func kept(t model.Token, f model.Filter) bool {
	if f.Only.ID != "" && f.Only.ID != t.Owner.ID {
		return false
	}
	switch f.Choice {
	case onlySessions:
		return strings.HasPrefix(t.ID, sessionID)
	case onlyPersonal:
		return strings.HasPrefix(t.ID, personalID)
	case onlyEndless:
		return t.Expires.Knowledge() == model.Never
	case onlyInactive:
		return t.Owner.Active == model.No
	case onlyEnded:
		return t.State == model.Expired || t.State == model.Revoked
	}
	return true
}

// within holds a day against a range; both its ends are in it.
func within(t model.Token, r model.Range) bool {
	at, known := map[string]model.When{"last_used": t.LastUsed, "expires": t.Expires}[r.Field].Time()
	day := at.Format(time.DateOnly)
	return known && day >= r.From && (r.To == "" || day <= r.To)
}

// everyToken reads all that the credential may see. Whoever is not staff sees no
// sessions, and may still have tokens of their own.
func (w *waldur) everyToken(ctx context.Context) ([]model.Token, string, error) {
	me, err := w.me(ctx)
	if err != nil {
		return nil, "", err
	}
	tokens, moved, err := w.sessions(ctx, me)
	refused := model.KindOf(err) == model.Forbidden
	if err != nil && !refused {
		return nil, "", err
	}
	own, note, failure := w.personal(ctx, me)
	if failure != nil && (refused || serious(failure)) {
		return nil, "", failure
	}
	switch {
	case refused && w.noPersonal.Load():
		return nil, "", wire.Reword(err, model.Forbidden,
			"Waldur shows sessions to staff only, and this server has no personal access tokens; sign in with a staff account")
	case refused:
		note = joined(staffOnly, w.scopeAdvice(me), note)
	case failure != nil:
		note = joined(moved, "Your own personal access tokens did not come ("+model.Reason(failure)+").")
	case w.noPersonal.Load():
		note = moved
	default:
		note = joined(moved, note, ownOnly)
	}
	return append(tokens, own...), note, nil
}

// scopeAdvice is what a staff account is missing that sees no sessions.
func (w *waldur) scopeAdvice(me account) string {
	if me.user.Staff == model.Yes && w.byPersonal() {
		return "The personal access token that authdeck signs in with needs the scope STAFF.ACCESS for more."
	}
	return ""
}

// serious reports whether the failure of the smaller list has to be the failure
// of the whole.
func serious(err error) bool {
	return slices.Contains([]model.Kind{model.Unauthorized, model.RateLimited, model.Cancelled}, model.KindOf(err))
}

func (w *waldur) sessions(ctx context.Context, me account) (tokens []model.Token, note string, _ error) {
	rows, note, err := fetchAll(ctx, w, sessionsPath, session.endedBetween)
	for _, row := range rows {
		tokens = append(tokens, row.token(row.id(), w.owns(row, me)))
	}
	return tokens, note, err
}

// owns reports whether a session is the one that the console signs in with.
func (w *waldur) owns(s session, me account) bool {
	return lastOf(s.User) == me.user.ID && !w.byPersonal()
}

// personal are our own personal access tokens; none on a server that does not
// know them, which is asked again for a fresh list only.
func (w *waldur) personal(ctx context.Context, me account) (tokens []model.Token, note string, _ error) {
	again := w.askAgain.Swap(false)
	if w.noPersonal.Load() && !again {
		return nil, "", nil
	}
	rows, note, err := fetchAll[personal](ctx, w, personalPath, nil)
	if w.knowsNone(ctx, err) {
		return nil, "", nil
	}
	if err == nil {
		w.noPersonal.Store(false)
	}
	for _, row := range rows {
		tokens = append(tokens, row.token(me.user))
	}
	return tokens, note, err
}

func joined(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")
}
