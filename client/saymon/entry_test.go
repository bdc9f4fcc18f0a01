package saymon_test

import (
	"bytes"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/wire"
	"authdeck/model"
)

// book is a log that may be written to from anywhere.
type book struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (b *book) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.Write(p)
}

func (b *book) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.out.String()
}

// open enters a SAYMON in one of its ways.
func open(t *testing.T, address string, way wire.Way, log io.Writer) model.API {
	t.Helper()
	secret := password
	if way == wire.ByToken {
		secret = adminKey
	}
	p := must(config.NewProfile(client.Kinds(), "shop", "saymon", address, config.Given(model.NewSecret(secret))))(t)
	if way != wire.ByToken {
		p = must(p.SignInWith("ops.admin"))(t)
		p.Way = string(way)
	}
	return must(client.Open(t.Context(), p, client.Env{
		Getenv: func(string) string { return "" }, RecheckDelay: time.Millisecond, Version: "1.2.3",
		Log: slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true})),
	}))(t)
}

func (s *server) api(t *testing.T, way wire.Way) model.API {
	t.Helper()
	return open(t, s.URL, way, io.Discard)
}

func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}
