package client_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/model"
)

// raw are words of Go's and of its libraries' that say nothing to an operator.
var raw = regexp.MustCompile(`dial tcp|context deadline|lookup .* on |EOF|i/o timeout|connect: |x509:|tls: `)

func TestTheDoctorAdvisesByWhatFailed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		address         string
		what            string
		advises, spares string
	}{
		"nobody listens": {nowhere(t), "connection", "does the system run", "credential"},
		"the wrong port": {"https://" + host(answering(t, saying(200, meJSON)).URL), "connection", "host and port", "credential"},
		"out of service": {answering(t, saying(503, "{}")).URL, "identity", "try again later", "credential"},
		"a gateway's page": {answering(t, func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "<h1>Bad Gateway</h1>", http.StatusBadGateway)
		}).URL, "identity", "stands before it", "credential"},
		"no such path":    {answering(t, http.NotFound).URL, "identity", "address", "credential"},
		"another service": {answering(t, saying(200, `{"hello":"world"}`)).URL, "identity", "address", "credential"},
		"throttled":       {answering(t, saying(429, "{}")).URL, "identity", "wait", "credential"},
		"refused":         {answering(t, saying(401, `{"detail":"Invalid token."}`)).URL, "identity", "credential", "address"},
		"forbidden":       {answering(t, saying(403, `{"detail":"No."}`)).URL, "identity", "administrator", "address"},
	} {
		checks := diagnosed(t, profile(t, c.address, canary+"key"))
		got := checks[c.what]
		if got.Verdict != model.Failed || !strings.Contains(got.Advice, c.advises) || strings.Contains(got.Advice, c.spares) {
			t.Errorf("%s: %s is %+v", name, c.what, got)
		}
		for what, check := range checks {
			if raw.MatchString(check.Found.String()) {
				t.Errorf("%s: %s found %q", name, what, check.Found)
			}
		}
	}
}

func TestTheDoctorSaysOfANameThatItDoesNotResolve(t *testing.T) {
	t.Parallel()
	found := diagnosed(t, profile(t, "https://shop.invalid", canary+"key"))["name"].Found.String()
	if found != "the name shop.invalid does not resolve" {
		t.Errorf("found %q", found)
	}
}

func TestTheDoctorSaysThatASystemIsReadOnly(t *testing.T) {
	t.Parallel()
	w := hamgams()[0].start(t)
	p := byToken(t, w.system)
	if found := diagnosed(t, p)["configuration"].Found.String(); strings.Contains(found, "read-only") {
		t.Errorf("found %q", found)
	}
	p.ReadOnly = true
	checks := diagnosed(t, p)
	if found := checks["configuration"].Found.String(); !strings.Contains(found, "read-only") || ended(checks) != "ok ok ok ok ok ok" {
		t.Errorf("found %q; %s", found, ended(checks))
	}
}

// TestAnAuthentikTokenThatRotatesItselfIsFollowed is the ordinary case there: an
// API token has another key after thirty minutes, and whoever wrote the file
// writes it again.
func TestAnAuthentikTokenThatRotatesItselfIsFollowed(t *testing.T) {
	t.Parallel()
	server, err := demo.Start(t.Context(), demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	var system demo.System
	for _, s := range server.Systems() {
		if s.Kind == "authentik" {
			system = s
		}
	}
	path := keyFile(t, canary+"expired\n", 0o600)
	text := "[[system]]\nname = \"idp\"\nkind = \"authentik\"\nurl = \"" + system.URL + "\"\ntoken_file = \"" + path + "\"\n"
	found, err := config.Load(written(t, text), vars(nil), client.Kinds())
	if err != nil {
		t.Fatal(err)
	}
	api := open(t, found.Profiles[0], &logBook{})
	_, err = api.Tokens(t.Context(), model.Query{Size: 7})
	meets(t, "with the old one", err, model.Unauthorized, 0)
	if !strings.Contains(err.Error(), "still the same") || !strings.Contains(err.Error(), "token_file") && !strings.Contains(err.Error(), "file ") {
		t.Errorf("the error is %v", err)
	}
	if err := os.WriteFile(path, []byte(system.Token+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if page, err := api.Tokens(t.Context(), model.Query{Size: 7}); err != nil || len(page.Items) != 7 {
		t.Errorf("%d tokens, %v", len(page.Items), err)
	}
}
