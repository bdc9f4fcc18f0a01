package client_test

import (
	"os"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/file/filetest"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

func TestWhatIsNoFileIsRefusedAtOnceAsRoots(t *testing.T) {
	t.Parallel()
	for path, says := range filetest.NoFiles(t) {
		p := profile(t, "https://shop.example.com", canary+"key")
		p.CAFile = path
		_, err := client.Open(t.Context(), p, env(&logBook{}))
		redacttest.FailsAs(t, err, model.Unopened)
		if !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestTheDoctorWarnsOfRootsThatOthersCanChange(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	p := profile(t, address, canary+"key")
	p.CAFile = caFile
	if c := diagnosed(t, p)["configuration"]; c.Verdict != model.OK {
		t.Errorf("with roots of one's own: %+v", c)
	}
	if err := os.Chmod(caFile, 0o666); err != nil {
		t.Fatal(err)
	}
	checks := diagnosed(t, p)
	if c := checks["configuration"]; c.Verdict != model.Warning || !strings.Contains(c.Found.String(), "0666") || !strings.Contains(c.Advice, "ca_file") {
		t.Errorf("with roots of everybody's: %+v", c)
	}
	if checks["connection"].Verdict != model.OK {
		t.Errorf("the rest was not looked at: %s", ended(checks))
	}
}

func TestTheDoctorWarnsOfRootsOfSomebodyElse(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	if err := os.Chown(caFile, 12345, -1); err != nil {
		t.Skipf("nobody here can give a file away: %v", err)
	}
	p := profile(t, address, canary+"key")
	p.CAFile = caFile
	if c := diagnosed(t, p)["configuration"]; c.Verdict != model.Warning || !strings.Contains(c.Found.String(), "somebody else") {
		t.Errorf("found %+v", c)
	}
}
