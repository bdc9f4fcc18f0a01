package awx

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"authdeck/client/wire"
	"authdeck/model"
)

// endpoint is a generation and where its API stands.
type endpoint struct {
	generation string
	base       []string
}

// basePath is where a generation's API is when nobody has asked the server. The first
// version is the one that every Tower with auth tokens has.
func basePath(generation string) []string {
	switch generation {
	case oldTower:
		return []string{"api", "v1"}
	case gateway:
		return []string{"api", "gateway", "v1"}
	default:
		return []string{"api", "v2"}
	}
}

// root is what /api/ says to anybody. Its values are texts in some versions and
// objects in others, so that only names are looked at.
type root struct {
	Apis      map[string]json.RawMessage `json:"apis"`
	Available json.RawMessage            `json:"available_versions"`
	Current   json.RawMessage            `json:"current_version"`
	OAuth2    json.RawMessage            `json:"oauth2"`
}

// detect asks without a credential: it is not known yet who answers there.
func detect(ctx context.Context, c *wire.Conn) (endpoint, error) {
	r, err := wire.Call[root](ctx, c, wire.Request{Method: http.MethodGet, Path: "/api/", Anonymous: true})
	if err != nil {
		return endpoint{}, hidden(err)
	}
	versions := string(r.Available) + string(r.Current)
	switch {
	case len(r.Apis) > 0:
		return endpoint{gateway, basePath(gateway)}, nil
	case strings.Contains(versions, "v2") && r.OAuth2 != nil:
		return endpoint{oauth2, basePath(oauth2)}, nil
	case strings.Contains(versions, "v2"):
		return byRoutes(ctx, c)
	case strings.Contains(versions, "v1"): // Tower up to 3.1
		return endpoint{oldTower, basePath(oldTower)}, nil
	}
	return endpoint{}, model.Fail(model.Malformed, "what answers at /api/ names no version of an API; is this an AWX, a Tower or an automation platform?")
}

// byRoutes tells the generations of the second version apart by the routes that
// it has.
func byRoutes(ctx context.Context, c *wire.Conn) (endpoint, error) {
	routes, err := wire.Call[map[string]json.RawMessage](ctx, c, wire.Request{Method: http.MethodGet, Path: "/api/v2/", Anonymous: true})
	if err != nil {
		return endpoint{}, hidden(err)
	}
	base := []string{"api", "v2"}
	switch {
	case routes["authtoken"] != nil:
		return endpoint{oldTower, base}, nil
	case routes["tokens"] != nil:
		return endpoint{oauth2, base}, nil
	case routes["users"] != nil || routes["me"] != nil:
		return endpoint{none, base}, nil
	}
	return endpoint{}, model.Fail(model.Malformed, "what answers at /api/v2/ names no users; is this an AWX, a Tower or an automation platform?")
}

// hidden says what to do where a server does not tell strangers what it is.
func hidden(err error) error {
	switch status := wire.Status(err); {
	case wire.FromSystem(err) && (status == http.StatusUnauthorized || status == http.StatusForbidden):
		return wire.Reword(err, model.KindOf(err), "the server does not tell which generation it is without a credential; set generation in the configuration")
	case status == http.StatusNotFound:
		return wire.Reword(err, model.NotFound, "there is no /api/ at this address; url is the address that stands before /api/")
	}
	return moved(err)
}

// anyOfThem describes a server that nobody has asked yet: what one of the
// generations offers may be offered.
func anyOfThem(info *model.Info) {
	(&people{users: withActivity(everybody(lastLogin()...))}).describe(info)
	info.TokenWord = "no."
	tokens := issuedTokens()
	info.TokenSorts, info.TokenFilters, info.TokenRanges = tokens.sorts, tokens.filters, tokens.ranges
	info.Missing = model.Caps{model.Replace: replaceMissing, model.Reveal: revealMissing}
	info.Generation = ""
}
