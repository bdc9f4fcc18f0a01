package config_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
)

func TestTheExampleWorksAsItStands(t *testing.T) {
	t.Parallel()
	found, err := config.Load(written(t, config.Example), vars(nil), config.SomeKinds())
	if err != nil || len(found.Profiles) != 1 {
		t.Fatalf("%d systems, %v", len(found.Profiles), err)
	}
	p := found.Profiles[0]
	if p.Name != "shop" || p.Kind != "hamgam" || p.Credential.String() != "environment variable SHOP_TOKEN" || p.ReadOnly || p.Production {
		t.Errorf("the example gives %+v", p)
	}
}

func TestEveryKeyIsUnderstood(t *testing.T) {
	t.Parallel()
	path := written(t, start+`url = "http://shop.internal:8080/deep/"
username = "root.admin"
password_file = "keys/shop"
ca_file = "~/ca.pem"
production = true
read_only = true
insecure_http = true

[[system]]
"name" = "other"
'kind' = "hamgam"
url = "https://other.example.com"
token_command = ["pass", "show", "other"]

[[system]]
name = "third"
kind = "hamgam"
url = "http://127.0.0.1:8000"
token_file = "/etc/keys/third"
`)
	found, err := config.Load(path, vars(map[string]string{"HOME": "/home/sara"}), config.SomeKinds())
	if err != nil || len(found.Profiles) != 3 {
		t.Fatalf("%d systems, %v", len(found.Profiles), err)
	}
	first := found.Profiles[0]
	if first.Username != "root.admin" || !first.Production || !first.ReadOnly || first.CAFile != "/home/sara/ca.pem" {
		t.Errorf("the first is %+v", first)
	}
	for i, want := range []string{"file " + filepath.Join(filepath.Dir(path), "keys/shop"), "command pass", "file /etc/keys/third"} {
		if got := found.Profiles[i].Credential.String(); got != want {
			t.Errorf("the credential of system %d comes from %q, want %q", i, got, want)
		}
	}
}

