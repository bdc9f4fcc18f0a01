package custody_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/custody"
	"authdeck/model"
)

func copyAll(to io.Writer, from io.Reader) (int64, error) { return io.Copy(to, from) }

// keyFile is a key that somebody had written.
func keyFile(t *testing.T, at custody.Place, name string) (path string) {
	t.Helper()
	path = filepath.Join(at.Files, name)
	if err := os.MkdirAll(at.Files, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(canary+"key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAKeyFileIsOverwrittenBeforeItIsRemoved(t *testing.T) {
	t.Parallel()
	at := place(t)
	path := keyFile(t, at, "shop-31.key")
	other := filepath.Join(t.TempDir(), "the same file")
	if err := os.Link(path, other); err != nil {
		t.Fatal(err)
	}
	said, err := custody.In(at).Remove("shop-31.key")
	if err != nil || said != "it is overwritten and removed; snapshots, backups and flash may still hold it" {
		t.Errorf("said %q, %v", said, err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("it is still there")
	}
	if content, _ := os.ReadFile(other); strings.Trim(string(content), "\x00") != "" || len(content) != len(canary)+4 {
		t.Errorf("what was in it is %q", content)
	}
}

func TestOnlyKeysAreListedAndRemoved(t *testing.T) {
	t.Parallel()
	at := place(t)
	keyFile(t, at, "shop-31.key")
	keyFile(t, at, "shop-32.rescued.key")
	keyFile(t, at, "notes.txt")
	outside := filepath.Join(t.TempDir(), "precious.key")
	if err := os.WriteFile(outside, []byte("precious"), 0o600); err != nil || os.Symlink(outside, filepath.Join(at.Files, "link.key")) != nil {
		t.Fatal(err)
	}
	safe := custody.In(at)
	keys, err := safe.Lying()
	if err != nil || len(keys) != 2 || keys[0].How != model.Filed || keys[0].Path != filepath.Join(at.Files, keys[0].Name) {
		t.Errorf("listed are %+v, %v", keys, err)
	}
	for _, name := range []string{"notes.txt", "", ".", "..", "../identity.txt", "none.key", "none.age", "../keys/shop-31.key"} {
		if said, err := safe.Remove(name); err == nil {
			t.Errorf("%q is removed: %s", name, said)
		}
		if _, err := safe.Take(name); err == nil {
			t.Errorf("%q is taken", name)
		}
	}
	_, _ = safe.Remove("link.key")
	if content, err := os.ReadFile(outside); err != nil || string(content) != "precious" {
		t.Errorf("through a link: %q, %v", content, err)
	}
}

func TestASealedKeyIsDiscarded(t *testing.T) {
	t.Parallel()
	at := place(t)
	left(t, at, canary+"key")
	safe := custody.In(at)
	if _, err := safe.Remove(sealedIn(t, at)[0]); err != nil || safe.Waiting() != 0 || len(sealedIn(t, at)) != 0 {
		t.Errorf("%v; %d wait", err, safe.Waiting())
	}
}

func TestWhatIsDamagedIsListedAndDoesNotHideTheOthers(t *testing.T) {
	t.Parallel()
	at := place(t)
	left(t, at, canary+"key")
	if err := os.WriteFile(filepath.Join(at.Sealed, "20260301T120000Z-x.age"), []byte("age-encryption.org/v1\nhalf"), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := custody.In(at).Lying()
	if err != nil || len(keys) != 2 || keys[0].Shut != "it is not whole, or was changed" || keys[0].Since.Year() != 2026 || keys[1].Shut != "" {
		t.Errorf("listed are %+v, %v", keys, err)
	}
	if err := os.WriteFile(at.Identity, []byte("gone"), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err = custody.In(at).Lying()
	if err != nil || len(keys) != 2 || !strings.Contains(keys[1].Shut, "it holds no age identity") {
		t.Errorf("without an identity, listed are %+v, %v", keys, err)
	}
}

func TestOfNothingNothingIsSaidAndNothingIsMade(t *testing.T) {
	t.Parallel()
	at := place(t)
	safe := custody.In(at)
	keys, err := safe.Lying()
	if err != nil || len(keys) != 0 || safe.Waiting() != 0 {
		t.Errorf("%v, %v", keys, err)
	}
	if _, err := os.Lstat(filepath.Dir(at.Sealed)); err == nil {
		t.Error("to look has made a folder")
	}
}
