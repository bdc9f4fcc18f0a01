package awx

import (
	"context"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// migrations is where every request is sent while a server's database is migrated
// (AWX, awx/main/middleware.py: MigrationRanCheckMiddleware).
const migrations = "/migrations_notran/"

// moved says when these servers answer every request with a redirect of their own.
func moved(err error) error {
	if !wire.Waits(err) {
		return err
	}
	return wire.Reword(err, model.KindOf(err), model.Reason(err)+"; these servers do that while their database is migrated")
}

// said reports whether a server complained in these words, about no field.
func said(err error, words string) bool {
	for _, one := range wire.Said(err)[""] {
		if strings.Contains(one, words) {
			return true
		}
	}
	return false
}

// judge says what a refusal means where the server's words mislead: from the
// second generation on it answers a bad, an ended and a missing credential in the
// same words, and points to a login page (AWX, awx/api/authentication.py).
func (s *server) judge(_ context.Context, r wire.Request, err error) error {
	kind, token := model.KindOf(err), s.conn.Way == wire.ByToken
	switch {
	case !wire.Own(err): // what stands before the server knows nothing of its credentials
	case kind == model.Unauthorized && token:
		return wire.Reword(err, kind, "the token is not accepted: it is wrong, or has expired, or was deleted")
	case kind == model.Unauthorized && said(err, "Invalid username/password"):
		return wire.Reword(err, kind, "the user name or the password is not accepted")
	case kind == model.Unauthorized:
		return wire.Reword(err, kind, "the server takes no user name and password here; sign-in with Basic may be switched off: use a token")
	case kind == model.Forbidden && token && r.Method != "GET" && said(err, "You do not have permission"):
		return wire.Reword(err, kind, "the server does not permit it: the account may not, or authdeck's token has the scope read, which changes nothing")
	}
	return moved(err)
}
