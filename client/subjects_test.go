package client_test

import (
	"io"
	"log/slog"
	"testing"

	"authdeck/client"
	"authdeck/client/demo"
	"authdeck/model"
)

// subject is one system as one server plays it and one operator enters it. The
// promises of the contract hold for each.
type subject struct {
	name    string
	dialect dialect
	options demo.Options
	enter   func(*testing.T, demo.System) client.Profile
	missing []model.Action // what it does not offer, though some say so only when asked
	variant bool           // of another subject: what takes time and cannot differ is left out
}

func subjects() []subject {
	all := []model.Action{model.Reveal}
	return []subject{
		{name: "hamgam", dialect: hamgam(), enter: byToken, missing: all},
		{
			name: "hamgam without delete", dialect: hamgam(), enter: byToken,
			options: demo.Options{Quirks: []demo.Quirk{demo.HamgamNoDelete}}, missing: append(all, model.Delete), variant: true,
		},
		{
			name: "hamgam of the older pages", dialect: hamgam(), enter: byToken,
			options: demo.Options{Quirks: []demo.Quirk{demo.HamgamOldCreate}}, missing: all, variant: true,
		},
		{
			name: "hamgam that lists staff only", dialect: hamgam(), enter: byToken,
			options: demo.Options{Quirks: []demo.Quirk{demo.HamgamStaffList}}, missing: all, variant: true,
		},
		{name: "hamgam by password", dialect: hamgam(), enter: byPassword, missing: all, variant: true},
	}
}

func byToken(t *testing.T, s demo.System) client.Profile {
	t.Helper()
	return profile(t, s.URL, s.Token)
}

func byPassword(t *testing.T, s demo.System) client.Profile {
	t.Helper()
	p := profile(t, s.URL, s.Password)
	p.Username = s.Username
	return p
}

// profile is a hamgam at an address, entered with a key.
func profile(t *testing.T, address, key string) client.Profile {
	t.Helper()
	p, err := client.NewProfile("shop", "hamgam", address, client.Given(model.NewSecret(key)))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// forEverySystem runs a promise against every subject, each with a server of
// its own. Whatever the promise is: no key gets into the log, into a query, or
// onto a path that does not exist.
func forEverySystem(t *testing.T, promise func(t *testing.T, w *world)) {
	t.Helper()
	t.Parallel()
	for _, s := range subjects() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			promise(t, s.start(t))
		})
	}
}

func (s subject) start(t *testing.T) *world {
	t.Helper()
	o := s.options
	o.Seed, o.KeyPrefix, o.Users, o.Tokens = 7, canary, 130, 105
	server, err := demo.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	w := &world{subject: s, demo: server, log: &logBook{}}
	for _, system := range server.Systems() {
		if system.Kind == s.dialect.kind {
			w.system = system
		}
	}
	w.api = open(t, s.enter(t, w.system), w.log)
	t.Cleanup(func() { w.hold(t) })
	return w
}

func open(t *testing.T, p client.Profile, log io.Writer) model.API {
	t.Helper()
	api, err := client.Open(t.Context(), p, env(log))
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func env(log io.Writer) client.Env {
	all := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
	return client.Env{
		Getenv: func(string) string { return "" }, Version: "1.2.3",
		Log: slog.New(slog.NewJSONHandler(log, all)),
	}
}
