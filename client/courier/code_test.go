package courier

import (
	"strings"
	"testing"
)

// TestWhoeverNamesATokenWritesNoCode is about what stands behind sh -c: no shell of ours reads an
// argument, and that one does.
func TestWhoeverNamesATokenWritesNoCode(t *testing.T) {
	for _, line := range []string{
		"sh|-c|echo {name} >>log; cat >key", "/bin/bash|-lc|{owner}", "env|A=1|dash|-ec|cat >{id}", "python3.13|-c|print('{name}')", "perl|-ne|{name}",
		"sudo|su|ops|-c|tee {name}", "ssh|vault.example|pass insert {name}", "/usr/bin/ssh|-p|22|vault.example|tee|{name}", "busybox|sh|-c|{name}",
	} {
		if _, err := Parse(strings.Split(line, "|")); err == nil || !strings.Contains(err.Error(), "$AUTHDECK_NAME") {
			t.Errorf("%s: %v", line, err)
		}
	}
	for _, line := range []string{
		"sh|-c|echo \"$AUTHDECK_NAME\" >>log", "sh|script|{name}", "bash|-c|cat >\"$1\"|keep|{name}", "vault|kv|put|secret/ci/{name}|token=-", "gh|secret|set|-e|{name}", "pass|insert|-c|{name}",
	} {
		if _, err := Parse(strings.Split(line, "|")); err != nil {
			t.Errorf("%s: %v", line, err)
		}
	}
}
