package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/config"
)

const saraSigns = "sara ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n"

func TestThoseWhoMaySignAreReadWithTheConfiguration(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]struct {
		content string
		mode    os.FileMode
	}{
		"": {saraSigns, 0o644},
		"require_signature: the file can be changed by others (mode 0660)": {saraSigns, 0o660},
		"require_signature: it names nobody who may sign":                  {"# nobody yet\n", 0o600},
		"require_signature: its line 1: the option cert-authority is not":  {strings.Replace(saraSigns, " ", " cert-authority ", 1), 0o600},
	} {
		path := written(t, shop+"\nrequire_signature = \"signers\"\n")
		signers := filepath.Join(filepath.Dir(path), "signers")
		if err := os.WriteFile(signers, []byte(c.content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(signers, c.mode); err != nil {
			t.Fatal(err)
		}
		found, err := config.Load(path, vars(nil), config.SomeKinds())
		switch {
		case want == "" && (err != nil || found.Profiles[0].Signers != signers):
			t.Errorf("%+v, %v", found.Profiles, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("want %q: %v", want, err)
		}
	}
	for value, want := range map[string]string{"": "require_signature: ", "nowhere": "require_signature: no such file"} {
		if _, err := config.Load(written(t, shop+"\nrequire_signature = \""+value+"\"\n"), vars(nil), config.SomeKinds()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", value, err)
		}
	}
}
