package client_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
)

// from loads a configuration whose only system takes its credential as the line
// says.
func from(t *testing.T, line string) config.Source {
	t.Helper()
	profiles, err := config.Load(written(t, start+"url = \"https://shop.example.com\"\n"+line+"\n"), vars(map[string]string{"HOME": t.TempDir()}), client.Kinds())
	if err != nil {
		t.Fatal(err)
	}
	return profiles[0].Credential
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
	failsAs(t, err, model.Unopened)
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
	profiles, err := config.Load(path, vars(map[string]string{"HOME": home}), client.Kinds())
	if err != nil {
		t.Fatal(err)
	}
	beside := filepath.Dir(path)
	for i, want := range []string{filepath.Join(home, "key"), filepath.Join(beside, "keys", "b"), filepath.Join(filepath.Dir(beside), "~", "b")} {
		if got := profiles[i].Credential.String(); got != "file "+want {
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
	failsAs(t, err, model.Unopened)
	if !secret.Empty() || !strings.Contains(err.Error(), "did not end while it was waited for") { // and not within half a minute
		t.Errorf("the error is %v", err)
	}
}

func TestASystemWithoutACredentialStandsInTheListAndRefuses(t *testing.T) {
	t.Parallel()
	p, err := config.NewProfile(client.Kinds(), "shop", "hamgam", "https://shop.example.com", config.Given(model.Secret{}))
	if err != nil {
		t.Fatal(err)
	}
	p.Production = true
	book := &logBook{}
	api, err := client.Open(t.Context(), p, env(book))
	failsAs(t, err, model.Unopened)
	if info := api.Info(); info.Name != "shop" || info.Kind != "hamgam" || info.Host != "shop.example.com" || !info.Production {
		t.Errorf("it says of itself %+v", info)
	}
	_, me := api.WhoAmI(t.Context())
	_, tokens := api.Tokens(t.Context(), model.Query{Size: 1})
	_, users := api.Users(t.Context(), model.Query{Size: 1})
	refusals := []error{me, tokens, users}
	for _, a := range model.Actions() {
		_, asked := api.Prepare(t.Context(), a, model.Token{})
		_, done := api.Do(t.Context(), model.Order{Action: a})
		refusals = append(refusals, asked, done)
	}
	for i, got := range refusals {
		if !errors.Is(got, err) {
			t.Errorf("call %d fails with %v, want %v", i, got, err)
		}
	}
}

func TestAGivenCredentialSaysNothingOfItself(t *testing.T) {
	t.Parallel()
	p := profile(t, "https://shop.example.com", canary+"key")
	showsNoKey(t, p.Credential)
	showsNoKey(t, p)
	showsNoKey(t, &p)
	api := open(t, p, &logBook{})
	showsNoKey(t, api)
	showsNoKey(t, api.Info())
	showsNoKey(t, client.ReadOnly(api))
}
