package client_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/client/wire"
	"authdeck/model"
)

// diagnosed is what the doctor says, with nothing in it that must not be shown.
func diagnosed(t *testing.T, p config.Profile) map[string]model.Check {
	t.Helper()
	book := &logBook{}
	checks := client.Diagnose(t.Context(), p, env(book))
	found := map[string]model.Check{}
	for i, c := range checks {
		if i < len(looks()) && c.What != looks()[i] || c.Subject != p.Name || c.Found.Empty() || found[c.What] != (model.Check{}) {
			t.Errorf("check %d is %+v", i, c)
		}
		if c.Advice != "" && c.Verdict == model.OK || c.Advice == "" && c.Verdict == model.Failed {
			t.Errorf("%s is %s and advises %q", c.What, c.Verdict, c.Advice)
		}
		found[c.What] = c
	}
	showsNoKey(t, checks)
	redacttest.Hides(t, "the log", book.String())
	return found
}

// looks are what is looked at in every system; a system may have more.
func looks() []string {
	return []string{"configuration", "credential", "name", "connection", "identity", "rights"}
}

// ended lists the verdicts in the order of the checks.
func ended(checks map[string]model.Check) string {
	var words []string
	for _, what := range looks() {
		words = append(words, string(checks[what].Verdict))
	}
	return strings.Join(words, " ")
}

func TestTheDoctorFindsAHealthySystemHealthy(t *testing.T) {
	forThose(t, withTokens, func(t *testing.T, w *world) {
		p := w.subject.enter(t, w.system)
		page, before := must(w.api.Tokens(t.Context(), model.Query{Size: 1, Fresh: true}))(t), w.now()
		checks := diagnosed(t, p)
		if got := ended(checks); got != "ok ok ok ok ok ok" {
			t.Errorf("the verdicts are %s: %+v", got, checks)
		}
		for what, c := range checks {
			if c.Verdict == model.Failed {
				t.Errorf("%s failed: %s", what, c.Found)
			}
		}
		if !strings.Contains(checks["identity"].Found.String(), w.system.Username) {
			t.Errorf("found %q", checks["identity"].Found)
		}
		if counted := fmt.Sprint(page.Total); page.Total != model.Uncounted && !strings.Contains(checks["rights"].Found.String(), counted) {
			t.Errorf("found %q, and there are %s", checks["rights"].Found, counted)
		}
		if ends := w.subject.dialect.ends; ends == nil || !ends(wire.Way(p.Way)) || len(w.writes(before)) > 2 {
			w.sendsNoWrite(t, before) // but for a sign-in of its own, and the end of that
		}
	})
}

func TestTheDoctorFindsMissingRights(t *testing.T) {
	t.Parallel()
	w := hamgams()[0].start(t)
	checks := diagnosed(t, profile(t, w.system.URL, w.system.Weak))
	if got := ended(checks); got != "ok ok ok ok ok failed" {
		t.Errorf("the verdicts are %s: %+v", got, checks)
	}
	if !strings.Contains(checks["rights"].Found.String(), "permission") {
		t.Errorf("found %q", checks["rights"].Found)
	}
}

func TestTheDoctorFindsAWrongCredential(t *testing.T) {
	t.Parallel()
	w := hamgams()[0].start(t)
	if got := ended(diagnosed(t, profile(t, w.system.URL, canary+"wrong"))); got != "ok ok ok ok failed skipped" {
		t.Errorf("the verdicts are %s", got)
	}
	if got := ended(diagnosed(t, profile(t, w.system.URL, ""))); got != "ok failed ok ok skipped skipped" {
		t.Errorf("the verdicts without one are %s", got)
	}
}

func TestTheDoctorFindsAWrongAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"https://shop.invalid": "ok ok failed skipped skipped skipped",
		nowhere(t):             "ok ok ok failed skipped skipped",
	} {
		if checks := diagnosed(t, profile(t, address, canary+"key")); ended(checks) != want {
			t.Errorf("%s: the verdicts are %s, want %s: %+v", address, ended(checks), want, checks)
		}
	}
	web := answering(t, saying(200, `{"hello": "world"}`))
	if checks := diagnosed(t, profile(t, web.URL, canary+"key")); ended(checks) != "ok ok ok ok failed skipped" {
		t.Errorf("another service: the verdicts are %s", ended(checks))
	}
}

func TestTheDoctorFindsACertificateThatIsNotTrusted(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	p := profile(t, address, canary+"key")
	checks := diagnosed(t, p)
	if found := checks["connection"]; found.Verdict != model.Failed || !strings.Contains(found.Found.String(), "certificate") || !strings.Contains(found.Advice, "ca_file") {
		t.Errorf("found %+v", found)
	}
	p.CAFile = caFile
	if found := diagnosed(t, p)["connection"]; found.Verdict != model.OK || !strings.Contains(found.Found.String(), "TLS 1.3") {
		t.Errorf("found %+v", found)
	}
}

func TestTheDoctorBlamesTheCAFileAndNotTheCredential(t *testing.T) {
	t.Parallel()
	for name, file := range map[string]string{"missing": "/no/such/ca.pem", "no PEM": keyFile(t, "hello", 0o600)} {
		p := profile(t, "https://127.0.0.1:1", canary+"key")
		p.CAFile = file
		checks := diagnosed(t, p)
		for what, c := range checks {
			if c.Verdict == model.Failed && (what == "credential" || !strings.Contains(fmt.Sprint(c.Found, c.Advice), "ca_file")) {
				t.Errorf("%s: %s failed: %+v", name, what, c)
			}
		}
		if !strings.Contains(ended(checks), "failed") {
			t.Errorf("%s: the verdicts are %s", name, ended(checks))
		}
		_, err := client.Open(t.Context(), p, env(&logBook{}))
		redacttest.FailsAs(t, err, model.Unopened)
	}
}