func TestAWrongConfigurationIsRefusedWithItsLine(t *testing.T) {
	t.Parallel()
	const url = "url = \"https://shop.example.com\"\n"
	const token = "token_env = \"T\"\n"
	for name, c := range map[string]struct {
		text string
		line int
		says []string
	}{
		"unknown key":                {start + url + token + "colour = \"red\"\n", 6, []string{`colour"`, "token_env", "ca_file"}},
		"misspelt key":               {start + url + "tokenfile = \"x\"\n", 5, []string{`tokenfile"`, "token_file"}},
		"unknown table":              {"[themes]\nx = 1\n" + start + url + token, 1, []string{"themes", "a [theme]", "[[system]]", "token_env"}},
		"key before any system":      {"name = \"x\"\n" + start + url + token, 1, []string{"name"}},
		"no name":                    {"[[system]]\nkind = \"hamgam\"\n" + url + token, 1, []string{"name"}},
		"empty name":                 {"[[system]]\nname = \"\"\nkind = \"hamgam\"\n" + url + token, 2, []string{"name"}},
		"name with a space":          {"[[system]]\nname = \"my shop\"\nkind = \"hamgam\"\n" + url + token, 2, []string{`"my shop"`, "A-Z a-z 0-9"}},
		"name with a dash first":     {"[[system]]\nname = \"-x\"\nkind = \"hamgam\"\n" + url + token, 2, []string{"name"}},
		"name with an escape":        {"[[system]]\nname = \"a\\u001b[2J\"\nkind = \"hamgam\"\n" + url + token, 2, []string{"name"}},
		"the same name twice":        {start + url + token + "\n" + start + url + token, 8, []string{`"shop"`, "two systems"}},
		"unknown kind":               {"[[system]]\nname = \"shop\"\nkind = \"hamgan\"\n" + url + token, 3, []string{`"hamgan"`, "hamgam"}},
		"no kind":                    {"[[system]]\nname = \"shop\"\n" + url + token, 1, []string{"kind", "hamgam"}},
		"no url":                     {start + token, 1, []string{"url", "https://"}},
		"url without a scheme":       {start + "url = \"shop.example.com\"\n" + token, 4, []string{"url", "https://"}},
		"url of another scheme":      {start + "url = \"ftp://shop.example.com\"\n" + token, 4, []string{"url"}},
		"url that is none":           {start + "url = \"https://[::1\"\n" + token, 4, []string{"url"}},
		"url with a query":           {start + "url = \"https://shop.example.com/?x=1\"\n" + token, 4, []string{"query"}},
		"url with a fragment":        {start + "url = \"https://shop.example.com/#x\"\n" + token, 4, []string{"fragment"}},
		"http":                       {start + "url = \"http://shop.example.com\"\n" + token, 4, []string{"insecure_http"}},
		"http that sounds nearby":    {start + "url = \"http://localhost.evil.example\"\n" + token, 4, []string{"insecure_http"}},
		"http to 127.0.0.1.x":        {start + "url = \"http://127.0.0.1.evil.example\"\n" + token, 4, []string{"insecure_http"}},
		"two sources":                {start + url + token + "token_file = \"x\"\n", 1, []string{"two sources", "token_command"}},
		"token and password":         {start + url + token + "username = \"x\"\npassword_env = \"P\"\n", 1, []string{"two sources"}},
		"token and username":         {start + url + token + "username = \"x\"\n", 6, []string{"username", "not with both"}},
		"username alone":             {start + url + "username = \"x\"\n", 5, []string{"password_env", "password_file", "password_command"}},
		"password without username":  {start + url + "password_env = \"P\"\n", 1, []string{"username"}},
		"no credential":              {start + url, 1, []string{"token_env", "token_file", "token_command"}},
		"empty command":              {start + url + "token_command = []\n", 1, []string{"token_command"}},
		"a command as a string":      {start + url + "token_command = \"pass show x\"\n", 5, nil},
		"a command without a name":   {start + url + "token_command = [\"\"]\n", 5, []string{"token_command"}},
		"no command for keys":        {start + url + token + "key_command = []\n", 6, []string{"key_command", "program to run"}},
		"a name that says what runs": {start + url + token + "key_command = [\"{name}\"]\n", 6, []string{"key_command", "no token"}},
		"an unknown placeholder":     {"key_command = [\"vault\", \"{naam}\"]\n" + start + url + token, 1, []string{"key_command", "{naam} stands for nothing", "{owner}"}},
		"a key command as a string":  {"key_command = \"vault kv put\"\n" + start + url + token, 1, []string{"key_command"}},
		"a number for a text":        {"[[system]]\nname = 7\n", 2, nil},
		"a text for a yes or no":     {start + url + token + "read_only = \"yes\"\n", 6, nil},
		"syntax":                     {start + "url = https://shop.example.com\n", 4, nil},
		"an open string":             {start + url + "token_env = \"T\n", 5, nil},
		"a key twice":                {start + url + url + token, 5, nil},
		"a quoted key":               {"[[system]]\n\"name\" = \"my shop\"\n\"kind\" = \"hamgam\"\n" + url + token, 2, []string{"name"}},
		"the second system":          {start + url + token + "\n[[system]]\nname = \"b\"\n# a remark\nkind = \"x\"\n", 10, []string{"kind"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := written(t, c.text)
			found, err := config.Load(path, vars(nil), config.SomeKinds())
			if err == nil {
				t.Fatalf("it was taken: %+v", found.Profiles)
			}
			if want := fmt.Sprintf("%s:%d: ", path, c.line); !strings.HasPrefix(err.Error(), want) {
				t.Errorf("the error begins not with line %d: %s", c.line, strings.TrimPrefix(err.Error(), path))
			}
			for _, word := range c.says {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("the error does not say %q: %v", word, err)
				}
			}
			if len(found.Profiles) != 0 {
				t.Errorf("%d systems came all the same", len(found.Profiles))
			}
			if strings.ContainsAny(err.Error(), "\x1b\r") {
				t.Errorf("the error holds control characters: %q", err)
			}
			if left, err := os.ReadFile(path); err != nil || string(left) != c.text {
				t.Errorf("the broken file was replaced: %v", err)
			}
		})
	}
}

