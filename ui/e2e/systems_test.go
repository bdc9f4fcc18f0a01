package e2e_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// everySystem is a launch on all systems of a server, whose keys and passwords
// all begin with the canary.
func everySystem(t *testing.T, server *demo.Server) launch {
	t.Helper()
	l := launch{home: t.TempDir(), width: 120, height: 30}
	var config strings.Builder
	for _, s := range server.Systems() {
		config.WriteString("[[system]]\nname = \"" + s.Name + "\"\nkind = \"" + s.Kind + "\"\nurl = \"" + s.URL + "\"\n")
		if s.Token == "" {
			config.WriteString("username = \"" + s.Username + "\"\npassword_env = \"" + strings.ToUpper(s.Name) + "\"\n")
			l.env = append(l.env, strings.ToUpper(s.Name)+"="+s.Password)
			continue
		}
		config.WriteString("token_env = \"" + strings.ToUpper(s.Name) + "\"\n")
		l.env = append(l.env, strings.ToUpper(s.Name)+"="+s.Token)
	}
	l.configure(t, config.String())
	return l
}

// sings is what every key and password of these tests begins with.
const sings = "singing-canary"

// systemNames are those that the demo plays, in the order in which it shows them.
func systemNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, s := range serve(t, demo.Options{}).Systems() {
		names = append(names, s.Name)
	}
	return names
}

// allSystems is what the page of systems says of their number.
func allSystems(names []string) string { return fmt.Sprintf("%d systems", len(names)) }

// goTo opens a system by its name from wherever the console is.
func (c *console) goTo(name string) {
	c.t.Helper()
	c.press("0")
	names := systemNames(c.t)
	c.waitFor(allSystems(names))
	c.press("g")
	c.waitOn(names[0])
	c.press(strings.Repeat("j", slices.Index(names, name)))
	c.waitOn(name)
	c.press(enter)
	c.waitFor(" "+name+" ", "page 1")
}

// newKey answers a question with yes and leaves the key that comes unseen.
func (c *console) newKey(question string) {
	c.t.Helper()
	c.confirm(question)
	c.waitFor("••••••••", "v show")
	c.press(esc)
	c.wait("the end of the key", func(s screen) bool { return s.shows("Close, and lose the key?") || s.shows("? help") })
	if c.screen().shows("Close, and lose the key?") {
		c.waitFor("l lose the key")
		c.press("l")
	}
	c.waitFor("? help")
}

// readAgain looks into the details until the row under the cursor is the one from after
// a change: one from before it is refused, as changed since it was read.
func (c *console) readAgain(words string) {
	c.t.Helper()
	c.press(enter)
	c.waitFor("owner's no.", words)
	c.press(esc)
	c.wait("the end of the details", func(s screen) bool { return !s.shows("owner's no.") })
}

// submit types the values of a form, a field each.
func (c *console) submit(title string, values ...string) {
	c.t.Helper()
	c.wait(title+", and a form", func(s screen) bool { return s.shows(title) && (s.shows("enter next") || s.shows("enter review")) })
	for _, v := range values {
		c.press(v)
		if v != "" {
			c.waitFor(strings.Trim(v, " "))
		}
		c.press(enter)
	}
}

func TestTheDemoShowsFiveSystemsWithTokensAndUsers(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.press("0")
	names := systemNames(t)
	c.waitFor(allSystems(names))
	c.wait("an answer of each, and its numbers", func(s screen) bool { return strings.Count(s.String(), " answers ") == len(names) && !s.shows(" … ") })
	for i, kind := range []string{"hamgam", "authentik · 2026.5", "awx · AWX, OAuth2 tokens", "waldur", "saymon"} {
		c.waitOn(names[i])
		c.waitFor("kind          " + kind)
		c.press("j")
	}
	for _, name := range names {
		c.goTo(name)
		c.waitFor("tokens", "owner")
		c.press("2")
		c.waitFor("users", "username")
		c.press("1")
		c.waitFor("tokens", "owner")
	}
}

// TestNoKeyOfAnySystemLeavesThroughItsActions is the canary for all of them: each
// action of each system, and not a letter of a key anywhere but in its dialog.
func TestNoKeyOfAnySystemLeavesThroughItsActions(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings})
	l := everySystem(t, server)
	log := filepath.Join(l.home, "log")
	l.args = []string{"--log", log}
	c := l.start(t)
	c.waitFor("tokens")
	c.workInShop()
	c.workInIdentity()
	c.workInTower()
	c.workInCloud()
	c.workInPult()
	c.press("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	places := filesUnder(t, l.home)
	places["the screen"], places["stderr"] = c.shown(0), c.stderr.String()
	if !strings.Contains(places[log], "outcome=ok") {
		t.Error("the log is empty")
	}
	for place, text := range places {
		if strings.Contains(text, sings) {
			t.Errorf("%s holds a key", place)
		}
	}
}

