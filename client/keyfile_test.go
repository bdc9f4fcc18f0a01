package client_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"authdeck/client"
	"authdeck/model"
)

func TestANewKeyIsWrittenForItsOwnerAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "keys")
	t.Cleanup(func(mask int) func() { return func() { syscall.Umask(mask) } }(syscall.Umask(0)))
	path, err := client.WriteKey(folder, "shop-31", model.NewSecret(canary+"key"))
	if err != nil || path != filepath.Join(folder, "shop-31") {
		t.Fatalf("written to %q, %v", path, err)
	}
	content, err := os.ReadFile(path)
	if err != nil || string(content) != canary+"key\n" {
		t.Errorf("the file holds %q, %v", content, err)
	}
	for name, want := range map[string]fs.FileMode{path: 0o600, folder: 0o700, filepath.Dir(folder): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has the mode %v, want %v", name, info.Mode().Perm(), want)
		}
	}
}

func TestAKeyIsReadBackFromWhereItWasWritten(t *testing.T) {
	t.Parallel()
	path, err := client.WriteKey(t.TempDir(), "shop-31", model.NewSecret(canary+"key"))
	if err != nil {
		t.Fatal(err)
	}
	secret, err := from(t, "token_file = \""+path+"\"").Read(t.Context(), vars(nil))
	if err != nil || secret.Reveal() != canary+"key" {
		t.Errorf("read %q, %v", secret.Reveal(), err)
	}
}

func TestAKeyIsNeverWrittenOverAFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	old := filepath.Join(folder, "old")
	if err := os.WriteFile(old, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(old, filepath.Join(folder, "link")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(folder, "nowhere"), filepath.Join(folder, "dangling")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"old", "link", "dangling"} {
		_, err := client.WriteKey(folder, name, model.NewSecret(canary+"key"))
		if !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", name, err)
		}
		tellsNoKey(t, err)
	}
	if content, err := os.ReadFile(old); err != nil || string(content) != "precious" {
		t.Errorf("the file holds %q, %v", content, err)
	}
	if _, err := os.Stat(filepath.Join(folder, "nowhere")); err == nil {
		t.Error("a key was written through a link")
	}
}

func TestAKeyStaysInItsFolder(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../out", "/tmp/authdeck-out", "a/b/out", "..", ".", ""} {
		folder := filepath.Join(t.TempDir(), "keys")
		path, err := client.WriteKey(folder, name, model.NewSecret(canary+"key"))
		if err == nil && filepath.Dir(path) != folder {
			t.Errorf("%q was written to %s", name, path)
		}
		if entries, _ := os.ReadDir(filepath.Dir(folder)); len(entries) > 1 {
			t.Errorf("%q was written beside the folder", name)
		}
	}
}

func TestAFolderThatCannotBeMadeIsAnErrorWithoutTheKey(t *testing.T) {
	t.Parallel()
	file := keyFile(t, "x", 0o600)
	path, err := client.WriteKey(filepath.Join(file, "keys"), "shop-31", model.NewSecret(canary+"key"))
	if err == nil || path != "" {
		t.Errorf("written to %q", path)
	}
	tellsNoKey(t, err)
}

func TestAnAbsentKeyLeavesNoFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if path, err := client.WriteKey(folder, "shop-31", model.Secret{}); err == nil {
		t.Errorf("an empty key was written to %s", path)
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 0 {
		t.Errorf("%s was left behind", entries[0].Name())
	}
}

func TestKeysAreKeptInTheStateFolder(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]string{
		"/state": "/state/authdeck/keys", "": "/home/sara/.local/state/authdeck/keys", "relative": "/home/sara/.local/state/authdeck/keys",
	} {
		if got := client.KeyFolder("", vars(map[string]string{"HOME": "/home/sara", "XDG_STATE_HOME": state})); got != want {
			t.Errorf("XDG_STATE_HOME=%q: %s, want %s", state, got, want)
		}
	}
}
