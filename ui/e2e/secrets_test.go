package e2e_test

import (
	"encoding/base64"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// holds reports whether a text has a key in it, or nearly one: any nineteen of
// its letters in a row, or what the clipboard would get.
func holds(text, key string) bool {
	for at := 0; at+12 <= len(key); at += 4 {
		if strings.Contains(text, key[at:at+12]) {
			return true
		}
	}
	return strings.Contains(text, base64.StdEncoding.EncodeToString([]byte(key)))
}

// filesUnder is the content of every file there, by its path.
func filesUnder(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			files[path] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// discard leaves a new key unseen.
func (c *console) discard() {
	c.t.Helper()
	c.waitFor("••••••••", "v show")
	c.press(esc)
	c.waitFor("Close, and lose the key?", "l lose the key")
	c.press("l")
	c.waitFor("The key is gone", "created")
}

// TestNoKeyLeavesThroughAWholeSession is the canary: the system's list is full
// of live keys, and a session makes more of them.
func TestNoKeyLeavesThroughAWholeSession(t *testing.T) {
	t.Parallel()
	system, _ := served(t, "--fault", "users:500:once,create:lost:once,tokens:cut:first=1")
	l := against(t, system.URL, system.Token)
	log := filepath.Join(l.home, "log")
	l.args = []string{"--log", log}
	secrets := map[string]bool{system.Password: true}
	collect := func() {
		for key := range liveKeys(t, system, signIn(t, system)) {
			secrets[key] = true
		}
	}
	c := l.start(t)
	c.waitFor("The answer cannot be read")
	collect()
	c.lookAround()
	c.writeAll(collect)

	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("••••••••", "v show")
	collect()
	_ = c.line.Close()
	if said := c.told(); !strings.Contains(said, "was not handed over, and is kept, sealed") {
		t.Errorf("on the way out it is said: %q", said)
	}
	l.args, l.env = []string{"doctor", "--log", log}, []string{"SHOP_TOKEN=" + signIn(t, system)}
	stdout, stderr, code := l.plain(t)
	if len(secrets) < 174 || code != 0 {
		t.Fatalf("%d secrets, exit code %d: %s", len(secrets), code, stdout)
	}

	places := filesUnder(t, l.home)
	if key, err := l.takeKey(t); err != nil || !secrets[strings.TrimSpace(key)] {
		t.Errorf("the key that was on the screen when the line was cut is not handed over: %d letters, %v", len(key), err)
	}
	places["the screen"], places["stderr"], places["doctor"] = c.shown(0), c.stderr.String(), stdout+stderr
	if !strings.Contains(places[log], "outcome=ok") || len(places) < 5 {
		t.Fatalf("the log is empty, or a place is missing: %d", len(places))
	}
	for place, text := range places {
		for secret := range secrets {
			if holds(text, secret) {
				t.Errorf("%s holds a secret", place)
				break
			}
		}
	}
}

// lookAround reads all that there is to read.
func (c *console) lookAround() {
	c.t.Helper()
	c.press(ctrlR)
	c.waitFor("170 tokens")
	c.press("n")
	c.waitFor("page 2 of 4")
	c.press("N")
	c.waitFor("page 1 of 4")
	c.press(enter)
	c.waitFor("this system does not say")
	c.press(esc)
	c.waitGone("this system does not say")
	c.press("sj" + enter)
	c.waitFor("created ↑")
	c.press("2")
	c.waitFor("is not available")
	c.press(ctrlR)
	c.waitFor("240 users")
	c.press(enter)
	c.waitFor("last login", "e-mail")
	c.press(enter + "0")
	c.waitFor("state         answers")
	c.press("?")
	c.waitFor("everywhere")
	c.press("q1")
	c.waitFor("created ↑")
}

// writeAll makes, changes and deletes tokens, the console's own among them.
func (c *console) writeAll(collect func()) {
	c.t.Helper()
	for _, outcome := range []string{"Before that it was not known", "••••••••"} {
		c.press("c")
		c.wait("users to choose from", func(s screen) bool { return s.shows("for which user?", "enter choose") && s.chosen() != "" })
		c.press(enter)
		c.confirm("Create a token for")
		c.waitFor(outcome)
		collect()
		if outcome == "Before that it was not known" {
			c.waitFor("enter understood")
			c.press(enter)
			c.waitFor("created")
		}
	}
	c.discard()
	c.press("d")
	c.confirm("Delete token")
	c.waitFor("Deleted:")
	c.find("root.admin")
	c.press("r")
	c.confirm("authdeck itself signs in with this token")
	c.waitFor("authdeck goes on with this key")
	collect()
	c.discard()
	c.press(ctrlR)
	c.waitFor("used here")
	c.press("0")
	c.waitFor("state         answers")
	c.press(enter)
	c.waitFor("root.admin", "1 token", "created ↑") // as it was left
	c.press(esc)
	c.waitFor("171 tokens", "created ↑")
}

// TestAKeyLeavesByTheThreeWaysThatAPersonChose shows that the canary would sing.
func TestAKeyLeavesByTheThreeWaysThatAPersonChose(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	system := server.Systems()[0]
	l := against(t, system.URL, system.Token)
	log := filepath.Join(l.home, "log")
	l.args = []string{"--log", log}
	c := l.start(t)
	c.waitFor("170 tokens")
	for _, way := range []struct{ key, words, onScreen, onDisk string }{
		{"v", "v hide", "the key", ""},
		{"y", "OSC 52", "base64", ""},
		{"w", "✓ written to", "", "the key"},
	} {
		before := liveKeys(t, system, system.Token)
		written := len(c.bytes())
		c.press("r")
		c.confirm("Regenerate token")
		c.waitFor("••••••••", "v show")
		key := only(t, before, liveKeys(t, system, system.Token))
		if holds(c.shown(0), key) || onDisk(t, l.home, key) != "" {
			t.Fatalf("before %s the key is out already", way.key)
		}
		c.press(way.key)
		c.waitFor(way.words)
		if got := form(c.shown(written), key); got != way.onScreen {
			t.Errorf("after %s the terminal got %q", way.key, got)
		}
		if got := onDisk(t, l.home, key); got != way.onDisk {
			t.Errorf("after %s the disk holds %q", way.key, got)
		}
		c.press(esc)
		if way.key == "y" { // nobody can know whether it arrived
			c.waitFor("Close, and trust the clipboard?", "n/enter go back")
			c.press("l")
		}
		c.waitFor("created", "170 tokens", "? help")
		c.press("j")
	}
	if strings.Contains(read(t, log), "base64") || read(t, log) == "" {
		t.Error("the log")
	}
}

// only is the key that was not there before.
func only(t *testing.T, before, after map[string]bool) string {
	t.Helper()
	for key := range after {
		if !before[key] {
			return key
		}
	}
	t.Fatal("there is no new key")
	return ""
}

// form is how a text holds a key.
func form(text, key string) string {
	switch {
	case strings.Contains(text, key):
		return "the key"
	case holds(text, key):
		return "base64"
	}
	return ""
}

// onDisk is how the files of a home hold a key; only the file that w wrote may.
func onDisk(t *testing.T, home, key string) string {
	t.Helper()
	for path, text := range filesUnder(t, home) {
		if got := form(text, key); got != "" {
			if filepath.Dir(path) != filepath.Join(home, "state", "authdeck", "keys") {
				return path
			}
			if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
				return "in a file that others can read"
			}
			return got
		}
	}
	return ""
}
