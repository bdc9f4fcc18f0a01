package config_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/model/setting"
)

// asked are systems with each way to keep a credential, and with all that a text can hold.
func asked() []setting.System {
	return []setting.System{
		{Name: "shop", Kind: "hamgam", URL: "https://shop.example.com/deep", Variable: "SHOP_TOKEN", Production: true},
		{Name: "tower", Kind: "awx", URL: "https://tower.example.com", Username: `O'Hara "x" \n`, File: "~/keys/it's # \"one\"\tof\\them"},
		{Name: "sms", Kind: "saymon", URL: "http://localhost:8080", Username: "root", Command: []string{"pass", "show", "it's", `"""`, "'''", "a\nb", "]\n[[system]]\nname = 'x'"}},
		{Name: "idp", Kind: "authentik", URL: "https://idp.example.com", Command: []string{"/usr/bin/secret tool"}},
	}
}

func TestANewConfigurationHoldsWhatWasSaidAndWorks(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "one", "two", "config.toml")
	if err := config.Init(path, asked(), config.SomeKinds()); err != nil {
		t.Fatal(err)
	}
	getenv := vars(map[string]string{"HOME": "/home/sara"})
	found, err := config.Load(path, getenv, config.SomeKinds())
	if err != nil || len(found.Profiles) != 4 {
		t.Fatalf("%d systems, %v", len(found.Profiles), err)
	}
	sources := []string{"environment variable SHOP_TOKEN", "file /home/sara/keys/it's # \"one\"␉of\\them", "command pass", "command /usr/bin/secret tool"}
	for i, p := range found.Profiles {
		s := asked()[i]
		if p.Name != s.Name || p.Kind != s.Kind || p.URL().String() != s.URL || p.Username != s.Username || p.Production != s.Production || p.ReadOnly || p.Credential.String() != sources[i] {
			t.Errorf("%+v became %+v from %s", s, p, p.Credential)
		}
	}
	if got := config.CommandOf(found.Profiles[2]); !reflect.DeepEqual(got, asked()[2].Command) {
		t.Errorf("the command became %q", got)
	}
	content, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(content), "# The configuration of authdeck") || strings.Count(string(content), "\n# The variable that holds the token") != 1 {
		t.Errorf("%v\n%s", err, content)
	}
}

