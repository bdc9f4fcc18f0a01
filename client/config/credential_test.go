package config_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// from loads a configuration whose only system takes its credential as the line
// says.
func from(t *testing.T, line string) config.Source {
	t.Helper()
	found, err := config.Load(written(t, start+"url = \"https://shop.example.com\"\n"+line+"\n"), vars(map[string]string{"HOME": t.TempDir()}), config.SomeKinds())
	if err != nil {
		t.Fatal(err)
	}
	return found.Profiles[0].Credential
}

// refused wants a source to fail with words that help and without what was read.
func refused(t *testing.T, s config.Source, env func(string) string, says ...string) {
	t.Helper()
	secret, err := s.Read(t.Context(), env)
	if err == nil {
		t.Errorf("%s was read", s)
		return
	}
	if !secret.Empty() {
		t.Errorf("%s gave a secret with its error", s)
	}
	redacttest.FailsAs(t, err, model.Unopened)
	for _, word := range append(says, s.String()) {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not say %q: %v", word, err)
		}
	}
}

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

func TestAVariableGivesTheCredential(t *testing.T) {
	t.Parallel()
	s := from(t, `token_env = "SHOP_TOKEN"`)
	secret, err := s.Read(t.Context(), vars(map[string]string{"SHOP_TOKEN": "  canary-key\n"}))
	if err != nil || secret.Reveal() != "canary-key" {
		t.Errorf("read %q, %v", secret.Reveal(), err)
	}
	refused(t, s, vars(nil), "SHOP_TOKEN", "is empty")
	refused(t, s, vars(map[string]string{"SHOP_TOKEN": " \t\n"}), "SHOP_TOKEN", "is empty")
}

func TestOnlyTheFirstLineOfAPrivateFileIsTheCredential(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		"canary-key": "canary-key", "canary-key\n": "canary-key", " canary-key \r\nsecond\n": "canary-key",
	} {
		for _, mode := range []os.FileMode{0o600, 0o400, 0o700} {
			s := from(t, "token_file = \""+keyFile(t, content, mode)+"\"")
			secret, err := s.Read(t.Context(), vars(nil))
			if err != nil || secret.Reveal() != want {
				t.Errorf("%q, mode %o: read %q, %v", content, mode, secret.Reveal(), err)
			}
		}
	}
}

func TestAFileThatOthersCanReadIsRefused(t *testing.T) {
	t.Parallel()
	for _, mode := range []os.FileMode{0o640, 0o604, 0o660, 0o602, 0o610, 0o601, 0o777, 0o644} {
		s := from(t, "token_file = \""+keyFile(t, canary+"key\n", mode)+"\"")
		refused(t, s, vars(nil), "chmod 600")
	}
}

func TestAFileThatIsNoneIsRefused(t *testing.T) {
	t.Parallel()
	path := keyFile(t, canary+"key\n", 0o600)
	link, pipe := path+".link", path+".pipe"
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for file, says := range map[string]string{
		link: "symbolic link", pipe: "not a regular file", filepath.Dir(path): "not a regular file", path + ".none": "no such file",
		keyFile(t, "", 0o600): "is empty", keyFile(t, "\nsecond\n", 0o600): "is empty", keyFile(t, " \n", 0o600): "is empty",
	} {
		refused(t, from(t, "token_file = \""+file+"\""), vars(nil), says)
	}
}

func TestAFileOfSomebodyElseIsRefused(t *testing.T) {
	t.Parallel()
	if os.Getuid() != 0 {
		t.Skip("only root can give a file away")
	}
	path := keyFile(t, canary+"key\n", 0o600)
	if err := os.Chown(path, 12345, -1); err != nil {
		t.Skipf("this machine does not let root give a file away: %v", err)
	}
	refused(t, from(t, "token_file = \""+path+"\""), vars(nil), "belongs to somebody else")
}

func TestAFileThatItsOwnerMayNotReadIsRefused(t *testing.T) {
	t.Parallel()
	if os.Getuid() == 0 {
		t.Skip("root may read everything")
	}
	refused(t, from(t, "token_file = \""+keyFile(t, canary+"key\n", 0o200)+"\""), vars(nil), "permission denied")
}

