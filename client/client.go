package client

import (
	"context"
	"crypto/x509"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"authdeck/client/authentik"
	"authdeck/client/awx"
	"authdeck/client/hamgam"
	"authdeck/client/redact"
	"authdeck/client/saymon"
	"authdeck/client/waldur"
	"authdeck/client/wire"
	"authdeck/model"
)

// Env is what a client may know of the world around it.
type Env struct {
	Getenv  func(string) string // nil for an empty environment
	Log     *slog.Logger        // never nil; slog.DiscardHandler where nobody listens
	Version string              // for the User-Agent
	Network http.RoundTripper   // in place of the network, for tests; nil for the network
	Moment  time.Duration       // how long a server is given before it is asked again; zero for a second
}

func (e Env) variable(name string) string {
	if e.Getenv == nil {
		return ""
	}
	return e.Getenv(name)
}

// dialects is the one list of the kinds of system that can be spoken to.
func dialects() map[string]wire.Dialect {
	return map[string]wire.Dialect{
		"authentik": authentik.Dialect(),
		"awx":       awx.Dialect(),
		"hamgam":    hamgam.Dialect(),
		"saymon":    saymon.Dialect(),
		"waldur":    waldur.Dialect(),
	}
}

// Kinds are the values that a profile's Kind may have, sorted.
func Kinds() []string { return slices.Sorted(maps.Keys(dialects())) }

// Open reads the profile's credential and prepares its connection; nothing is
// sent yet. A command that gives the credential may use the terminal, so Open
// is called before a screen is taken.
//
// A system that cannot be opened is still a system: the answer is then an API
// that refuses everything with the reason, so that the console can show it, and
// the error says it once more for callers that want to stop.
func Open(ctx context.Context, p Profile, env Env) (model.API, error) {
	api, err := open(ctx, p, env)
	if err != nil {
		return closed{info: p.info(), err: err}, err
	}
	api = offered{api}
	if p.ReadOnly {
		api = ReadOnly(api)
	}
	return api, nil
}

func open(ctx context.Context, p Profile, env Env) (model.API, error) {
	roots, err := wire.Roots(p.CAFile)
	if err != nil {
		return nil, err
	}
	proxy, err := wire.ProxyFor(p.url, env.variable)
	if err != nil {
		return nil, err
	}
	secret, err := p.usable(p.Credential.Read(ctx, env.variable))
	if err != nil {
		return nil, err
	}
	return dialects()[p.Kind].Open(wire.Connect(p.line(roots, proxy, secret, env)), p.info()), nil
}

// usable refuses a token that no header can carry.
func (p Profile) usable(secret model.Secret, err error) (model.Secret, error) {
	if err == nil && !p.Way.WithPassword() {
		err = sendable(secret)
	}
	if err != nil {
		return model.Secret{}, err
	}
	return secret, nil
}

// origin is where a refused token is looked for once more. A password has none:
// servers count the sign-ins that fail, and lock accounts.
func (p Profile) origin() wire.Origin {
	s := p.Credential
	if p.Way.WithPassword() || !s.given.Empty() {
		return wire.Origin{}
	}
	o := wire.Origin{Place: model.Clean(s.String())}
	if s.Changes() {
		o.Again = func(ctx context.Context) (model.Secret, error) { return p.usable(s.Again(ctx)) }
	}
	return o
}

// info is what is known of a system before it is asked.
func (p Profile) info() model.Info {
	return model.Info{
		Name: p.Name, Kind: p.Kind, Host: p.place(), Generation: p.Generation,
		Production: p.Production, ReadOnly: p.ReadOnly,
	}
}

// place is where a system stands, without the scheme, as it can be shown.
func (p Profile) place() string {
	path := p.url.EscapedPath() // the decoded one may hold control characters
	if redact.LooksLikeKey(path) {
		path = "/" + unnamed
	}
	return model.Clean(p.url.Host + path).String()
}

func (p Profile) line(roots *x509.CertPool, proxy *url.URL, secret model.Secret, env Env) wire.Line {
	return wire.Line{
		System: p.Name, URL: p.url, Roots: roots, Proxy: proxy, Way: p.Way, Username: p.Username, Secret: secret, Origin: p.origin(),
		Version: env.Version, Log: env.Log, Network: env.Network, Moment: env.Moment,
	}
}
