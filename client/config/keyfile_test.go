package config_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestANewKeyIsWrittenForItsOwnerAlone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "keys")
	t.Cleanup(func(mask int) func() { return func() { syscall.Umask(mask) } }(syscall.Umask(0)))
	path, err := config.WriteKey(folder, "shop-31", model.NewSecret(canary+"key"))
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

// private is a folder that the keys may be in.
func private(t *testing.T, folder string) string {
	t.Helper()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestAKeyIsReadBackFromWhereItWasWritten(t *testing.T) {
	t.Parallel()
	path, err := config.WriteKey(private(t, t.TempDir()), "shop-31", model.NewSecret(canary+"key"))
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
	private(t, folder)
	for _, name := range []string{"old", "link", "dangling"} {
		path, err := config.WriteKey(folder, name, model.NewSecret(canary+"key"))
		if err != nil || path != filepath.Join(folder, name+"-2") {
			t.Errorf("%s: written to %q, %v", name, path, err)
		}
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
		path, err := config.WriteKey(folder, name, model.NewSecret(canary+"key"))
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
	path, err := config.WriteKey(filepath.Join(file, "keys"), "shop-31", model.NewSecret(canary+"key"))
	if err == nil || path != "" {
		t.Errorf("written to %q", path)
	}
	redacttest.TellsNoKey(t, err)
}

func TestAFileThatCannotBeMadeIsNamedOnce(t *testing.T) {
	name := strings.Repeat("long", 80)
	_, err := config.WriteKey(private(t, t.TempDir()), name, model.NewSecret(canary+"key"))
	if err == nil || strings.Count(err.Error(), name) != 1 || strings.Contains(err.Error(), "openat") {
		t.Errorf("said %v", err)
	}
}

func TestAnAbsentKeyLeavesNoFile(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	if path, err := config.WriteKey(folder, "shop-31", model.Secret{}); err == nil {
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
		if got := config.KeyFolder("", vars(map[string]string{"HOME": "/home/sara", "XDG_STATE_HOME": state})); got != want {
			t.Errorf("XDG_STATE_HOME=%q: %s, want %s", state, got, want)
		}
	}
}

func TestTwoKeysOfOneTokenInOneSecondAreTwoFiles(t *testing.T) {
	t.Parallel()
	folder := private(t, t.TempDir())
	paths := map[string]string{}
	for _, key := range []string{"first", "second", "third"} {
		path, err := config.WriteKey(folder, "shop-31-20260301T120000Z.rescued.key", model.NewSecret(canary+key))
		if err != nil {
			t.Fatal(err)
		}
		paths[filepath.Base(path)] = key
		if content, err := os.ReadFile(path); err != nil || string(content) != canary+key+"\n" {
			t.Errorf("%s holds %q, %v", path, content, err)
		}
	}
	if paths["shop-31-20260301T120000Z.rescued.key"] != "first" || paths["shop-31-20260301T120000Z-3.rescued.key"] != "third" {
		t.Errorf("written to %v", paths)
	}
}

func TestAUmaskThatTakesEverythingStillLeavesTheOwnerTheKey(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "keys")
	t.Cleanup(func(mask int) func() { return func() { syscall.Umask(mask) } }(syscall.Umask(0o777)))
	path, err := config.WriteKey(folder, "shop-31.key", model.NewSecret(canary+"key"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]fs.FileMode{path: 0o600, folder: 0o700, filepath.Dir(folder): 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s has the mode %v, want %v", name, info.Mode().Perm(), want)
		}
	}
}

func TestAFolderThatIsNotItsOwnersAloneGetsNoKey(t *testing.T) {
	t.Parallel()
	mode := func(m fs.FileMode) func(*testing.T, string) {
		return func(t *testing.T, folder string) {
			t.Helper()
			if err := os.Mkdir(folder, 0o700); err != nil || os.Chmod(folder, m) != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		make func(*testing.T, string)
		want string
	}{
		"open to all":       {mode(0o777), "has the mode 0777, and has to be yours alone: run chmod 700 on it"},
		"open to the group": {mode(0o750), "has the mode 0750, and has to be yours alone: run chmod 700 on it"},
		"a link": {func(t *testing.T, folder string) {
			t.Helper()
			if err := os.Symlink(private(t, t.TempDir()), folder); err != nil {
				t.Fatal(err)
			}
		}, "is a symbolic link, and whoever can change it decides where keys go: put a folder in its place"},
		"somebody else's": {func(t *testing.T, folder string) {
			t.Helper()
			mode(0o700)(t, folder)
			if err := os.Chown(folder, 12345, 12345); err != nil {
				t.Skip("only root can give a folder away")
			}
		}, "belongs to somebody else, who can take files out of it: use a folder of your own"},
		"no folder": {func(t *testing.T, folder string) {
			t.Helper()
			if err := os.WriteFile(folder, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}, "not a directory"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := filepath.Join(t.TempDir(), "keys")
			c.make(t, folder)
			path, err := config.WriteKey(folder, "shop-31.key", model.NewSecret(canary+"key"))
			if err == nil || path != "" || !strings.Contains(err.Error(), c.want) {
				t.Errorf("written to %q, %v; want %q", path, err, c.want)
			}
			redacttest.TellsNoKey(t, err)
			if entries, _ := os.ReadDir(folder); len(entries) > 0 {
				t.Errorf("%s was left in it", entries[0].Name())
			}
		})
	}
}

func TestTheStartTellsOfKeysThatWereRescued(t *testing.T) {
	t.Parallel()
	folder := private(t, t.TempDir())
	if said := config.Rescued(filepath.Join(folder, "none")); said != "" {
		t.Errorf("of no folder it is said: %s", said)
	}
	write := func(name string) string {
		path, err := config.WriteKey(folder, name, model.NewSecret(canary+"key"))
		if err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("shop-31.key")
	if said := config.Rescued(folder); said != "" {
		t.Errorf("of a key that a person wrote it is said: %s", said)
	}
	write("shop-31" + model.RescuedKey)
	if said := config.Rescued(folder); said != "A rescued key lies in "+folder+"; it stays until you move or delete it." {
		t.Errorf("said %q", said)
	}
	write("shop-31" + model.RescuedKey)
	if said := config.Rescued(folder); said != "2 rescued keys lie in "+folder+"; they stay until you move or delete them." {
		t.Errorf("said %q", said)
	}
}
