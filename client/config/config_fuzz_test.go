package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func FuzzConfig(f *testing.F) {
	for _, text := range []string{
		Example, "", "[[system]]", "[system]\nname=1", "system = [{name = \"x\"}]", "[[system]]\n\"name\" = \"a b\"", "[[system]]\n[[system]]\nname='x'",
		Example + "\n" + Example, Example + "\nx = 1", "[[system.system]]\nname = 1", "system.name = 1", "[[system]]\nname.x = 1", "a = [[[", "\xff", "x = \"\x1b\"", "[[system]]\n" + `token_command = [""]`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		path := filepath.Join(t.TempDir(), "config.toml")
		if err := os.WriteFile(path, doc, 0o600); err != nil {
			t.Fatal(err)
		}
		profiles, err := Load(path, func(string) string { return "" }, SomeKinds())
		if err != nil {
			if len(profiles) != 0 || !strings.HasPrefix(err.Error(), path+":") {
				t.Errorf("%d systems came with the error %v", len(profiles), err)
			}
			if strings.Contains(err.Error(), "\x1b") {
				t.Errorf("the error holds an escape: %q", err)
			}
			return
		}
		names := map[string]bool{}
		for _, p := range profiles {
			if names[p.Name] || p.url == nil || p.url.User != nil || p.url.Host == "" || p.Credential.count() != 1 {
				t.Errorf("taken: %+v", p)
			}
			names[p.Name] = true
		}
		if len(profiles) == 0 {
			t.Error("no system and no error")
		}
	})
}
