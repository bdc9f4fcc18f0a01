package awx

import (
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
	table := wire.Usual()
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
	return model.KindOf(err) == model.Unauthorized && wire.Own(err)
}
