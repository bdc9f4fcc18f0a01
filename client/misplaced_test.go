package client_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/ui/command"
)

// Keys as the systems make them, and two that were drawn by lot.
func likelyKeys() []string {
	return []string{
		"9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",                     // Hamgam, Waldur: 40 hex
		"QkNWlWKHyNXFZwRa6jG3t6BPo25SGF8hXwzq1MBmVdFpPWnnLrJBB0y6fFUZ", // authentik: 60 letters and digits
		"8kN2vQxW5tYbR7cJ1mZp4LsHdG9fAe",                               // AWX: 30 letters and digits
		"w_20261008_Zm9v-YmFyX2Jheg",                                   // Waldur, personal
		"7d0c2f7e-1f0b-4c1e-9f6a-3b2d1c0e9f8a",                         // SAYMON
		"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.dBjftJeZ4CVP",
		"aB3$xY9!qR7#mN2&", "Zx9-Kq2v_Rt7Lm4Wp8",
	}
}

func toml(value string) string { return fmt.Sprintf("%q", value) }

// placed are configurations in which a key stands in a place that is not for one.
func placed(key string) map[string]string {
	const url, token, more = "url = \"http://127.0.0.1:1\"\n", "token_env = \"T\"\n", "username = \"x\"\n"
	k := toml(key)
	return map[string]string{
		"name":             "[[system]]\nname = " + k + "\nkind = \"hamgam\"\n" + url + token,
		"name, twice":      strings.Repeat("[[system]]\nname = "+k+"\nkind = \"hamgam\"\n"+url+token, 2),
		"kind":             "[[system]]\nname = \"shop\"\nkind = " + k + "\n" + url + token,
		"url":              start + "url = " + k + "\n" + token,
		"url, as host":     start + "url = \"https://" + key + "\"\n" + token,
		"url, as path":     start + "url = \"https://127.0.0.1:1/" + key + "\"\n" + token,
		"token_env":        start + url + "token_env = " + k + "\n",
		"token_file":       start + url + "token_file = " + k + "\n",
		"token_command":    start + url + "token_command = [" + k + "]\n",
		"command, deep":    start + url + "token_command = [\"/no/such/" + key + "\"]\n",
		"an argument":      start + url + "token_command = [\"false\", " + k + "]\n",
		"a word, no list":  start + url + "token_command = " + k + "\n",
		"password_env":     start + url + more + "password_env = " + k + "\n",
		"password_file":    start + url + more + "password_file = " + k + "\n",
		"password_command": start + url + more + "password_command = [" + k + "]\n",
		"username alone":   start + url + "username = " + k + "\n",
		"username":         start + "url = \"http://127.0.0.1:1\"\nusername = " + k + "\npassword_env = \"T\"\n",
		"auth":             start + url + token + "auth = " + k + "\n",
		"generation":       "[[system]]\nname = \"x\"\nkind = \"awx\"\n" + url + token + "generation = " + k + "\n",
		"ca_file":          start + url + token + "ca_file = " + k + "\n",
		"production":       start + url + token + "production = " + k + "\n",
		"a key of TOML":    start + url + token + k + " = 1\n",
		"a bare one":       start + url + token + key + " = 1\n",
		"a table":          "[" + k + "]\n" + start + url + token,
		"defined twice":    start + url + token + k + " = 1\n" + k + " = 2\n",
		"no quotes":        start + url + "token_file = " + key + "\n",
	}
}

func TestAKeyInTheWrongFieldIsQuotedNowhere(t *testing.T) {
	t.Parallel()
	for _, key := range likelyKeys() {
		for place, text := range placed(key) {
			said := everythingSaidOf(t, text)
			if strings.Contains(said, key) || strings.Contains(said, key[:12]) {
				t.Errorf("in %s the key %s is quoted: %.600s", place, key, said)
			}
			if said == "" {
				t.Errorf("in %s the key is taken in silence", place)
			}
		}
	}
}

