package saymon

import (
	"context"
	"errors"
	"fmt"

	"authdeck/client/wire"
	"authdeck/model"
)

// Inspect implements [wire.Inspector].
func (s *saymon) Inspect(ctx context.Context) []model.Check {
	return []model.Check{s.signsIn(), s.apiToken(), s.rights(ctx)}
}

// signsIn says how, and what that means for the key.
func (s *saymon) signsIn() model.Check {
	check := model.Check{What: "sign-in", Verdict: model.OK}
	switch s.conn.Way {
	case wire.ByToken:
		check.Verdict = model.Warning
		check.Found = model.Clean("with a token, which SAYMON takes in the address of every request only")
		check.Advice = `the logs of the server and of proxies keep addresses; prefer username and password, with auth = "basic" or "session"`
	case wire.BySession:
		check.Found = model.Clean("with a session, which authdeck opens and ends")
		if opened := s.session.Load(); opened != nil && !opened.csrf.Empty() {
			check.Found = model.Clean("with a session, which authdeck opens and ends, and its csrf cookie")
		}
	case wire.ByBasic:
		check.Found = model.Clean("with user name and password on every request")
	}
	return check
}

// apiToken says whether the server takes tokens. The pages say that it can be told
// not to, and not what it answers then.
func (s *saymon) apiToken() model.Check {
	if s.conn.Way == wire.ByToken {
		return model.Check{What: "sign-in by token", Verdict: model.OK, Found: model.Clean("the server takes it")}
	}
	return model.Check{
		What: "sign-in by token", Verdict: model.Skipped,
		Found:  model.Clean("not tried: no token is at hand"),
		Advice: "a server can have it switched off; a new key that is refused with 401 tells",
	}
}

// rights says whether the right to see and change tokens is there, and where from.
func (s *saymon) rights(ctx context.Context) model.Check {
	check := model.Check{What: right}
	me, errMe := s.current(ctx)
	list, errList := s.all(ctx)
	defer list.wipe()
	me.Token.value.Wipe()
	switch err := errors.Join(errMe, errList); {
	case err != nil:
		check.Verdict, check.Found = model.Failed, model.Clean("could not be read: "+model.Reason(err))
		check.Advice = "try again"
	case list.blind():
		check.Verdict, check.Found = model.Failed, model.Clean("missing: the server shows no logins, and not who has a token")
		check.Advice = "give the user the right " + right + ", itself or through a group"
	case !me.permitted():
		check.Verdict, check.Found = model.OK, model.Clean("tokens are shown, though the right is not among the user's own: it comes from a group, or this server shows them to everybody")
	default:
		check.Verdict, check.Found = model.OK, model.Clean("there, given to the user itself")
	}
	if check.Verdict == model.OK && list.shrunk > 0 {
		check.Verdict = model.Warning
		check.Found = model.Join(". ", check.Found, model.Clean(fmt.Sprintf("But of %d of %d users the server does not tell", list.shrunk, len(list.rows))))
		check.Advice = "look at these users in SAYMON itself"
	}
	return check
}
