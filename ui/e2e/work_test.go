package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"authdeck/client/demo"
)

var keyShape = regexp.MustCompile(`\b[0-9a-f]{40}\b`)

// owner is the first column of the row that the cursor is on.
func (s screen) owner() string { return strings.Fields(s.selected() + " -")[0] }

// confirm says yes to the question in front, once it listens.
func (c *console) confirm(question string) {
	c.t.Helper()
	c.waitAsked(question)
	c.press("y")
}

// waitAsked waits for a question that takes an answer.
func (c *console) waitAsked(question string) {
	c.t.Helper()
	c.wait(question, func(s screen) bool {
		return s.shows(question) && (s.shows("n/enter leave it") || s.shows("n/enter back to the form"))
	})
}

// find searches the list for words and waits for the row.
func (c *console) find(words string) {
	c.t.Helper()
	c.press("/")
	c.waitFor("enter search")
	c.press("\x15" + words) // over what was searched for before
	c.waitFor("/" + words)
	c.press(enter)
	c.waitFor("search “" + words + "”")
	c.waitOn(words)
}

func TestTheDemoOpensOnItsTokensAndQuitGivesTheScreenBack(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.waitFor("authdeck", "shop", "1 Tokens", "page 1 of 4", "created ↓", "? help")
	c.press("q")
	if code := c.exit(); code != 0 || !c.restored() {
		t.Errorf("exit code %d, terminal restored: %v", code, c.restored())
	}
	if strings.Count(string(c.bytes()), "\x1b[?1049l") != 1 {
		t.Error("the alternate screen was left more than once")
	}
}

func TestANewKeyIsMaskedThenSeenThenInAPrivateFile(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.press("c")
	whom := c.wait("users to choose from", func(s screen) bool {
		return s.shows("for which user?", "70 users", "enter choose") && s.chosen() != ""
	}).chosen()
	whom, _, _ = strings.Cut(whom, " ")
	c.press(enter)
	c.confirm("Create a token for " + whom + "?")
	c.waitFor("The new token of "+whom, "••••••••", "v show")
	if keyShape.MatchString(c.shown(0)) {
		t.Error("a key was written to the terminal before it was asked for")
	}
	c.press("v")
	key := keyShape.FindString(c.waitFor("v hide").String())
	c.press("w")
	c.waitFor("✓ written to", "only you can read")
	expectPrivateKey(t, c.home, key)
	c.press(esc)
	c.waitFor("171 tokens", whom, "created", "new ", "? help")
	if keyShape.MatchString(c.screen().String()) {
		t.Error("the key is still on the screen")
	}
}

func expectPrivateKey(t *testing.T, home, key string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(home, "state", "authdeck", "keys", "*.key"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %q, %v", files, err)
	}
	info, err := os.Stat(files[0])
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if got := read(t, files[0]); key == "" || got != key+"\n" {
		t.Errorf("the file holds %q, the screen showed %q", got, key)
	}
}

func TestARegeneratedKeyGoesToTheClipboardAndIsTheOneThatWorks(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	system := server.Systems()[0]
	c := onServer(t, server)
	c.waitFor("170 tokens")
	c.find("desk.staff")
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("The new key of token", "••••••••", "v show")
	c.press("y")
	c.waitFor("sent to your terminal's clipboard", "OSC 52")
	sent := c.clipboard()
	if len(sent) != 1 || !keyShape.MatchString(sent[0]) || len(sent[0]) != 40 {
		t.Fatalf("the clipboard got %q", sent)
	}
	if status, body := ask(t, system.URL+"/api/users/me/", sent[0]); status != 200 || !strings.Contains(body, "desk.staff") {
		t.Errorf("the new key: %d %s", status, body)
	}
	if status, _ := ask(t, system.URL+"/api/users/me/", system.Weak); status != 401 {
		t.Errorf("the old key: %d", status)
	}
	c.press(esc)
	c.waitFor("Close, and trust the clipboard?", "n/enter go back")
	c.press("l")
	c.waitFor("search “desk.staff”", "new")
}

func TestAKeyThatNobodyTookIsNotLostByOneKey(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("••••••••", "v show")
	c.press(esc)
	c.waitFor("Close, and lose the key?", "l lose the key")
	c.press("x")
	c.waitFor("••••••••", "v show")
	c.press(ctrlC)
	if code := c.exit(); code != 0 || !c.restored() || !strings.Contains(c.told(), "was not handed over, and is kept, sealed") {
		t.Errorf("exit code %d, restored %v; said %q", code, c.restored(), c.told())
	}
}