// everythingSaidOf is what a configuration makes authdeck say: as it is read, as
// its systems are opened and shown, and by the doctor, with what each logs.
func everythingSaidOf(t *testing.T, text string) string {
	t.Helper()
	var said bytes.Buffer
	path := written(t, text)
	found, err := config.Load(path, vars(map[string]string{"HOME": "/nobody"}), client.Kinds())
	if err != nil {
		return strings.ReplaceAll(err.Error(), path, "config.toml")
	}
	for _, p := range found.Profiles {
		e := env(&said)
		e.Log = slog.New(slog.NewTextHandler(&said, &slog.HandlerOptions{Level: slog.LevelDebug}))
		api, err := client.Open(t.Context(), p, e)
		fmt.Fprintln(&said, p.Name, p.Credential, err, api.Info())
		checks := client.Diagnose(t.Context(), p, e)
		if err := command.Report(&said, checks); err != nil {
			t.Fatal(err)
		}
		if err := command.ReportJSON(&said, checks); err != nil {
			t.Fatal(err)
		}
		_, err = api.WhoAmI(t.Context())
		fmt.Fprintln(&said, err)
	}
	return said.String()
}

func TestASlipOfThePenIsStillQuoted(t *testing.T) {
	t.Parallel()
	for slip, text := range map[string]string{
		`"hamgan"`:           "[[system]]\nname = \"x\"\nkind = \"hamgan\"\n",
		`"my shop"`:          "[[system]]\nname = \"my shop\"\n",
		`"system.tokenfile"`: start + "tokenfile = \"x\"\n",
		`"tower-2"`:          entered("awx", "token_env = \"T\"\ngeneration = \"tower-2\""),
	} {
		if said := everythingSaidOf(t, text); !strings.Contains(said, slip) {
			t.Errorf("%s is not quoted: %s", slip, said)
		}
	}
}

func TestAnUnknownKeyWithoutEndIsCut(t *testing.T) {
	t.Parallel()
	said := everythingSaidOf(t, start+strings.Repeat("a.", 100_000)+"a = 1\n")
	if len(said) > 500 || !strings.Contains(said, "unknown key") || !strings.Contains(said, "token_file") {
		t.Errorf("%d letters: %.200s", len(said), said)
	}
}

func TestTheConfigurationSendsNoControlCharactersToATerminal(t *testing.T) {
	t.Parallel()
	evil := `"\u001b[2J\u001b]52;c;QUJD\u0007\u009b31m\u202e"`
	escaped := "%1b%5b2J%1b%5d52;c;QUJD%07%c2%9b%e2%80%ae"
	for place, text := range map[string]string{
		"path":    start + "url = \"http://127.0.0.1:1/" + escaped + "\"\ntoken_env = \"T\"\n",
		"host":    start + "url = \"http://a%c2%9b%e2%80%aeb:1/\"\ntoken_env = \"T\"\ninsecure_http = true\n",
		"command": start + "url = \"http://127.0.0.1:1\"\ntoken_command = [" + evil + "]\n",
		"file":    start + "url = \"http://127.0.0.1:1\"\ntoken_file = " + evil + "\n",
		"ca_file": start + "url = \"http://127.0.0.1:1\"\ntoken_env = \"T\"\nca_file = " + evil + "\n",
		"name":    "[[system]]\nname = " + evil + "\n",
		"kind":    "[[system]]\nname = \"x\"\nkind = " + evil + "\n",
		"key":     start + evil + " = 1\n",
	} {
		if said := everythingSaidOf(t, text); strings.ContainsAny(said, "\x1b\a\u009b\u202e") || said == "" {
			t.Errorf("%s: %q", place, said)
		}
	}
}

func TestAHostWithALetterThatNoHostHasIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, host := range []string{"a%c2%9bb", "a%e2%80%aeb", "a\u200bb.example.com"} {
		said := everythingSaidOf(t, start+"url = \"https://"+host+"/\"\ntoken_env = \"T\"\n")
		if !strings.HasPrefix(said, "config.toml:4: url: the host holds a letter") {
			t.Errorf("%s: %q", host, said)
		}
	}
}

func TestTheEscapedPathOfAnAddressIsKept(t *testing.T) {
	t.Parallel()
	server := answering(t, saying(200, meJSON))
	p := profile(t, server.URL+"/a%2Fb/", canary+"key")
	must(open(t, p, &logBook{}).WhoAmI(t.Context()))(t)
	if got := server.requests()[0].URL.EscapedPath(); !strings.HasPrefix(got, "/a%2Fb/api/") {
		t.Errorf("asked at %s", got)
	}
	if host := open(t, p, &logBook{}).Info().Host; !strings.HasSuffix(host, "/a%2Fb") {
		t.Errorf("shown as %s", host)
	}
}
