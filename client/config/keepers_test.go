package config_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// examples are the configurations of docs/credentials.md, by their headings.
func examples(t *testing.T) map[string]string {
	t.Helper()
	page, err := os.ReadFile("../../docs/credentials.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for section := range strings.SplitSeq("\n"+string(page), "\n## ") {
		heading, text, _ := strings.Cut(section, "\n")
		for _, block := range regexp.MustCompile("(?s)```toml\n(.*?)```").FindAllStringSubmatch(text, -1) {
			found[heading] += block[1]
		}
	}
	return found
}

// keeper is the source that an example names, among stand-ins.
func keeper(t *testing.T, example string) config.Source {
	t.Helper()
	found, err := config.Load(written(t, example), vars(nil), config.SomeKinds())
	if err != nil {
		t.Fatal(err)
	}
	if p := found.Profiles[0]; p.Name != "shop" || len(found.Profiles) != 1 {
		t.Errorf("the example is of %s, and %d systems", p.Name, len(found.Profiles))
	}
	return found.Profiles[0].Credential
}

// among has the stand-ins found, in a state of their own.
func among(t *testing.T, open string) {
	t.Helper()
	folder, err := filepath.Abs("testdata/keepers")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder+":"+os.Getenv("PATH"))
	t.Setenv("KEY", canary+"key")
	t.Setenv("OPEN", open)
	t.Setenv("BW_SESSION", "")
}

// keepers are the commands of the page, and how they end where they are locked.
func keepers() map[string]string {
	return map[string]string{
		"pass": "exit status 2", "Bitwarden": "exit status 1", "1Password": "exit status 1", "Vault": "exit status 2", "GNOME Keyring, KWallet": "exit status 1",
	}
}

func TestEachExampleOfThePageGivesTheKeyOfAKeeperThatIsOpen(t *testing.T) {
	among(t, "yes")
	found := examples(t)
	for name := range keepers() {
		for how, read := range map[string]func(config.Source) (model.Secret, error){
			"first": func(s config.Source) (model.Secret, error) { return s.Read(t.Context(), vars(nil)) },
			"again": func(s config.Source) (model.Secret, error) { return s.Reread(t.Context()) },
		} {
			secret, err := read(keeper(t, found[name]))
			if err != nil || secret.Reveal() != canary+"key" {
				t.Errorf("%s, %s: %q, %v", name, how, secret.Reveal(), err)
			}
		}
	}
}

func TestEachKeeperThatIsLockedIsSaidToBeAndMayAskOnTheTerminal(t *testing.T) {
	among(t, "")
	found := examples(t)
	for name, ends := range keepers() {
		s := keeper(t, found[name])
		_, err := s.ReadUnasked(t.Context())
		redacttest.FailsAs(t, err, model.Unopened)
		if err == nil || !strings.Contains(err.Error(), ends) || !s.MayAsk(err) || !s.MayChange() {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnExampleWhoseEntryIsNotThereFails(t *testing.T) {
	among(t, "yes")
	found := examples(t)
	for name := range keepers() {
		for _, old := range []string{`"shop"]`, `/shop"]`, `/shop/`} {
			found[name] = strings.ReplaceAll(found[name], old, strings.ReplaceAll(old, "shop", "barn"))
		}
		if _, err := keeper(t, found[name]).Read(t.Context(), vars(nil)); err == nil {
			t.Errorf("%s gives a key for an entry that it does not have", name)
		}
	}
}

func TestThePageHasNoExampleThatIsNotTried(t *testing.T) {
	t.Parallel()
	tried := []string{"systemd"}
	for name := range keepers() {
		tried = append(tried, name)
	}
	for name := range examples(t) {
		if !slices.Contains(tried, name) {
			t.Errorf("nobody tries the example of %s", name)
		}
	}
	if len(examples(t)) != len(tried) {
		t.Errorf("%d examples, %d tried", len(examples(t)), len(tried))
	}
}

func TestWhatSystemdPassesIsTakenAndWhatOthersCouldReadIsNot(t *testing.T) {
	t.Parallel()
	s, folder := keeper(t, examples(t)["systemd"]), t.TempDir()
	passes := vars(map[string]string{"CREDENTIALS_DIRECTORY": folder})
	refused(t, s, vars(nil), "$CREDENTIALS_DIRECTORY is not set", "LoadCredential")
	refused(t, s, vars(map[string]string{"CREDENTIALS_DIRECTORY": "relative"}), "is not set")
	refused(t, s, passes, "no such file")
	path := filepath.Join(folder, "shop-token")
	if err := os.WriteFile(path, []byte(canary+"key"), 0o600); err != nil {
		t.Fatal(err)
	}
	for mode, says := range map[os.FileMode]string{0o400: "", 0o440: "", 0o600: "", 0o404: "mode 0404", 0o460: "mode 0460", 0o450: "mode 0450"} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if says != "" {
			refused(t, s, passes, says)
			continue
		}
		if secret, err := s.Read(t.Context(), passes); err != nil || secret.Reveal() != canary+"key" {
			t.Errorf("mode %o: %q, %v", mode, secret.Reveal(), err)
		}
	}
	if s.MayChange() || s.InHand() {
		t.Error("what systemd passes stays what it was, and has to be read")
	}
	if err := os.Rename(path, path+".real"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(path+".real", path); err != nil {
		t.Fatal(err)
	}
	refused(t, s, passes, "symbolic link")
}

func TestACredentialOfSystemdIsNamedAndNoPath(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"../key", "a/b", "..", "$X", "sh op", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"} {
		for _, key := range []string{"token_credential", "username = \"x\"\npassword_credential"} {
			_, err := config.Load(written(t, start+"url = \"https://a\"\n"+key+" = \""+name+"\"\n"), vars(nil), config.SomeKinds())
			if err == nil || !strings.Contains(err.Error(), "no name of a credential of systemd") || strings.Contains(err.Error(), "eyJ") {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
}
