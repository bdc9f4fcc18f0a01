package e2e_test

import (
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// TestAPlanThatASignalStopsSaysHowFarItCameAndTheNextStartSaysSoToo has the console told to end
// while one line of three is under way.
func TestAPlanThatASignalStopsSaysHowFarItCameAndTheNextStartSaysSoToo(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings, Users: 12, Tokens: 5})
	system := server.Systems()[0]
	for _, how := range []string{"TERM", "HUP", "INT"} {
		t.Run(how, func(t *testing.T) {
			way := newRelay(t, system)
			l := launch{home: t.TempDir(), env: []string{"SECRET=" + system.Token}, width: 120, height: 30}
			config := "[[system]]\nname = \"shop\"\nkind = \"hamgam\"\nurl = \"" + way.at(system) + "\"\ntoken_env = \"SECRET\"\n"
			l.args = append([]string{"--at-once", "1"}, l.args...)
			l.configure(t, config)
			c := l.start(t)
			c.waitFor("5 tokens", "? help")
			c.press("   ")
			c.waitFor("3 marked")
			c.press("r")
			c.waitFor("Plan: regenerate 3 tokens", "3 can be sent")
			c.press("a")
			c.waitFor("A file for the new keys")
			c.press("\x15" + filepath.Join(l.home, "new.jsonl") + enter)
			c.waitFor("Regenerate 3 tokens?", "enter  regenerate")
			way.arm()
			phrase := "3"
			if c.screen().shows("type regenerate 3") {
				phrase = "regenerate 3"
			}
			c.press(phrase)
			c.waitFor("> " + phrase)
			c.press(enter)
			await(t, "the write", way.asked)
			blow(how).strike(c)
			c.waitFor("Stopping")
			way.letGo()
			if code := c.exit(); code != 4 {
				t.Errorf("exit code %d", code)
			}
			said := c.told()
			for _, want := range []string{"the plan to regenerate 3 tokens: 1 of 3 done, 2 not begun", "new.jsonl", "to go on with it: authdeck --plan "} {
				if !strings.Contains(said, want) {
					t.Errorf("on the way out there is no %q in %q", want, said)
				}
			}
			next := l.start(t)
			next.waitFor("1 plan was left in the middle: authdeck plan list shows it.")
			next.press("q")
			next.exit()
			list := launch{home: l.home, args: []string{"plan", "list"}}
			out, _, code := list.plain(t)
			path, _, _ := strings.Cut(out, " ")
			if code != 0 || !strings.Contains(out, "regenerate: 1 of 3 done, 2 not begun") {
				t.Errorf("%d: %s", code, out)
			}
			list.args = []string{"plan", "dismiss", path}
			if _, stderr, code := list.plain(t); code != 0 {
				t.Errorf("%d: %s", code, stderr)
			}
			list.args = []string{"plan", "list"}
			if out, _, _ := list.plain(t); out != "" {
				t.Errorf("a plan that was dismissed is listed: %s", out)
			}
		})
	}
}
