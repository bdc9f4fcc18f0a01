package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"authdeck/ui/batch"
)

// TestTheConsoleIsToldHowMuchAtOnceTheConfigurationSays is about a setting that nothing but the
// console heeds.
func TestTheConsoleIsToldHowMuchAtOnceTheConfigurationSays(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("SHOP_TOKEN", "x")
	path := filepath.Join(t.TempDir(), "config.toml")
	if err := os.WriteFile(path, []byte("at_once = 9\n[[system]]\nname = \"shop\"\nkind = \"hamgam\"\nurl = \"http://127.0.0.1:9\"\ntoken_env = \"SHOP_TOKEN\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	systems, err := openConsole(t.Context(), batch.Choice{Config: path}, "", nil, slog.New(slog.DiscardHandler))
	if err != nil || systems.AtOnce != 9 {
		t.Errorf("it is told %d, %v", systems.AtOnce, err)
	}
	systems.Close(t.Context())
}