func TestAPathIsSeenFromTheConfigurationAndTheHome(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	path := written(t, start+"url = \"https://shop.example.com\"\ntoken_file = \"~/key\"\n"+
		"[[system]]\nname = \"b\"\nkind = \"hamgam\"\nurl = \"https://shop.example.com\"\ntoken_file = \"keys/b\"\n"+
		"[[system]]\nname = \"c\"\nkind = \"hamgam\"\nurl = \"https://shop.example.com\"\ntoken_file = \"../~/b\"\n")
	found, err := config.Load(path, vars(map[string]string{"HOME": home}), config.SomeKinds())
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Dir(path)
	for i, want := range []string{filepath.Join(home, "key"), filepath.Join(beside, "keys", "b"), filepath.Join(filepath.Dir(beside), "~", "b")} {
		if got := found.Profiles[i].Credential.String(); got != "file "+want {
			t.Errorf("system %d: %s, want %s", i, got, want)
		}
	}
}

// program is an executable script.
func program(t *testing.T, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "give key")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestACommandIsAListOfWordsAndNoShellReadsThem(t *testing.T) {
	t.Parallel()
	path := program(t, `printf '%s|' "$@"; echo; echo second`)
	s := from(t, `token_command = ["`+path+`", "$HOME", "a b", "; echo x", "*", ""]`)
	secret, err := s.Read(t.Context(), vars(nil))
	if err != nil || secret.Reveal() != "$HOME|a b|; echo x|*||" {
		t.Errorf("read %q, %v", secret.Reveal(), err)
	}
}

func TestACommandThatFailsSaysHowAndNotWhatItPrinted(t *testing.T) {
	t.Parallel()
	for script, says := range map[string]string{
		"echo " + canary + "key; exit 3":     "exit status 3",
		"echo " + canary + "key; kill -9 $$": "killed",
		"exit 0":                             "is empty",
		"echo; echo " + canary + "key":       "is empty",
	} {
		refused(t, from(t, `token_command = ["`+program(t, script)+`"]`), vars(nil), says)
	}
}

func TestACommandThatIsNotThereIsNamed(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	plain := keyFile(t, canary+"key", 0o600)
	for command, says := range map[string]string{
		"authdeck-no-such-program": "not found", folder + "/none": "no such file", plain: "permission denied", folder: "",
	} {
		refused(t, from(t, `token_command = ["`+command+`", "`+canary+`argument"]`), vars(nil), "cannot be started", says)
	}
}

func TestACommandThatIsNotWaitedForEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	s := from(t, `token_command = ["`+program(t, "echo "+canary+"key; exec sleep 600")+`"]`)
	secret, err := s.Read(ctx, vars(nil))
	redacttest.FailsAs(t, err, model.Unopened)
	if !secret.Empty() || !strings.Contains(err.Error(), "did not end while it was waited for") { // and not within half a minute
		t.Errorf("the error is %v", err)
	}
}

func TestACommandDoesNotInheritTheTokensOfOthers(t *testing.T) {
	t.Parallel()
	environment := map[string]string{"SHOP": "canary", "PATH": "/bin"}
	gone := map[string]bool{}
	found, err := config.Load(written(t, start+"url = \"https://shop.example.com\"\ntoken_env = \"SHOP\"\n"), vars(nil), config.SomeKinds())
	if err != nil {
		t.Fatal(err)
	}
	getenv := config.UnsetCredentials(found.Profiles,
		func(name string) string {
			if gone[name] {
				return ""
			}
			return environment[name]
		},
		func(name string) error { gone[name] = true; return nil })
	if !gone["SHOP"] || gone["PATH"] || getenv("SHOP") != "canary" || getenv("PATH") != "/bin" {
		t.Errorf("gone is %v; SHOP is %q, PATH is %q", gone, getenv("SHOP"), getenv("PATH"))
	}
}
