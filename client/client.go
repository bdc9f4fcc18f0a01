package client

import (
	"context"
	"log/slog"
	"maps"
	"slices"

	"authdeck/model"
)

// Env is what a client may know of the world around it.
type Env struct {
	Getenv  func(string) string
	Log     *slog.Logger // never nil; slog.DiscardHandler where nobody listens
	Version string       // for the User-Agent
}

// opener builds a dialect on its connection.
type opener func(*conn, model.Info) model.API

// dialects is the one list of the kinds of system that can be spoken to.
func dialects() map[string]opener {
	return map[string]opener{"hamgam": openHamgam}
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
	info := model.Info{
		Name: p.Name, Kind: p.Kind, Host: p.url.Host,
		Production: p.Production, ReadOnly: p.ReadOnly,
	}
	api, err := open(ctx, p, env, info)
	if err != nil {
		return closed{info: info, err: err}, err
	}
	if p.ReadOnly {
		api = ReadOnly(api)
	}
	return api, nil
}

func open(ctx context.Context, p Profile, env Env, info model.Info) (model.API, error) {
	c, err := connect(ctx, p, env)
	if err != nil {
		return nil, err
	}
	return dialects()[p.Kind](c, info), nil
}
