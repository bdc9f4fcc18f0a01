package e2e_test

import (
	"encoding/csv"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// ofDesk is the session of desk.staff in Waldur, which is ended by its key, and a launch with
// a log on all systems.
func ofDesk(t *testing.T, flags ...string) (l launch, system demo.System, log string) {
	t.Helper()
	server := serve(t, demo.Options{})
	l, system = everySystem(t, server), server.Systems()[3]
	log = filepath.Join(l.home, "log")
	l.args = append([]string{"--log", log}, flags...)
	return l, system, log
}

// inHand asks whose a key is, up to the list of those who would be asked.
func (c *console) inHand(key string) {
	c.t.Helper()
	c.waitFor("170 tokens")
	c.press("x")
	c.waitFor("Whose key is this?", "enter go on")
	c.paste(key + "\n")
	c.waitFor("••••••••")
	c.press(enter)
	c.waitFor("Who is asked whose key this is?", "cloud  [x] in a header", "enter  ask")
}

// opens reports whether a system of Waldur takes a key.
func opens(t *testing.T, system demo.System, key string) bool {
	t.Helper()
	code, _ := ask(t, system.URL+"/api/users/me/", key)
	return code == http.StatusOK
}

func TestAPastedKeyIsToldAndEndedAndStandsNowhere(t *testing.T) {
	t.Parallel()
	l, system, log := ofDesk(t)
	c := l.start(t)
	c.inHand(system.Weak)
	c.press(enter)
	c.waitFor("It is a key of desk.staff, in cloud", "d  end it")
	c.press("d")
	c.confirm("Revoke the pasted key of desk.staff?")
	c.waitFor("the server refuses it now", "understood")
	c.press(enter)
	c.waitGone("understood")
	c.press("x")
	c.waitFor("enter go on")
	c.paste(system.Weak)
	c.waitFor("••••••••")
	c.press("\x03")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if opens(t, system, system.Weak) || !opens(t, system, system.Token) {
		t.Error("another key was ended, or none")
	}
	places := filesUnder(t, l.home)
	places["the screen"], places["stderr"] = c.shown(0), c.stderr.String()
	if !strings.Contains(places[log], "asked whose a key is") {
		t.Error("the log is empty")
	}
	for place, text := range places {
		if holds(text, system.Weak) {
			t.Errorf("%s holds the key", place)
		}
	}
}

func TestReadOnlyTellsWhoseAKeyIsAndEndsNone(t *testing.T) {
	t.Parallel()
	l, system, _ := ofDesk(t, "--read-only")
	c := l.start(t)
	c.inHand(system.Weak)
	c.press(enter)
	c.waitFor("It is a key of desk.staff, in cloud", "enter  go there")
	if c.screen().shows("end it") {
		t.Error("to end it is offered")
	}
	c.press("d" + enter)
	c.waitFor("only desk.staff", "1 token", "? help")
	if !opens(t, system, system.Weak) {
		t.Error("the key was ended")
	}
}

func TestTheAnswerToAQuestionIsAFileOfItsOwnersAlone(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	l := everySystem(t, server)
	c := l.start(t)
	c.waitFor("170 tokens")
	c.press("/owner:root.admin" + enter)
	c.waitFor("1 token", "root.admin")
	path := filepath.Join(l.home, "mine.csv") // ~/ is there
	c.press("E")
	c.waitFor("Export the tokens of shop", "No key is in the file")
	c.press(enter + "\x15~/mine.csv")
	c.waitFor("It goes to ~/mine.csv.")
	c.press(enter)
	c.waitFor("The tokens of shop are written", "enter close")
	c.press(enter)
	c.waitGone("enter close")
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Fatalf("%v, %v", info, err)
	}
	rows, err := csv.NewReader(strings.NewReader(read(t, path))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][0] != "shop" || rows[1][4] != "root.admin" {
		t.Errorf("%v: %q", err, rows)
	}
	if holds(read(t, path), server.Systems()[0].Token) {
		t.Error("the file holds a key")
	}
}
