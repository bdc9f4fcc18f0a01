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

	// Runs is told of a command that gives a credential, before it has the terminal; nil for nobody.
	Runs func(config.Profile)
	// Lend has the terminal given up for a command while a console has it, and says what for. It
	// is not called where a command answers without; nil where the terminal is free.
	Lend func(ctx context.Context, what string, use func(context.Context) error) error

	turn chan struct{} // holds one: the command that has the free terminal; nil for one system alone
}

func (e Env) variable(name string) string {
	if e.Getenv == nil {
		return ""
	}
	return e.Getenv(name)
}

// Open prepares a system's connection; nothing is sent yet. Its credential is read when the
// system is first used, and a command that gives it runs as long as ctx lets it, or until the
// system is closed.
//
// A system that cannot be opened is still a system: the answer is then an API
// that refuses everything with the reason, so that the console can show it, and
// the error says it once more for callers that want to stop.
func Open(ctx context.Context, p config.Profile, env Env) (model.API, error) {
	opened, err := open(ctx, p, env)
	if err != nil {
		return closed{info: infoOf(p), err: err}, err
	}
	if p.ReadOnly {
		return ReadOnly(opened), nil
	}
	return opened, nil
}

func open(ctx context.Context, p config.Profile, env Env) (offered, error) {
	roots, err := wire.Roots(p.CAFile)
	if err != nil {
		return offered{}, err
	}
	own, err := wire.OwnCertificate(p.ClientCert, p.ClientKey)
	if err != nil {
		return offered{}, err
	}
	proxy, err := wire.ProxyFor(p.URL(), env.variable)
	if err != nil {
		return offered{}, err
	}
	conn := wire.Connect(optionsOf(p, roots, own, proxy, env))
	ask := asked(ctx, p, env, conn.Enter)
	if p.Credential.InHand() { // what is wrong with it is known now
		if err := ask.wait(ctx, false); err != nil {
			return offered{}, err
		}
	}
	return offered{API: dialects()[p.Kind].Open(conn, infoOf(p)), credential: ask, clear: p.InTheClear()}, nil
}
