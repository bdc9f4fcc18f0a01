package e2e_test

import (
	"fmt"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"authdeck/client/demo"
)

// sizes are windows that people have, down to the smallest that is promised.
func sizes() [][2]int {
	return [][2]int{{80, 24}, {60, 15}, {40, 10}, {160, 45}, {100, 30}}
}

// whole reports whether a screen of that size stands as it must: the header
// first, the tabs second, and the keys on the last line.
func (s screen) whole(height int, keys string) bool {
	return len(s) == height && strings.HasPrefix(s[0], "authdeck  shop") &&
		strings.Contains(s[1], "1 Tokens ") && strings.Contains(s[1], "2 Users") && strings.HasPrefix(s[height-1], keys)
}

// offers reports whether a whole screen offers keys, the first one first: on its last line,
// or in a box that stands over the list, and then on no other line.
func (s screen) offers(height int, first, then string) bool {
	if s.whole(height, first+"  "+then) {
		return true
	}
	keys := `(\[ )?` + regexp.QuoteMeta(first) + `( \])? ` + regexp.QuoteMeta(then) + `.*`
	inBox := regexp.MustCompile(`│ ` + keys + ` │|(?m)^` + keys + `\n─+$`)
	return s.whole(height, "") && s[height-1] == "" && inBox.MatchString(s.words())
}

func TestTheScreenIsWholeAtEverySize(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	for _, size := range sizes() {
		c.resize(size[0], size[1])
		s := c.wait(fmt.Sprintf("a whole screen of %v", size), func(s screen) bool { return s.whole(size[1], "? help") })
		if !strings.HasPrefix(s[2], "  owner") {
			t.Errorf("%v: the titles are %q", size, s[2])
		}
		for i, row := range s[3 : size[1]-2] {
			if !regexp.MustCompile(`^(› |  )[!\pL]\S+ .*\S$`).MatchString(row) {
				t.Errorf("%v: row %d is broken: %q", size, i, row)
			}
		}
	}
	c.resize(30, 8)
	c.wait("one honest line", func(s screen) bool {
		return len(s) == 8 && strings.TrimSpace(s.String()) == "authdeck needs 40×10, not 30×8"
	})
	c.resize(100, 30)
	c.wait("the whole screen again", func(s screen) bool { return s.whole(30, "? help") && s.shows("170 tokens") })
}

func TestTheTerminalIsAskedNothing(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	c.press("q")
	c.exit()
	for what, question := range map[string]string{
		"a colour": `\x1b\][0-9]+;(\d+;)?\?`, "what it is": `\x1b\[[>=]?[0-9]*[cq]`, "where its cursor is": `\x1b\[\??[56]n`,
		"a mode": `\$p`, "its size": `\x1b\[[0-9;]*t`, "its keyboard": `\x1b\[\?u`, "a capability": `\x1bP`,
	} {
		if asked := regexp.MustCompile(question).Find(c.bytes()); asked != nil {
			t.Errorf("it is asked %s: %q", what, asked)
		}
	}
}

func TestAQuestionAndANewKeyFitIntoEverySize(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	who := c.screen().owner()
	c.press("r")
	c.waitFor("n/enter leave it")
	for _, size := range sizes() {
		c.resize(size[0], size[1])
		c.wait(fmt.Sprintf("the question at %v", size), func(s screen) bool {
			return s.offers(size[1], "n/enter leave it", "y regenerate") && s.shows("Regenerate token", who[:8], "The old key stops working at once")
		})
	}
	c.press("y")
	c.waitFor("••••••••", "v show")
	c.press("v")
	key := keyShape.FindString(c.waitFor("v hide").String())
	for _, size := range sizes() {
		c.resize(size[0], size[1])
		c.wait(fmt.Sprintf("the key at %v", size), func(s screen) bool {
			return s.offers(size[1], "y copy", "v hide") && s.shows(key)
		})
	}
}

func TestKeysThatComeInOnePacketAreKeysOneByOne(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	rows := c.screen()[3:]
	c.press("jjj")
	c.waitOn(strings.TrimSpace(rows[3]))
	c.press("kk" + arrowDown + arrowUp + arrowDown + "k")
	c.waitOn(strings.TrimSpace(rows[1]))
}

func TestAnArrowThatComesInTwoPacketsIsOneKey(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	rows := c.screen()[3:]
	c.press(enter)
	c.waitFor("key since")
	for i := 1; i <= 8; i++ {
		started := time.Now()
		c.press(arrowDown[:1])
		c.press(arrowDown[1:])
		if time.Since(started) > 40*time.Millisecond {
			t.Skip("this machine is too busy to send two packets close together")
		}
		c.waitFor("key since", "token        "+strings.Fields(rows[i])[1])
	}
}

func TestLettersOfOtherLayoutsCountByTheirPlace(t *testing.T) {
	t.Parallel()
	c := onDemo(t)
	rows := c.screen()[3:]
	for _, step := range []struct {
		keys string
		row  int
	}{{"ت", 1}, {"تت", 3}, {"ن", 2}, {"о", 3}, {"л", 2}, {"О", 2}} {
		c.press(step.keys)
		c.waitOn(strings.Fields(strings.TrimLeft(rows[step.row], "› "))[1])
	}
	c.press("ق") // r of a Persian keyboard
	c.waitFor("Regenerate token", "n/enter leave it")
	c.press("т") // n of a Russian one
	c.waitFor("Nothing was done.")
	c.press("/")
	c.waitFor("enter search")
	c.press("сара")
	c.waitFor("/сара")
}

