package awx

import (
	"context"
	"encoding/json"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

// refusals are those of all generations, which are of Django's REST framework (AWX
// 24.6.2.dev0 and django-ansible-base of October 2024, as recorded). What these
// servers themselves say in HTML proves nothing: a 500, and the 404 of a route that is
// not there, which looks like anybody's.
func refusals() wire.Refusals {
	table := wire.DjangoRefusals()
	table[http.StatusBadRequest] = wire.Either(wire.InDetail, aboutFields)
	return table
}

// aboutFields is a list of complaints by the name of each field, or one without
// names: AWX answers a null character with a bare list.
func aboutFields(h http.Header, body []byte) bool {
	var bare []string
	var fields map[string][]json.RawMessage
	return wire.InJSON(h, body) &&
		(json.Unmarshal(body, &bare) == nil && len(bare) > 0 || json.Unmarshal(body, &fields) == nil && len(fields) > 0)
}

// keyRefused reports whether the server itself refuses the key. A proxy that wants
// a sign-in of its own says nothing of the key behind it.
func keyRefused(err error) bool {
	return model.KindOf(err) == model.Unauthorized && wire.FromSystem(err)
}

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

// judge says what a refusal means where the server's words mislead. AWX looks at the
// user once before the framework does, and forgets what was wrong: a wrong password, a
// user who is switched off, a bad or an ended token and nothing at all get one answer,
// which is also that of a server that takes no Basic (seen on 24.6.2.dev0; the same
// code stands in 1.0.3 to 24.6.1). A gateway tells a bad password from a bad token.
func (s *server) judge(_ context.Context, r wire.Request, err error) error {
	kind, token := model.KindOf(err), s.conn.Way == wire.ByToken
	switch {
	case !wire.FromSystem(err): // what stands before the server knows nothing of its credentials
	case kind == model.Unauthorized && token:
		return wire.Reword(err, kind, "the token is not accepted: it is wrong, or has expired, or was deleted")
	case kind == model.Unauthorized && s.saysWhy:
		return wire.Reword(err, kind, "the sign-in is not accepted; the server says: "+model.Reason(err)+" (of a user who is switched off, too)")
	case kind == model.Unauthorized:
		return wire.Reword(err, kind, "the sign-in is not accepted: the user name or the password is wrong, or the user is switched off, or the server takes no sign-in with Basic")
	case kind == model.Forbidden && token && r.Method != http.MethodGet:
		return wire.Reword(err, kind, "the server does not permit it ("+model.Reason(err)+"): the account may not, or authdeck's token has the scope read, which is meant for reading")
	}
	return moved(err)
}
