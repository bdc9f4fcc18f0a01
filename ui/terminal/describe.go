package terminal

import (
	"errors"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/muesli/termenv"

	"authdeck/model"
)

// Descriptor is an open file, as far as it can be asked what it is.
type Descriptor interface{ Fd() uintptr }

// Describe looks at the terminal without asking it anything: a question would
// be answered on the keyboard's side, or never. What failed makes the console
// unusable; see [Usable]. In a pipe there is no terminal to judge, and nothing
// is worse than a warning.
func Describe(env func(string) string, in, out Descriptor) []model.Check {
	checks := look(env, in, out)
	if !term.IsTerminal(in.Fd()) || !term.IsTerminal(out.Fd()) {
		for i := range checks {
			if checks[i].Verdict == model.Failed {
				checks[i].Verdict = model.Warning
			}
		}
	}
	return checks
}

func look(env func(string) string, in, out Descriptor) []model.Check {
	return []model.Check{
		checkInput(in),
		checkOutput(out),
		checkTerm(env),
		checkColours(env),
		checkBetween(env),
		checkClipboard(env),
	}
}

// Usable is nil where the console can be shown, and otherwise one sentence
// that says why not and what to do.
func Usable(env func(string) string, in, out Descriptor) error {
	for _, c := range look(env, in, out) {
		if c.Verdict == model.Failed {
			return errors.New(c.Found.String() + "; " + c.Advice)
		}
	}
	return nil
}

const takeTerminal = "start it in a terminal, over SSH with ssh -t"

func checkInput(in Descriptor) model.Check {
	if !term.IsTerminal(in.Fd()) {
		return check("input", model.Failed, "the input is not a terminal", takeTerminal)
	}
	return check("input", model.OK, "a terminal", "")
}

func checkOutput(out Descriptor) model.Check {
	if !term.IsTerminal(out.Fd()) {
		return check("output", model.Failed, "the output is not a terminal", takeTerminal)
	}
	width, height, err := term.GetSize(out.Fd())
	if err != nil || width == 0 || height == 0 {
		return check("output", model.Warning, "a terminal that does not tell its size", "set it with stty rows and stty cols")
	}
	return check("output", model.OK, fmt.Sprintf("a terminal of %d columns and %d rows", width, height), "")
}

func checkTerm(env func(string) string) model.Check {
	const advice = "set TERM to what your terminal is, such as xterm-256color"
	switch name := env("TERM"); name {
	case "":
		return check("TERM", model.Failed, "TERM is not set", advice)
	case "dumb":
		return check("TERM", model.Failed, "TERM=dumb has no screen to draw on", advice)
	default:
		return check("TERM", model.OK, name, "")
	}
}

func checkColours(env func(string) string) model.Check {
	found := map[termenv.Profile]string{
		termenv.Ascii: "none, as TERM says", termenv.ANSI: "16", termenv.ANSI256: "256", termenv.TrueColor: "all",
	}[Colours(env)]
	switch {
	case env("NO_COLOR") != "":
		found = "none, as NO_COLOR asks"
	case env("CLICOLOR") == "0":
		found = "none, as CLICOLOR asks"
	case env("CI") != "" && Colours(env) == termenv.Ascii:
		found = "none, because CI is set"
	}
	return check("colours", model.OK, found, "")
}

func checkBetween(env func(string) string) model.Check {
	found := "nothing"
	switch {
	case env("TMUX") != "":
		found = "tmux"
	case env("STY") != "":
		found = "GNU screen"
	case multiplexed(env):
		found = "tmux or GNU screen on the other side, as TERM says"
	}
	return check("in between", model.OK, found, "")
}

func checkClipboard(env func(string) string) model.Check {
	switch route := RouteFor(env); {
	case route == Tmux:
		return check("clipboard", model.OK, "by way of tmux", "it needs tmux 3.2 or newer")
	case route == Nowhere:
		return check("clipboard", model.Warning, "none: "+NoClipboard(env), "write secrets to a file instead")
	case route == Direct && multiplexed(env):
		return check("clipboard", model.Warning, "by way of OSC 52",
			"a tmux on the other side drops it without set-clipboard on; write secrets to a file instead")
	default:
		return check("clipboard", model.OK, "by way of "+route.String(),
			"your terminal has to allow OSC 52; it never says whether it does")
	}
}

// multiplexed reports a name that only tmux and GNU screen give themselves. It
// comes along over SSH, where their variables do not.
func multiplexed(env func(string) string) bool {
	name := env("TERM")
	return strings.HasPrefix(name, "tmux") || strings.HasPrefix(name, "screen")
}

func check(what string, verdict model.Verdict, found, advice string) model.Check {
	return model.Check{Subject: "terminal", What: what, Verdict: verdict, Found: model.Clean(found), Advice: advice}
}