func TestAConfigurationWithoutSystemsShowsTheLeastItNeeds(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n# nothing yet\n", "system = []\n"} {
		path := written(t, text)
		_, err := config.Load(path, vars(nil), config.SomeKinds())
		if err == nil || !strings.HasPrefix(err.Error(), path) || !strings.Contains(err.Error(), config.Example) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestSystemsMayBeWrittenInline(t *testing.T) {
	t.Parallel()
	path := written(t, `system = [{name = "shop", kind = "hamgam", url = "https://shop.example.com", token_env = "T"}]`)
	if found, err := config.Load(path, vars(nil), config.SomeKinds()); err != nil || len(found.Profiles) != 1 {
		t.Fatalf("%d systems, %v", len(found.Profiles), err)
	}
	path = written(t, "system = [\n"+
		`{name = "shop", kind = "hamgam", url = "https://shop.example.com", token_env = "T"},`+"\n"+
		`{name = "b", kind = "x", url = "https://shop.example.com", token_env = "T"}]`)
	_, err := config.Load(path, vars(nil), config.SomeKinds())
	if err == nil || !strings.HasPrefix(err.Error(), path+": ") || !strings.Contains(err.Error(), "system 2") || !strings.Contains(err.Error(), "kind") {
		t.Errorf("the error is %v", err)
	}
}

func TestAURLWithAPasswordIsRefusedAndNotShown(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"https://root:" + canary + "pw@shop.example.com", "https://" + canary + "pw@shop.example.com",
		"https://root:" + canary + "pw@shop.example.com/?x=1", "ftp://root:" + canary + "pw@shop.example.com",
		"https://root:" + canary + "pw@", "https://root:" + canary + "%zz@shop.example.com", "root:" + canary + "pw@shop.example.com",
		"https://shop.example.com/?token=" + canary, "http://root:" + canary + "pw@shop.example.com",
	} {
		_, err := config.Load(written(t, start+fmt.Sprintf("url = %q\ntoken_env = \"T\"\n", url)), vars(nil), config.SomeKinds())
		if err == nil {
			t.Errorf("%s was taken", url)
			continue
		}
		redacttest.TellsNoKey(t, err)
	}
}

func TestAKeyInTheConfigurationIsRefusedAndNotShown(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"token = \"canary-key\"", "password = \"canary-key\"", "token_file = canary-key", "token_env = 'canary-key", "token_env = [\"canary-key\"]",
		"token_env = \"canary-key\"", "token_env = \"0123456789abcdef0123456789abcdef01234567\"",
	} {
		_, err := config.Load(written(t, start+"url = \"https://shop.example.com\"\n"+line+"\n"), vars(nil), config.SomeKinds())
		if err == nil {
			t.Errorf("%s was taken", line)
			continue
		}
		redacttest.TellsNoKey(t, err)
		if strings.Contains(err.Error(), "0123456789abcdef") {
			t.Errorf("the key is quoted: %v", err)
		}
	}
}

func TestHTTPToThisMachineNeedsNoPermission(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"http://localhost:1", "http://127.0.0.1", "http://127.8.8.8:1/", "http://[::1]:8000", "http://far.example.com"} {
		text := start + fmt.Sprintf("url = %q\ntoken_env = \"T\"\ninsecure_http = %t\n", url, strings.Contains(url, "far"))
		if _, err := config.Load(written(t, text), vars(nil), config.SomeKinds()); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestAMissingFileIsToldFromABrokenOne(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "none", "config.toml")
	if _, err := config.Load(path, vars(nil), config.SomeKinds()); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), path) {
		t.Errorf("the error is %v", err)
	}
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a folder was made")
	}
	if _, err := config.Load(t.TempDir(), vars(nil), config.SomeKinds()); err == nil || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder: %v", err)
	}
}

func TestTheConfigurationIsLookedForInOrder(t *testing.T) {
	t.Parallel()
	env := map[string]string{"AUTHDECK_CONFIG": "/a/b.toml", "XDG_CONFIG_HOME": "/xdg", "HOME": "/home/sara"}
	for _, step := range []struct{ flag, without, want string }{
		{"mine.toml", "", "mine.toml"},
		{"", "", "/a/b.toml"},
		{"", "AUTHDECK_CONFIG", "/xdg/authdeck/config.toml"},
		{"", "XDG_CONFIG_HOME", "/home/sara/.config/authdeck/config.toml"},
	} {
		delete(env, step.without)
		if got := config.Path(step.flag, vars(env)); got != step.want {
			t.Errorf("flag %q without %s: %s, want %s", step.flag, step.without, got, step.want)
		}
	}
	env["XDG_CONFIG_HOME"] = "relative"
	if got := config.Path("", vars(env)); got != "/home/sara/.config/authdeck/config.toml" {
		t.Errorf("a relative folder was taken: %s", got)
	}
}

func TestAProfileWithoutAFileFollowsTheSameRules(t *testing.T) {
	t.Parallel()
	for _, c := range [][3]string{
		{"my shop", "hamgam", "https://shop.example.com"},
		{"shop", "x", "https://shop.example.com"},
		{"shop", "hamgam", "https://u:p@shop.example.com"},
	} {
		if _, err := config.NewProfile(config.SomeKinds(), c[0], c[1], c[2], config.Source{}); err == nil {
			t.Errorf("%v was taken", c)
		}
	}
}
