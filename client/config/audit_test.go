package config_test

import (
	"strings"
	"testing"

	"authdeck/client/config"
)

func TestHowThingsAreRecordedIsSetInItsTable(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]config.Audit{
		"":                                 {},
		"[audit]\n":                        {},
		"[audit]\nrequire_reason = true\n": {RequireReason: true},
		"[audit]\nsyslog = true\nrequire_reason = false\n": {Syslog: true},
	} {
		found, err := config.Load(written(t, text+shop), vars(nil), config.SomeKinds())
		if err != nil || found.Audit != want {
			t.Errorf("%q: %+v, %v", text, found.Audit, err)
		}
	}
	for text, want := range map[string]string{
		"[audit]\nfile = \"x\"\n":     `"audit.file" is an unknown key; an [audit] may have: require_reason, syslog`,
		"[audit]\nsyslog = \"yes\"\n": "syslog: it does not take a value of kind ",
		"require_reason = true\n":     `"require_reason" is an unknown key; how things are recorded stands in [audit], which may have: require_reason, syslog`,
		"audit_syslog = true\n":       "how things are recorded stands in [audit]",
		"[[audit]]\nsyslog = true\n":  "[[audit]] takes one bracket: [audit]",
	} {
		_, err := config.Load(written(t, text+shop), vars(nil), config.SomeKinds())
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestTheStateIsKeptWhereTheSpecificationSays(t *testing.T) {
	t.Parallel()
	for state, want := range map[string]string{"": "/home/sara/.local/state/authdeck", "relative": "/home/sara/.local/state/authdeck", "/srv/state": "/srv/state/authdeck"} {
		if got := config.StateFolder(vars(map[string]string{"HOME": "/home/sara", "XDG_STATE_HOME": state})); got != want {
			t.Errorf("%q: %s", state, got)
		}
	}
}
