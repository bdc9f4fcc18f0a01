package client

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"authdeck/client/config"
	"authdeck/client/wire"
	"authdeck/model"
	"authdeck/model/traffic"
)

// Env is what a client may know of the world around it.
type Env struct {
	Getenv       func(string) string // nil for an empty environment
	Log          *slog.Logger        // never nil; slog.DiscardHandler where nobody listens
	Traffic      *traffic.Ring       // keeps what is asked of the systems, without secrets; nil for nobody
	Version      string              // for the User-Agent
	Network      http.RoundTripper   // in place of the network, for tests; nil for the network
	RecheckDelay time.Duration       // how long a server is given before it is asked again; zero for a second
}

func (e Env) variable(name string) string {
	if e.Getenv == nil {
		return ""
	}
	return e.Getenv(name)
}

// Open reads the profile's credential and prepares its connection; nothing is
// sent yet. A command that gives the credential may use the terminal, so Open
// is called before a screen is taken.
//
// A system that cannot be opened is still a system: the answer is then an API
// that refuses everything with the reason, so that the console can show it, and
// the error says it once more for callers that want to stop.
func Open(ctx context.Context, p config.Profile, env Env) (model.API, error) {
	api, err := open(ctx, p, env)
	if err != nil {
		return closed{info: infoOf(p), err: err}, err
	}
	api = offered{API: api, clear: p.InTheClear()}
	if p.ReadOnly {
		api = ReadOnly(api)
	}
	return api, nil
}

func open(ctx context.Context, p config.Profile, env Env) (model.API, error) {
	roots, err := wire.Roots(p.CAFile)
	if err != nil {
		return nil, err
	}
	proxy, err := wire.ProxyFor(p.URL(), env.variable)
	if err != nil {
		return nil, err
	}
	secret, err := p.Credential.Read(ctx, env.variable)
	if secret, err = usable(p, secret, err); err != nil {
		return nil, err
	}
	return dialects()[p.Kind].Open(wire.Connect(optionsOf(p, roots, proxy, secret, env)), infoOf(p)), nil
}
