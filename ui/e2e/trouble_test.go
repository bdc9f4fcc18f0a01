package e2e_test

import (
	"net"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v3/color"
	"github.com/gdamore/tcell/v3/vt"

	"authdeck/client/demo"
)

func TestAFailedReadLeavesTheRowsAndCanBeRepeated(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	rows := c.waitFor("170 tokens")[3:20]
	breakIt(t, server, "tokens:500")
	c.press(ctrlR)
	s := c.waitFor("✗", "ctrl+r asks again", "is not available")
	if strings.Join(s[3:20], "\n") != rows.String() {
		t.Errorf("the rows changed:\n%v", s)
	}
	breakIt(t, server, "")
	c.press(ctrlR)
	c.waitGone("✗")
	c.waitFor("170 tokens")
	breakIt(t, server, "tokens:silent")
	c.press(ctrlR)
	c.waitFor("asking…", "esc gives up")
	c.press(esc)
	c.waitFor("Given up; the rows are as they were.", "170 tokens")
}

func TestEveryRefusalIsSaidInWords(t *testing.T) {
	t.Parallel()
	for fault, words := range map[string][]string{
		"401":       {"does not accept this credential", "authdeck doctor"},
		"403":       {"not allowed to do this", "You do not have permission"},
		"500":       {"is not available", "500"},
		"html":      {"The answer cannot be read", "text/html", "login page"},
		"cut":       {"The answer cannot be read", "JSON"},
		"empty":     {"The answer cannot be read", "nothing in the answer"},
		"wrongtype": {"The answer cannot be read", "text/html"},
		"redirect":  {"The answer cannot be read", "elsewhere.invalid", "not followed"},
		"lost":      {"is not available", "broke off"},
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			c := launch{args: []string{"demo", "--fault", "tokens:" + fault}}.start(t)
			flowing := c.wait("the reason", func(s screen) bool { return s.shows("✗") || s.shows("╭") })
			said := regexp.MustCompile(`[\s│]+`).ReplaceAllString(flowing.String(), " ")
			for _, w := range words {
				if !strings.Contains(said, w) {
					t.Errorf("%q is not said:\n%v", w, flowing)
				}
			}
			c.press("2")
			c.waitFor("240 users")
		})
	}
}

func TestALostAnswerIsUncertainAndSentOnce(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Faults: "regenerate:lost:once,delete:500:once"})
	c := onServer(t, server)
	c.waitFor("170 tokens")
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("it shows. Token", "was given a new key", "Before that it was not known", "enter understood")
	c.press(enter)
	c.waitGone("it shows")
	c.press("jd")
	c.confirm("Delete token")
	c.waitFor("nobody knows", "It may have happened, or not", "nothing shows of it yet", "authdeck does not repeat it; a proxy in between may.", "enter understood")
	c.press(enter)
	c.waitFor("created ↓", "nothing shows of it yet")
	if server.Served("regenerate") != 1 || server.Served("delete") != 1 {
		t.Errorf("sent %d and %d times", server.Served("regenerate"), server.Served("delete"))
	}
}

func TestAThrottledListCountsDownAndIsLeftAlone(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens")
	breakIt(t, server, "tokens:429=3:once")
	c.press(ctrlR)
	c.waitFor("asks to be left alone")
	first := c.waitSeconds(100)
	before := server.Served("tokens")
	c.press(ctrlR)
	c.waitFor("ask again: the system wants to be left alone for another")
	if server.Served("tokens") != before {
		t.Error("it was asked all the same")
	}
	c.press("k")
	c.waitSeconds(first)
	c.waitGone("asks again in")
	c.press(ctrlR)
	c.waitGone("✗")
}

// waitSeconds waits for a countdown that stands at fewer seconds.
func (c *console) waitSeconds(fewer int) (left int) {
	c.t.Helper()
	c.wait("a countdown", func(s screen) bool {
		m := regexp.MustCompile(`asks again in ([0-9]+) s`).FindStringSubmatch(s.String())
		if m == nil {
			return false
		}
		left, _ = strconv.Atoi(m[1])
		return left < fewer
	})
	return left
}

func TestAProductionSystemIsRedAndWantsAPhraseTyped(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server, "production = true")
	s := c.waitFor("PRODUCTION", "170 tokens")
	at := vt.Coord{X: vt.Col(strings.Index(s[0], "PRODUCTION"))}
	if colour := c.term.GetCell(at).S.Fg(); colour != color.XTerm1 {
		t.Errorf("PRODUCTION is %v", colour)
	}
	c.press("r")
	c.waitFor("Regenerate token", "This is a production system", "enter regenerate")
	c.press("y")
	c.waitFor("> y")
	c.press(enter)
	c.waitFor("> y", "That is not ")
	phrase := regexp.MustCompile(`type (\S+) and press enter`).FindStringSubmatch(c.screen().String())
	if server.Served("regenerate") != 0 || phrase == nil {
		t.Fatalf("phrase %q, %d writes", phrase, server.Served("regenerate"))
	}
	c.press("\x7f" + phrase[1])
	c.waitFor("> " + phrase[1])
	c.press(enter)
	c.waitFor("The new key of token", "••••••••", "v show")
}

func TestAReadOnlyConsoleRefusesEveryWriteWithItsReason(t *testing.T) {
	t.Parallel()
	for name, l := range map[string]func(*demo.Server) launch{
		"read_only": func(s *demo.Server) launch {
			return against(t, s.Systems()[0].URL, s.Systems()[0].Token, "read_only = true")
		},
		"--read-only": func(s *demo.Server) launch {
			l := against(t, s.Systems()[0].URL, s.Systems()[0].Token)
			l.args = []string{"--read-only"}
			return l
		},
	} {
		server := serve(t, demo.Options{})
		c := l(server).start(t)
		c.waitFor("READ-ONLY", "170 tokens")
		for key, action := range map[string]string{"c": "create", "r": "regenerate", "d": "delete"} {
			c.press(key)
			c.waitFor(action + ": authdeck is read-only here")
		}
		if n := server.Served("create") + server.Served("regenerate") + server.Served("delete"); n != 0 {
			t.Errorf("%s: %d writes", name, n)
		}
	}
}

func TestADeadSystemHindersNobodyAndSaysWhy(t *testing.T) {
	t.Parallel()
	dead, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + dead.Addr().String()
	_ = dead.Close()
	server := serve(t, demo.Options{})
	c := onServer(t, server,
		"[[system]]", `name = "attic"`, `kind = "hamgam"`, `url = "`+url+`"`, `token_env = "SHOP_TOKEN"`,
		"[[system]]", `name = "cellar"`, `kind = "hamgam"`, `url = "`+url+`"`, `token_env = "NOT_SET"`)
	c.waitFor("170 tokens", "root.admin")
	c.press("0")
	c.waitFor("state         answers", "attic", "dead", "cellar", "not opened", "3 systems")
	c.press("j")
	c.waitOn("attic")
	c.waitFor("The system is not available")
	c.press(enter)
	c.waitFor("authdeck  attic", "nothing listens there", "ctrl+r asks again")
	c.press("0")
	c.waitFor("3 systems")
	c.press("g" + enter)
	c.waitFor("authdeck  shop", "170 tokens")
}