func TestANewConfigurationIsItsOwnersAloneAndSoIsItsFolder(t *testing.T) {
	t.Parallel()
	under := t.TempDir()
	path := filepath.Join(under, "one", "two", "config.toml")
	if err := config.Init(path, asked(), config.SomeKinds()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{path: 0o600, filepath.Dir(path): fs.ModeDir | 0o700, filepath.Join(under, "one"): fs.ModeDir | 0o700} {
		if info, err := os.Stat(name); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if files, _ := os.ReadDir(filepath.Dir(path)); len(files) != 1 {
		t.Errorf("beside it there are %v", files)
	}
}

func TestNoConfigurationIsEverWrittenOver(t *testing.T) {
	t.Parallel()
	path := written(t, "mine")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(filepath.Join(t.TempDir(), "nowhere"), link); err != nil {
		t.Fatal(err)
	}
	for _, at := range []string{path, link, filepath.Dir(path)} {
		err := config.Init(at, asked(), config.SomeKinds())
		if err == nil || !strings.Contains(err.Error(), at) || at == path && !errors.Is(err, fs.ErrExist) {
			t.Errorf("%s: %v", at, err)
		}
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "mine" {
		t.Errorf("%q, %v", content, err)
	}
	if _, err := os.Stat(link); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("through a link something was written: %v", err)
	}
}

func TestWhatCannotBeWrittenLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	under := t.TempDir()
	for name, c := range map[string]struct {
		path    string
		systems []setting.System
	}{
		"a wrong system":  {"a/b/config.toml", []setting.System{{Name: "x", Kind: "nix", URL: "https://x", Variable: "T"}}},
		"no system":       {"a/b/config.toml", nil},
		"no name":         {"a/b/", asked()},
		"two of a name":   {"a/b/config.toml", slices.Concat(asked(), asked())},
		"a name too long": {"a/b/" + strings.Repeat("x", 300), asked()},
	} {
		err := config.Init(filepath.Join(under, c.path)+strings.Repeat("/", strings.Count(name, "no name")), c.systems, config.SomeKinds())
		if err == nil {
			t.Errorf("%s was written", name)
		}
		if left, _ := os.ReadDir(under); len(left) != 0 {
			t.Fatalf("%s: %v was left", name, left)
		}
	}
}

func TestAFileIsFoundFromWhereItWasSaid(t *testing.T) {
	here := shortFolder(t)
	t.Chdir(here)
	s := asked()[0]
	s.Variable, s.File = "", "keys/shop"
	if err := config.Init(filepath.Join("deep", "config.toml"), []setting.System{s}, config.SomeKinds()); err != nil {
		t.Fatal(err)
	}
	found, err := config.Load(filepath.Join("deep", "config.toml"), vars(nil), config.SomeKinds())
	if err != nil || found.Profiles[0].Credential.String() != "file "+filepath.Join(here, "keys", "shop") {
		t.Errorf("%v, %v", found.Profiles, err)
	}
}

func TestWhatIsAmissIsSaidOfWhatWasSaidLast(t *testing.T) {
	t.Parallel()
	const likeKey = "0123456789abcdef0123456789abcdef01234567"
	for said, cases := range map[string]map[string]setting.System{
		"name":     {"": {Name: "shop"}, "is no name": {Name: "my shop"}, "looks like a key": {Name: likeKey[:40]}},
		"kind":     {"": {Kind: "awx"}, "is not a kind of system; allowed: authentik, awx": {Kind: "x"}},
		"url":      {"": {URL: "https://x.example.com"}, "in the clear": {URL: "http://x.example.com"}, "no user name or password": {URL: "https://canary-x@x.example.com"}},
		"username": {"": {Kind: "awx", Username: "root"}, "signs in with a token only": {Kind: "authentik", Username: "root"}, "looks like a key; a user name": {Kind: "awx", Username: likeKey}, "with a colon": {Kind: "awx", Username: "a:b"}},
		"variable": {"": {Variable: "TOKEN"}, "no name of a variable": {Variable: "canary-x"}, "and not the token": {Variable: likeKey}, "and not the password": {Username: "x", Variable: likeKey}, "no credential": {}},
		"file":     {"": {File: "~/token"}, "the path of the file that holds it": {File: likeKey}, "a NUL": {File: "a\x00b"}},
		"command":  {"": {Command: []string{"pass"}}, "it is empty": {Command: []string{""}}, "an argument looks like a key": {Command: []string{"echo", likeKey}}, "a NUL": {Command: []string{"a", "\x00"}}},
	} {
		for want, s := range cases {
			err := config.Amiss(s, said, config.SomeKinds())
			if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%s %+v: %v", said, s, err)
			}
			if err != nil {
				redacttest.Hides(t, "what is amiss", err.Error(), likeKey)
			}
		}
	}
}

func TestNoKeyComesIntoANewConfiguration(t *testing.T) {
	t.Parallel()
	const likeKey = "0123456789abcdef0123456789abcdef01234567"
	for _, s := range []setting.System{
		{Variable: likeKey}, {File: likeKey}, {Command: []string{"echo", likeKey}}, {Username: likeKey, Variable: "P"}, {URL: "https://root:" + likeKey + "@x.example.com", Variable: "P"},
	} {
		s.Name, s.Kind = "x", "awx"
		if s.URL == "" {
			s.URL = "https://x.example.com"
		}
		path := filepath.Join(t.TempDir(), "config.toml")
		err := config.Init(path, []setting.System{s}, config.SomeKinds())
		if err == nil {
			t.Fatalf("%+v was written", s)
		}
		redacttest.Hides(t, "the error", err.Error(), likeKey)
		if _, err := os.Stat(path); err == nil {
			t.Error("a file was written")
		}
	}
}
