package config

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/setting"
)

func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		Example, "", "[[system]]", "[system]\nname=1", "system = [{name = \"x\"}]", "[[system]]\n\"name\" = \"a b\"", "[[system]]\n[[system]]\nname='x'",
		Example + "\n" + Example, Example + "\nx = 1", "[[system.system]]\nname = 1", "system.name = 1", "[[system]]\nname.x = 1", "a = [[[", "\xff", "x = \"\x1b\"", "[[system]]\n" + `token_command = [""]`,
		Example + "\n[theme]\naccent = \"blue\"\nwarn = 208\ndanger = \"#ff0000\"", "[[theme]]\n" + Example, "theme.warn = 'none'\n" + Example, "theme = {warn = {x = 1}}\n" + Example,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		path := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(path, doc, 0o600); err != nil {
			t.Fatal(err)
		}
		getenv := func(string) string { return "" }
		found, err := Load(path, getenv, SomeKinds())
		checked(t, setting.Place{Path: path}, err)
		if err != nil {
			if len(found.Profiles) != 0 || found.Theme != (model.Theme{}) || !strings.HasPrefix(err.Error(), path+":") {
				t.Errorf("%d systems came with the error %v", len(found.Profiles), err)
			}
			if strings.Contains(err.Error(), "\x1b") {
				t.Errorf("the error holds an escape: %q", err)
			}
			return
		}
		names := map[string]bool{}
		for _, p := range found.Profiles {
			if names[p.Name] || p.url == nil || p.url.User != nil || p.url.Host == "" || p.Credential.count() != 1 {
				t.Errorf("taken: %+v", p)
			}
			names[p.Name] = true
		}
		for _, c := range []model.Colour{found.Theme.Accent, found.Theme.Warn, found.Theme.Danger} {
			if !regexp.MustCompile(`^(|none|[0-9]{1,3}|#[0-9A-Fa-f]{6})$`).MatchString(string(c)) {
				t.Errorf("a colour is %q", c)
			}
		}
		if len(found.Profiles) == 0 {
			t.Error("no system and no error")
		}
	})
}

// checked holds that a check finds a fault where Load does, and that what can be loaded can be
// shown.
func checked(t *testing.T, at setting.Place, refused error) {
	t.Helper()
	getenv := func(string) string { return "" }
	faults := 0
	for _, f := range Check(at, getenv, SomeKinds()) {
		if !f.Doubt {
			faults++
		}
	}
	all, err := Show(at, getenv, SomeKinds())
	if (refused != nil) != (faults > 0) || (err != nil) != (refused != nil) || (len(all) > 0) != (err == nil) {
		t.Errorf("it is loaded with %v, checked with %d faults, and shown with %d values and %v", refused, faults, len(all), err)
	}
}
