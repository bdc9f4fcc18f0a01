package client_test

import (
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/wire"
	"authdeck/model"
	"authdeck/model/traffic"
)

// How an operator enters a system, and what a client is opened with.

func byToken(t *testing.T, s demo.System) config.Profile {
	t.Helper()
	return reached(t, s.Kind, s.URL, s.Token)
}

// byPassword signs in with a user name, in the way that the dialect takes first.
func byPassword(t *testing.T, s demo.System) config.Profile {
	t.Helper()
	return must(reached(t, s.Kind, s.URL, s.Password).SignInWith(s.Username))(t)
}

// by signs in with a user name in a way of one's own choice.
func by(way wire.Way) func(*testing.T, demo.System) config.Profile {
	return func(t *testing.T, s demo.System) config.Profile {
		t.Helper()
		p := byPassword(t, s)
		p.Way = string(way)
		return p
	}
}

// reached is a system at an address, with a credential in hand.
func reached(t *testing.T, kind, address, secret string) config.Profile {
	t.Helper()
	return must(config.NewProfile(client.Kinds(), "shop", kind, address, config.Given(model.NewSecret(secret))))(t)
}

// profile is a hamgam at an address, entered with a key.
func profile(t *testing.T, address, key string) config.Profile {
	t.Helper()
	return reached(t, "hamgam", address, key)
}

// asTheWeak is a system with the credentials of somebody without rights.
func asTheWeak(s demo.System) demo.System {
	s.Token, s.Username, s.Password = s.Weak, s.WeakUsername, s.WeakPassword
	return s
}

// withWrongOnes is a system with credentials that it does not know.
func withWrongOnes(s demo.System) demo.System {
	s.Token, s.Password = canary+"wrong", canary+"wrong"
	return s
}

func open(t *testing.T, p config.Profile, log io.Writer) model.API {
	t.Helper()
	return must(client.Open(t.Context(), p, env(log)))(t)
}

// openThrough opens a system that is reached through something else than the
// bare network.
func openThrough(t *testing.T, network http.RoundTripper, p config.Profile, log io.Writer) model.API {
	t.Helper()
	e := env(log)
	e.Network = network
	return must(client.Open(t.Context(), p, e))(t)
}

func env(log io.Writer) client.Env {
	all := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
	var asked *traffic.Ring
	if book, is := log.(*logBook); is {
		asked = &book.asked
	}
	return client.Env{
		Getenv: func(string) string { return "" }, Version: "1.2.3", Traffic: asked,
		Log: slog.New(slog.NewJSONHandler(log, all)), RecheckDelay: 5 * time.Millisecond,
	}
}

// written is a configuration file with the text in it.
func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// vars is an environment.
func vars(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

const start = "[[system]]\nname = \"shop\"\nkind = \"hamgam\"\n"

func keyFile(t *testing.T, content string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	return path
}
