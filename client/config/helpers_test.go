package config_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/model"
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

// canary begins every key and password of these tests, so that one word finds all of
// them.
const canary = "canary-"

// hides fails when something printed shows a key, in letters or in numbers: one
// of the demo's, or one of those that are named.
func hides(t *testing.T, where, printed string, keys ...string) {
	t.Helper()
	for _, guise := range append([]string{
		canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary), fmt.Sprintf("% x", canary),
		strings.Trim(fmt.Sprintf("%d", []byte(canary)), "[]"), "0x63, 0x61, 0x6e, 0x61, 0x72",
	}, keys...) {
		if guise != "" && strings.Contains(printed, guise) {
			t.Errorf("%s shows a key: %.300s", where, printed)
			return
		}
	}
}

// failsAs wants an error of a kind that tells no secret, however it is printed.
func failsAs(t *testing.T, err error, want model.Kind) {
	t.Helper()
	if err == nil {
		t.Fatalf("there is no error, want %s", want)
	}
	if got := model.KindOf(err); got != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
	tellsNoKey(t, err)
}

// tellsNoKey prints an error and all its causes in every way.
func tellsNoKey(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		hides(t, "an error", fmt.Sprintf("%v %+v %#v %q", err, err, err, err))
		if e, ok := errors.AsType[*model.Error](err); ok {
			hides(t, "an error's parts", fmt.Sprintf("%+v %#v", *e, *e))
		}
	}
}
