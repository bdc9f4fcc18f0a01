package config_test

import (
	"os"
	"path/filepath"
	"testing"

	"authdeck/client/redact/redacttest"
)

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

// canary begins every key and password of these tests.
const canary = redacttest.Canary

// shortFolder is a folder whose path does not look like a key, as the name of a test may.
func shortFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "config") //nolint:usetesting // that one is named after the test
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}
