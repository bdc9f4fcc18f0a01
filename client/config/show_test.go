package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/model/setting"
)

// shownOf is what is shown of a configuration, a line a value, with the path left out.
func shownOf(t *testing.T, path string, getenv func(string) string) []string {
	t.Helper()
	all, err := config.Show(config.Find(path, getenv), getenv, config.SomeKinds())
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, s := range all {
		lines = append(lines, strings.ReplaceAll(fmt.Sprintf("%s = %s (%s)", s.Path(), s.Value, s.From), filepath.Dir(path), "HERE"))
	}
	return lines
}

func TestEveryValueIsShownWithTheLineThatGaveItOrAsBuiltIn(t *testing.T) {
	t.Parallel()
	path := written(t, `at_once = 8
key_command = ["vault", "kv", "put", "a b"]
age_recipients = ["`+toSomebody+`"]

[[system]]
name = "shop"
kind = "hamgam"
url = "https://shop.example.com/deep/"
token_file = "keys/shop"
production = true
read_only = false

[[system]]
url = "http://far.example.com"
insecure_http = true
kind = "saymon"
name = "my.sms"
username = "root"
password_command = ["pass", "show", "sms"]
ca_file = "~/ca.pem"
key_command = ["cat"]

[[system]]
name = "tower"
kind = "awx"
url = "https://tower.example.com"
token_env = "TOWER"
generation = "tower"

[audit]
require_reason = true

[[view]]
name = "Old CI keys"
query = "is:old"

[look]
older_than = "2y"

[theme]
warn = 208
accent = "blue"
`)
	want := []string{
		"age_recipients = " + toSomebody + " (HERE/config.toml:3)", "at_once = 8 (HERE/config.toml:1)", `key_command = vault kv put "a b" (HERE/config.toml:2)`,
		"system.shop.name = shop (HERE/config.toml:6)", "system.shop.kind = hamgam (HERE/config.toml:7)", "system.shop.url = https://shop.example.com/deep (HERE/config.toml:8)",
		"system.shop.token_file = file HERE/keys/shop (HERE/config.toml:9)", "system.shop.auth = token (built in)", "system.shop.ca_file = those that this machine trusts (built in)",
		"system.shop.production = true (HERE/config.toml:10)", "system.shop.read_only = false (HERE/config.toml:11)", "system.shop.insecure_http = false (built in)",
		"system.shop.require_signature = none (built in)", `system.shop.key_command = vault kv put "a b" (HERE/config.toml:2)`,
		`system."my.sms".name = my.sms (HERE/config.toml:17)`, `system."my.sms".kind = saymon (HERE/config.toml:16)`, `system."my.sms".url = http://far.example.com (HERE/config.toml:14)`,
		`system."my.sms".username = root (HERE/config.toml:18)`, `system."my.sms".auth = basic (built in)`,
		`system."my.sms".password_command = command pass, whose 2 arguments are not shown (HERE/config.toml:19)`, `system."my.sms".ca_file = /home/sara/ca.pem (HERE/config.toml:20)`,
		`system."my.sms".production = false (built in)`, `system."my.sms".read_only = false (built in)`, `system."my.sms".insecure_http = true (HERE/config.toml:15)`,
		`system."my.sms".require_signature = none (built in)`, `system."my.sms".key_command = cat (HERE/config.toml:21)`,
		"system.tower.name = tower (HERE/config.toml:24)", "system.tower.kind = awx (HERE/config.toml:25)", "system.tower.url = https://tower.example.com (HERE/config.toml:26)",
		"system.tower.token_env = environment variable TOWER (HERE/config.toml:27)", "system.tower.auth = token (built in)", "system.tower.generation = tower (HERE/config.toml:28)",
		"system.tower.ca_file = those that this machine trusts (built in)", "system.tower.production = false (built in)", "system.tower.read_only = false (built in)", "system.tower.insecure_http = false (built in)",
		"system.tower.require_signature = none (built in)", `system.tower.key_command = vault kv put "a b" (HERE/config.toml:2)`,
		"look.expires_within = 14d (built in)", "look.older_than = 2y (HERE/config.toml:38)", "look.unused_for = 90d (built in)",
		`view."Old CI keys".query = is:old (HERE/config.toml:35)`,
		"audit.require_reason = true (HERE/config.toml:31)", "audit.syslog = false (built in)",
		"theme.accent = blue (HERE/config.toml:42)", "theme.warn = 208 (HERE/config.toml:41)", "theme.danger = the console's own (built in)",
	}
	got := shownOf(t, path, vars(map[string]string{"HOME": "/home/sara"}))
	if !slices.Equal(got, want) {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
}

func TestWhatIsSaidNowhereIsShownAsItIsBuiltIn(t *testing.T) {
	t.Parallel()
	got := strings.Join(shownOf(t, written(t, config.Example), vars(nil)), "\n")
	for _, want := range []string{
		"age_recipients = an identity of this machine (built in)", "at_once = 4 (built in)", "\nkey_command = none (built in)", "system.shop.key_command = none (built in)",
		"system.shop.token_env = environment variable SHOP_TOKEN (HERE/config.toml:5)", "look.older_than = 365d (built in)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestACertificateAndWhatSystemdPassesAreShownByTheirPlaces(t *testing.T) {
	t.Parallel()
	path := written(t, start+"url = \"https://shop.example.com\"\ntoken_credential = \"shop\"\nclient_cert = \"own.pem\"\nclient_key = \"~/own.key\"\n")
	got := strings.Join(shownOf(t, path, vars(map[string]string{"HOME": "/home/sara"})), "\n")
	for _, want := range []string{
		"system.shop.token_credential = systemd's credential shop (HERE/config.toml:5)", "system.shop.client_cert = HERE/own.pem (HERE/config.toml:6)", "system.shop.client_key = /home/sara/own.key (HERE/config.toml:7)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

func TestASystemThatWasWrittenInlineHasTheFileAndNoLine(t *testing.T) {
	t.Parallel()
	got := strings.Join(shownOf(t, written(t, `system = [{name = "shop", kind = "awx", url = "https://shop.example.com", token_env = "T"}]`), vars(nil)), "\n")
	for _, want := range []string{"system.shop.kind = awx (HERE/config.toml)\n", "system.shop.generation = what it is found to be (built in)\n", "system.shop.production = false (built in)\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// TestNothingThatIsShownIsACredential has keys in all places out of which one could be read, and
// in some where none belongs.
func TestNothingThatIsShownIsACredential(t *testing.T) {
	t.Parallel()
	const likeKey = "0123456789abcdef0123456789abcdef01234567"
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "token"), []byte(canary+"file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	path := written(t, fmt.Sprintf(`key_command = ["vault", "token=%[2]s"]
[[system]]
name = "one"
kind = "hamgam"
url = "https://one.example.com/%[2]s"
token_file = %[1]q
ca_file = "/etc/%[2]s"
[[system]]
name = "two"
kind = "hamgam"
url = "https://two.example.com"
token_env = "T"
[[system]]
name = "three"
kind = "hamgam"
url = "https://three.example.com"
token_command = ["curl", "-u", "root:canary-argument"]
[[system]]
name = "four"
kind = "hamgam"
url = "https://four.example.com"
username = "%[2]s"
password_file = "%[2]s"
`, filepath.Join(folder, "token"), likeKey))
	getenv := vars(map[string]string{"T": canary + "variable", "HOME": "/home/sara"})
	all, err := config.Show(config.Find(path, getenv), getenv, config.SomeKinds())
	if err != nil {
		t.Fatal(err)
	}
	printed := fmt.Sprintf("%v %+v", all, all)
	for _, s := range all {
		printed += s.Path() + s.Value.String() + s.From.String()
	}
	redacttest.Hides(t, "what is shown", printed, likeKey)
	for _, f := range config.Check(config.Find(path, getenv), getenv, config.SomeKinds()) {
		redacttest.Hides(t, "a finding", f.Words, likeKey)
	}
}

func TestAConfigurationThatIsWrongIsNotShown(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", start, "x = ["} {
		path := written(t, text)
		_, want := config.Load(path, vars(nil), config.SomeKinds())
		all, err := config.Show(config.Find(path, vars(nil)), vars(nil), config.SomeKinds())
		if err == nil || err.Error() != want.Error() || all != nil {
			t.Errorf("%q: %v, %v", text, all, err)
		}
	}
}

func TestWhatChoseTheConfigurationIsTold(t *testing.T) {
	t.Parallel()
	env := map[string]string{"AUTHDECK_CONFIG": "/a/b.toml", "XDG_CONFIG_HOME": "/xdg", "HOME": "/home/sara"}
	for _, step := range []struct{ flag, without, want string }{
		{"mine.toml", "", "mine.toml by --config"},
		{"", "", "/a/b.toml by $AUTHDECK_CONFIG"},
		{"", "AUTHDECK_CONFIG", "/xdg/authdeck/config.toml by $XDG_CONFIG_HOME"},
		{"", "XDG_CONFIG_HOME", "/home/sara/.config/authdeck/config.toml by built in"},
	} {
		delete(env, step.without)
		found := config.Find(step.flag, vars(env))
		if got := found.Path + " by " + found.By.String(); got != step.want {
			t.Errorf("%s, want %s", got, step.want)
		}
	}
}

func TestKindsAreDescribedForWhoeverAsksForOne(t *testing.T) {
	t.Parallel()
	got := config.SomeKinds().Described()
	if len(got) != 5 || got[0] != (setting.Kind{Name: "authentik"}) || got[1] != (setting.Kind{Name: "awx", Password: true}) {
		t.Errorf("%+v", got)
	}
}
