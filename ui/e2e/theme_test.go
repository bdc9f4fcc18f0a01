package e2e_test

import (
	"regexp"
	"strings"
	"testing"

	"authdeck/client/demo"
)

func TestTheThemeOfTheConfigurationIsOnTheScreenUnlessColoursAreUnwanted(t *testing.T) {
	t.Parallel()
	system := serve(t, demo.Options{}).Systems()[0]
	for env, want := range map[string]bool{"TERM=xterm-256color": true, "NO_COLOR=1": false} {
		l := against(t, system.URL, system.Token, "[theme]", "accent = 208")
		l.env = append(l.env, env)
		c := l.start(t)
		c.waitFor("170 tokens")
		c.waitFor("root.admin")
		if got := regexp.MustCompile(`38[;:]5[;:]208`).Match(c.bytes()); got != want {
			t.Errorf("%s: the accent of the theme was written: %v, want %v", env, got, want)
		}
	}
}

func TestAWrongThemeIsSaidBeforeTheScreenIsTaken(t *testing.T) {
	t.Parallel()
	l := against(t, "http://127.0.0.1:1", "x", "[theme]", `accent = "purple"`)
	for _, args := range [][]string{nil, {"doctor"}} {
		l.args = args
		if stdout, stderr, code := l.inTerminal(t); code != 2 || !strings.Contains(stderr, `:7: accent: "purple" is no colour`) || strings.Contains(stdout, "\x1b") {
			t.Errorf("%q: exit code %d: %s\n%q", args, code, stderr, stdout)
		}
	}
}
