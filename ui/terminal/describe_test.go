package terminal

import (
	"os"
	"strings"
	"testing"

	"github.com/creack/pty"

	"authdeck/model"
)

func TestDescribeSaysWhatATerminalIs(t *testing.T) {
	_, tty := openPty(t)
	if err := pty.Setsize(tty, &pty.Winsize{Rows: 40, Cols: 120}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		env     []string
		what    string
		verdict model.Verdict
		found   string
	}{
		{nil, "input", model.OK, "a terminal"},
		{nil, "output", model.OK, "a terminal of 120 columns and 40 rows"},
		{nil, "TERM", model.Failed, "TERM is not set"},
		{[]string{"TERM=dumb"}, "TERM", model.Failed, "TERM=dumb has no screen to draw on"},
		{[]string{"TERM=x\x1b[2J"}, "TERM", model.OK, "x␛[2J"},
		{[]string{"TERM=xterm"}, "colours", model.OK, "16"},
		{[]string{"TERM=screen"}, "colours", model.OK, "16"},
		{[]string{"TERM=screen", "NO_COLOR=1"}, "colours", model.OK, "none, as NO_COLOR asks"},
		{[]string{"TERM=vt100"}, "colours", model.OK, "none, as TERM says"},
		{[]string{"TERM=xterm-256color"}, "colours", model.OK, "256"},
		{[]string{"COLORTERM=truecolor"}, "colours", model.OK, "all"},
		{[]string{"COLORTERM=truecolor", "NO_COLOR=1"}, "colours", model.OK, "none, as NO_COLOR asks"},
		{[]string{"CLICOLOR=0"}, "colours", model.OK, "none, as CLICOLOR asks"},
		{[]string{"CI=true"}, "colours", model.OK, "none, because CI is set"},
		{[]string{"CI=true", "TERM=xterm"}, "colours", model.OK, "16"},
		{[]string{"TERM=xterm"}, "in between", model.OK, "nothing"},
		{[]string{"TMUX=x"}, "in between", model.OK, "tmux"},
		{[]string{"STY=x"}, "in between", model.OK, "GNU screen"},
		{[]string{"TERM=screen"}, "in between", model.OK, "tmux or GNU screen on the other side, as TERM says"},
		{[]string{"TMUX=x"}, "clipboard", model.OK, "by way of tmux"},
		{[]string{"STY=x", "TERM=screen"}, "clipboard", model.OK, "by way of GNU screen"},
		{[]string{"TERM=xterm"}, "clipboard", model.OK, "by way of OSC 52"},
		{[]string{"STY=x", "TERM=xterm-256color"}, "clipboard", model.OK, "by way of GNU screen"},
		{[]string{"TERM=linux"}, "clipboard", model.Warning, "none: a terminal of the kind linux has no clipboard"},
		{[]string{"TERM=tmux-256color"}, "clipboard", model.Warning, "by way of OSC 52"},
	} {
		got := find(t, Describe(environment(c.env...), tty, tty), c.what)
		if got.Verdict != c.verdict || got.Found.String() != c.found {
			t.Errorf("%v: %s is %s, %q; want %s, %q", c.env, c.what, got.Verdict, got.Found, c.verdict, c.found)
		}
		if got.Subject != "terminal" || (got.Verdict != model.OK && got.Advice == "") {
			t.Errorf("%v: %+v lacks a subject or advice", c.env, got)
		}
	}
}

func find(t *testing.T, checks []model.Check, what string) model.Check {
	t.Helper()
	for _, c := range checks {
		if c.What == what {
			return c
		}
	}
	t.Fatalf("no check of %s", what)
	return model.Check{}
}

func TestATerminalWithoutASizeIsOnlyAWarning(t *testing.T) {
	_, tty := openPty(t)
	if got := find(t, Describe(environment(), tty, tty), "output"); got.Verdict != model.Warning {
		t.Errorf("%+v", got)
	}
}

func TestTheConsoleSaysWhyItCannotBeShown(t *testing.T) {
	_, tty := openPty(t)
	pipe, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer pipe.Close()
	defer w.Close()
	for _, c := range []struct {
		term    string
		in, out Descriptor
		want    string
	}{
		{"xterm", tty, tty, ""},
		{"", tty, tty, "TERM is not set; set TERM"},
		{"dumb", tty, tty, "TERM=dumb has no screen"},
		{"xterm", pipe, tty, "the input is not a terminal; start it in a terminal, over SSH with ssh -t"},
		{"xterm", tty, w, "the output is not a terminal"},
	} {
		err := Usable(environment("TERM="+c.term), c.in, c.out)
		if (err == nil) != (c.want == "") || err != nil && !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("TERM=%q: %v, want %q", c.term, err, c.want)
		}
	}
}
