package e2e_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"

	"authdeck/client/demo"
)

// The names here would take over a terminal that printed them as they come.
// That they do not is what every test looks at as it ends: expectHarmless.

// walk goes down row by row and gives everything that was to be seen.
func (c *console) walk(rows int, keys string) string {
	c.t.Helper()
	var seen strings.Builder
	for range rows {
		before := c.screen()
		seen.WriteString(before.String())
		c.press(keys)
		c.wait("another row", func(s screen) bool { return s.String() != before.String() })
	}
	return seen.String()
}

func TestHostileNamesAreOnlyLettersAtEverySize(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{100, 30}, {60, 15}, {40, 10}, {160, 45}} {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			c := launch{args: []string{"demo", "--hostile", "--fps", "120"}, width: size[0], height: size[1]}.start(t)
			c.waitFor("you: root.admin", "page 1 ")
			c.press("2")
			c.waitOn("root.admin")
			c.press(enter)
			c.waitFor("Ali Kamali", "number ")
			seen := c.walk(49, "j")
			if size[0] == 100 {
				expectAllOf(t, seen)
			}
			c.press(enter + "g")
			c.waitOn("root.admin")
			c.walk(50/size[1], " ")
			c.press("1S")
			c.waitOn("desk.staff")
			c.walk(30, "j")
			c.askAboutSome()
		})
	}
}

// expectAllOf looks for the quoted form of every hostile text, as the details
// show it: it was there, and it was altered.
func expectAllOf(t *testing.T, seen string) {
	t.Helper()
	for _, text := range demo.Hostile() {
		quoted := strconv.QuoteToASCII(text)
		if !strings.Contains(seen, quoted[1:min(11, len(quoted)-1)]) {
			t.Errorf("%s was not to be seen", quoted)
		}
	}
}

// askAboutSome opens the picker and the questions about hostile users.
func (c *console) askAboutSome() {
	c.t.Helper()
	for i := range 6 {
		c.press("c")
		c.wait("users", func(s screen) bool { return s.shows("for which user?", "enter choose") && s.chosen() != "" })
		c.press(strings.Repeat("jj", i) + enter)
		c.waitFor("Create a token for", "n/enter leave it")
		c.press("n")
		c.waitFor("Nothing was done.")
	}
	c.press("r")
	c.waitFor("Regenerate token", "n/enter leave it")
	c.press("y")
	c.waitFor("key")
}

func TestACopiedNameIsOnlyLettersToo(t *testing.T) {
	t.Parallel()
	c := launch{args: []string{"demo", "--hostile", "--fps", "120"}}.start(t)
	c.waitFor("170 tokens")
	c.press("2")
	c.waitOn("root.admin")
	for i := range 50 {
		c.press("y")
		c.wait("the next name sent", func(screen) bool { return len(c.clipboard()) == i+1 })
		c.press("j")
	}
	for _, name := range c.clipboard() {
		if bad := invisible.FindString(name); bad != "" || name == "" {
			t.Errorf("%q was sent, with %q", name, bad)
		}
	}
}

func TestAHostileAnswerIsOnlyLettersOnTheScreenInTheLogAndInDoctor(t *testing.T) {
	t.Parallel()
	var turn atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i := int(turn.Load())
		text := demo.Hostile()[i%len(demo.Hostile())]
		w.Header().Set("Content-Type", "application/json")
		if strings.Contains(r.URL.Path, "/me/") {
			_ = json.NewEncoder(w).Encode(map[string]any{"id": 1, "username": text})
			return
		}
		w.WriteHeader(http.StatusForbidden)
		_ = json.NewEncoder(w).Encode(map[string]any{"detail": fmt.Sprintf("turn %d: %s", i, text), text: text})
	}))
	t.Cleanup(server.Close)
	l := against(t, server.URL, "a-credential-of-many-letters") // one letter is in every text, and none would be shown
	log := filepath.Join(l.home, "log")
	l.args = []string{"--log", log, "--fps", "120"}
	c := l.start(t)
	c.waitFor("turn 0:")
	for i := range demo.Hostile() {
		turn.Store(int64(i))
		c.press(ctrlR + "0" + ctrlR)
		c.waitFor("It says who you are; its tokens could not be read.")
		c.press("1" + ctrlR)
		c.waitFor(fmt.Sprintf("turn %d:", i))
	}
	for i := range demo.Hostile() {
		turn.Store(int64(i))
		l.args = []string{"doctor", "--log", log}
		stdout, stderr, _ := l.plain(t)
		if bad := invisible.FindString(strings.ReplaceAll(stdout+stderr, "\n", " ")); bad != "" {
			t.Errorf("doctor writes %q: %q", bad, stdout)
		}
	}
	if bad := invisible.FindString(strings.ReplaceAll(read(t, log), "\n", " ")); bad != "" {
		t.Errorf("the log holds %q", bad)
	}
}