func (c *console) workInShop() {
	c.t.Helper()
	c.goTo("shop")
	c.press("r")
	c.newKey("Regenerate token")
	c.press("d")
	c.confirm("Delete token")
	c.waitFor("Deleted: token")
}

func (c *console) workInIdentity() {
	c.t.Helper()
	c.goTo("idp")
	c.press("c")
	c.waitFor("for which user?", "enter choose", "tab for yourself")
	c.press("\t")
	c.submit("Create a token", "e2e-token", "", "made by a test", "")
	c.newKey("Create a token?")
	c.find("e2e-token")
	c.press("e")
	c.submit("Change token e2e-token", "", " and edited", "")
	c.confirm("Change token e2e-token")
	c.waitFor("Change token e2e-token of root.admin: the answer", "enter understood")
	c.press(enter)
	c.waitFor("? help")
	c.readAgain("made by a test and edited")
	c.press("v")
	c.newKey("Show the key of token e2e-token")
	c.press("r")
	c.newKey("Regenerate token e2e-token")
	c.press("d")
	c.confirm("Delete token e2e-token")
	c.waitFor("Deleted: token e2e-token", "No token of", "e2e-token")
}

func (c *console) workInTower() {
	c.t.Helper()
	c.goTo("tower")
	c.press("c")
	c.submit("Create a token", "made by a test", "", "")
	c.newKey("Create a token?")
	c.waitFor("171 tokens")
	c.press("g")
	c.waitOn("root.admin")
	c.press("e")
	c.submit("Change token", " and edited", "")
	c.confirm("Change token")
	c.waitFor("Changed: token")
	c.readAgain("made by a test and edited")
	c.press("r")
	c.newKey("Regenerate token")
	c.press("d")
	c.confirm("Delete token")
	c.waitFor("Deleted: token")
}

func (c *console) workInCloud() {
	c.t.Helper()
	c.goTo("cloud")
	c.press("c")
	c.submit("Create a token", "e2e-token", " ", "")
	c.newKey("Create a token?")
	c.find("e2e-token")
	c.press("r")
	c.newKey("Regenerate token e2e-token")
	s := c.waitFor("2 tokens", "revoked")
	for i, line := range s { // the cursor stays on the old one, which Waldur keeps
		if !strings.HasPrefix(line, "› ") && strings.Contains(line, " e2e-token ") && strings.Contains(line, "active") {
			c.press(map[bool]string{true: "k", false: "j"}[!strings.HasPrefix(s[i-1], "› ")])
		}
	}
	c.waitOn("active")
	c.press("d")
	c.confirm("Delete token e2e-token")
	c.waitFor("Deleted: token e2e-token")
	c.find("desk.staff")
	c.press("r")
	c.newKey("Regenerate the token of desk.staff")
	c.press("d")
	c.confirm("Delete the token of desk.staff")
	c.waitFor("Deleted: the token of desk.staff")
}

func (c *console) workInPult() {
	c.t.Helper()
	c.goTo("pult")
	c.press("c")
	c.wait("users to choose from", func(s screen) bool { return s.shows("for which user?", "enter choose") && s.chosen() != "" })
	c.press(enter)
	c.newKey("Create a token for")
	c.press("r")
	c.newKey("Regenerate the token of")
	c.press("d")
	c.confirm("Delete the token of")
	c.waitFor("Deleted: the token of")
}

// TestTowerKeepsNoListAndItsKeysEndByKey goes through what a Tower can: a sign-in
// as somebody makes a key, and whoever holds a key can end it.
func TestTowerKeepsNoListAndItsKeysEndByKey(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings, AWX: demo.AWXTower})
	weak := server.Systems()[2].WeakPassword
	c := everySystem(t, server).start(t)
	c.waitFor("tokens")
	c.goTo("tower")
	c.waitFor("Tower, auth tokens", "This server keeps no list", "used here")
	c.press("c")
	c.waitFor("user name", "password", "enter next")
	c.press("desk.staff\r")
	c.paste(weak)
	c.press(enter)
	c.newKey("Create a token?")
	c.waitFor("desk.staff", "2 tokens")
	c.press("g")
	c.find("desk.staff")
	c.press("r")
	c.waitFor("Regenerate token", "password", "enter review")
	c.paste(weak)
	c.press(enter)
	c.newKey("Regenerate token")
	c.press("d")
	c.confirm("Delete token")
	c.waitFor("Deleted: token")
	c.press("x")
	c.waitFor("Whose key is this?", "enter go on")
	c.paste(sings + " which is no key")
	c.press(enter)
	c.waitFor("No system here can be asked", "esc close")
	if strings.Contains(c.shown(0), sings) {
		t.Error("a key or a password was written to the terminal")
	}
	c.press(esc)
	c.waitGone("No system here can be asked")
	c.press("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if n := server.Served("awx/delete"); n < 3 {
		t.Errorf("%d keys were ended, and the console's own sign-in is one of three", n)
	}
}