func TestAPasteIsTextInATextFieldAndNothingElsewhere(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens")
	c.paste("dyry\nq")
	c.waitFor("Pasted text does nothing outside a text field.", "170 tokens")
	c.press("/")
	c.waitFor("enter search")
	c.paste("mousavi\x1b]0;owned\a\u202e\r")
	c.waitFor("/mousavi␛]0;owned␇") // without the line break that a copied line brings along
	c.press(enter)
	c.waitFor("✗ a control character cannot be looked for")
	c.press("\x05" + strings.Repeat("\x7f", utf8.RuneCountInString("␛]0;owned␇")) + enter)
	c.waitFor("search “mousavi”")
	c.waitOn("mousavi")
	c.press("r")
	c.waitFor("n/enter leave it")
	c.paste("y")
	c.waitFor("Pasted text does nothing outside a text field.", "n/enter leave it")
	if n := server.Served("regenerate") + server.Served("delete"); n != 0 {
		t.Errorf("%d writes", n)
	}
}

func TestAQuestionIgnoresWhatWasTypedBeforeItWasThere(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens")
	c.press("ryyy")
	c.waitFor("Regenerate token", "n/enter leave it")
	if n := server.Served("regenerate"); n != 0 {
		t.Errorf("%d writes", n)
	}
	c.press("y")
	c.waitFor("••••••••", "v show")
}

func TestWithoutColoursWhatIsNoColourStays(t *testing.T) {
	t.Parallel()
	c := launch{args: []string{"demo"}, env: []string{"NO_COLOR=1"}}.start(t)
	c.waitFor("170 tokens")
	second := strings.Fields(c.screen()[4])[0]
	c.press("j")
	c.waitOn(second)
	c.press("r")
	c.waitFor("n/enter leave it")
	c.press("n")
	c.waitFor("Nothing was done.")
	if coloured := regexp.MustCompile(`\x1b\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;]*m`).Find(c.bytes()); coloured != nil {
		t.Errorf("%q was written", coloured)
	}
	for what, sequence := range map[string]string{"bold": "1", "faint": "2", "reverse": "7"} {
		if !regexp.MustCompile(`\x1b\[([0-9]+;)*` + sequence + `(;[0-9]+)*m`).Match(c.bytes()) {
			t.Errorf("nothing is %s", what)
		}
	}
}

func TestALostTerminalOrASignalEndsTheProgram(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*console){
		"the line is cut": func(c *console) { _ = c.line.Close() },
		"SIGHUP":          func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGHUP) },
		"SIGTERM":         func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGTERM) },
		"SIGINT":          func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGINT) },
		"SIGQUIT":         func(c *console) { _ = c.cmd.Process.Signal(syscall.SIGQUIT) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := onDemo(t, "--fault", "users:silent")
			c.press("2")
			c.waitFor("asking…")
			end(c)
			if code := c.exit(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			if name != "the line is cut" && !c.restored() {
				t.Error("the screen was not given back")
			}
		})
	}
}

func TestAWriteUnderWayIsWaitedForAfterTheTerminalIsLost(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Faults: "regenerate:slow=1500ms"})
	system := server.Systems()[0]
	l := against(t, system.URL, system.Token)
	log := l.home + "/log"
	l.args = []string{"--log", log}
	c := l.start(t)
	c.waitFor("170 tokens")
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("waiting for the answer", "1 s")
	_ = c.line.Close()
	c.exit()
	if written := read(t, log); !regexp.MustCompile(`regenerate/ status=200 .*outcome=ok`).MatchString(written) {
		t.Errorf("the answer did not arrive:\n%s", written)
	}
}

func TestTheEndIsNotCutShortWhereNobodyReadsWhatIsSaid(t *testing.T) {
	t.Parallel()
	l := launch{args: []string{"demo"}, under: []string{"sh", "-c", `mkfifo deaf; : <deaf & exec "$@" 2>deaf`, "sh"}}
	c := l.start(t)
	c.waitFor("170 tokens", "root.admin")
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("••••••••", "v show")
	blow("TERM").strike(c)
	if code := c.exit(); code != 0 || !c.restored() {
		t.Errorf("exit code %d, restored %v", code, c.restored())
	}
}

func TestASecondSignalDoesNotCutTheFarewellShort(t *testing.T) {
	t.Parallel()
	for _, second := range []blow{"HUP", "TERM", "INT", "QUIT"} {
		t.Run(string(second), func(t *testing.T) {
			t.Parallel()
			server := serve(t, demo.Options{Users: 12, Tokens: 5})
			system := server.Systems()[4]
			way := newRelay(t, system)
			l := launch{home: t.TempDir(), env: []string{"SECRET=" + system.Password}}
			l.configure(t, "[[system]]\nname = \"pult\"\nkind = \"saymon\"\nauth = \"session\"\nurl = \""+way.at(system)+
				"\"\nusername = \""+system.Username+"\"\npassword_env = \"SECRET\"\n")
			c := l.start(t)
			c.waitFor("page 1", "you: root.admin")
			way.arm()
			blow("TERM").strike(c)
			await(t, "the end of the session", way.asked)
			second.strike(c)
			way.letGo()
			if code := c.exit(); code != 0 || !c.restored() {
				t.Errorf("exit code %d, restored %v", code, c.restored())
			}
			opened, closed := 0, 0
			for _, r := range server.Requests() {
				opened += map[string]int{"POST": 1}[r.Method]
				closed += map[string]int{"DELETE": 1}[r.Method]
			}
			if opened != 1 || closed != 1 {
				t.Errorf("%d sessions were opened, %d closed", opened, closed)
			}
		})
	}
}