func TestADeletedTokenIsGone(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens")
	c.press("j")
	who := c.wait("the second row", func(s screen) bool { return strings.HasPrefix(s[4], "› ") }).owner()
	c.press("d")
	c.waitFor("Delete token", who, "does not come back", "n/enter leave it")
	c.press("n")
	c.waitFor("Nothing was done.", "170 tokens", who)
	c.press("d")
	c.confirm("Delete token")
	c.waitFor("Deleted: token", "169 tokens")
	for _, line := range c.screen()[:28] {
		if strings.Contains(line, who+" ") && !strings.HasPrefix(line, "The cursor is on") { // which names the one that is gone
			t.Errorf("still there: %s", line)
		}
	}
	if n := server.Served("delete"); n != 1 {
		t.Errorf("sent %d times", n)
	}
}

func TestAPersonSearchesSortsAndTurnsPages(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.press("N")
	c.waitFor("This is the first page.")
	first := c.screen().selected()
	for _, page := range []string{"page 2 of 4", "page 3 of 4", "page 4 of 4", "This is the last page."} {
		c.press("n")
		c.waitFor(page)
	}
	for _, page := range []string{"page 3 of 4", "page 2 of 4", "page 1 of 4"} {
		c.press("N")
		c.waitFor(page)
	}
	c.waitOn(first)
	c.press("Gj")
	c.waitFor("page 2 of 4")
	c.press("k")
	c.waitFor("page 1 of 4")
	c.press("S")
	c.waitFor("created ↑")
	c.waitOn("#1001")
	c.find("desk.staff")
	c.press(esc)
	c.waitFor("170 tokens", "created ↑")
	c.waitGone("search “desk.staff”")
	c.press("/")
	c.waitFor("enter search")
	c.press("no such name anywhere" + enter)
	c.waitFor("No token of shop matches “no such name anywhere” (looked at: number, owner's names, mobile).", "esc", "shows all 170.", "0 tokens")
}

func TestOwnerAndTokenLeadToEachOtherAndEscLeadsBack(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	row := c.screen().selected()
	who := strings.TrimSuffix(c.screen().owner(), "…")
	c.press("u")
	c.waitFor("only "+who, "1 user", "last login")
	c.waitOn(who)
	c.press("t")
	c.waitFor("only "+who, "1 token", "created")
	c.waitOn(strings.Fields(row)[1])
	c.press(enter)
	c.waitFor("owner's no.", "this system does not say")
	c.press(esc)
	c.waitGone("owner's no.")
	c.press("2")
	c.waitFor("only " + who)
	c.press("y")
	c.waitFor("OSC 52")
	if sent := c.clipboard(); len(sent) != 1 || !strings.HasPrefix(sent[0], who) {
		t.Errorf("the clipboard got %q", sent)
	}
}

func TestTheSystemsPageSaysWhoWeAreAndHelpListsEveryKey(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.press("0")
	c.waitFor(allSystems(systemNames(t)), "state         answers")
	c.waitOn("root.admin")
	c.press(enter)
	c.waitFor("170 tokens")
	c.press("?")
	c.waitFor("on this page", "regenerate", "in every list", "next page")
	c.press("q")
	c.waitGone("on this page")
	c.press("2")
	c.waitFor("users", "last login", "f filter")
	c.press("f")
	c.waitFor("everything", "without a token")
	c.press("j" + enter)
	c.waitFor("with a token", "170 users")
	c.press("fj" + enter)
	c.waitFor("without a token", "70 users")
}

func TestCtrlSIsAKeyAndDoesNotStopTheTerminal(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.goTo("tower")
	c.press("c")
	c.waitFor("Create a token on tower", "› description", "ctrl+s review")
	c.press("from anywhere\x13")
	c.waitFor("Create a token?", "from anywhere", "y create")
	c.press("n")
	c.waitFor("› description", "from anywhere")
	c.press(esc)
	c.waitFor("? help")
}

func TestAllThatAQuestionFindsIsMarkedOnEveryPageAndInEverySystem(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.waitFor("page 1 of 4 · 170 tokens")
	c.press(" ")
	c.waitFor("1 marked ·")
	c.press("*")
	c.waitFor("170 found, 169 more marked.", "170 marked · page 1 of 4")
	c.press("9")
	c.waitFor("170 marked · page 1 of 18")
	c.press("*")
	c.waitFor("861 found, 691 more marked.")
	c.press("M")
	c.waitFor("M brings the 861 marks back.")
}
