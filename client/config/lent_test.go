package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/config"
	"authdeck/model"
	"authdeck/model/setting"
)

// lent are two systems, one by token and one by password.
func lent() []config.Lent {
	return []config.Lent{
		{System: setting.System{Name: "shop", Kind: "hamgam", URL: "http://127.0.0.1:1/shop"}, Credential: model.NewSecret("canary-shop")},
		{System: setting.System{Name: "tower", Kind: "awx", URL: "http://127.0.0.1:1/tower", Username: "root"}, Credential: model.NewSecret("canary-tower")},
	}
}

// listed are the files and folders under a folder, with what they let whom.
func listed(t *testing.T, folder string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		info, err := entry.Info()
		name, _ := filepath.Rel(folder, path)
		all[name] = info.Mode().String()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestALentConfigurationOpensAllThatItSaysAndGoesAgain(t *testing.T) {
	t.Parallel()
	under := t.TempDir()
	path := filepath.Join(under, "demo.toml")
	take, err := config.InitLent(path, lent(), config.SomeKinds())
	if err != nil {
		t.Fatal(err)
	}
	found, err := config.Load(path, vars(nil), config.SomeKinds())
	if err != nil || len(found.Profiles) != 2 || found.Profiles[1].Username != "root" {
		t.Fatalf("%v, %v", found.Profiles, err)
	}
	for i, p := range found.Profiles {
		if got, err := p.Credential.Read(t.Context(), vars(nil)); err != nil || got.Reveal() != lent()[i].Credential.Reveal() {
			t.Errorf("the credential of %s: %v", p.Name, err)
		}
	}
	if text, _ := os.ReadFile(path); strings.Contains(string(text), "canary") {
		t.Errorf("a credential stands in the configuration: %s", text)
	}
	for name, mode := range listed(t, under) {
		if !strings.HasSuffix(mode, "------") {
			t.Errorf("%s is %s", name, mode)
		}
	}
	take()
	if left := listed(t, under); len(left) > 0 {
		t.Errorf("%v was left", left)
	}
}

func TestALentConfigurationIsWrittenOverNothingAndLeavesNoCredential(t *testing.T) {
	t.Parallel()
	for name, there := range map[string]func(path string) error{
		"a configuration":   func(path string) error { return os.WriteFile(path, []byte("mine"), 0o600) },
		"other credentials": func(path string) error { return os.Mkdir(path+".credentials", 0o700) },
		"a name too long":   func(string) error { return nil },
	} {
		under := t.TempDir()
		path := filepath.Join(under, strings.Repeat("x", 300*strings.Count(name, "long"))+"demo.toml")
		if err := there(path); err != nil {
			t.Fatal(err)
		}
		before := listed(t, under)
		_, err := config.InitLent(path, lent(), config.SomeKinds())
		if err == nil || !strings.Contains(err.Error(), path) || before != nil && name != "a name too long" && !strings.Contains(err.Error(), "is there already, and stays as it is") {
			t.Errorf("%s: %v", name, err)
		}
		if left := listed(t, under); len(left) != len(before) {
			t.Errorf("%s: %v was left", name, left)
		}
	}
}

func TestWhatSomebodyMadeOfALentConfigurationStays(t *testing.T) {
	t.Parallel()
	under := t.TempDir()
	path := filepath.Join(under, "demo.toml")
	take, err := config.InitLent(path, lent(), config.SomeKinds())
	if err == nil {
		err = errors.Join(os.WriteFile(path, []byte("mine"), 0o600), os.WriteFile(filepath.Join(path+".credentials", "mine"), nil, 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	take()
	left := listed(t, under)
	if left["demo.toml"] == "" || left["demo.toml.credentials/mine"] == "" || len(left) != 3 {
		t.Errorf("what is left is %v", left)
	}
}
