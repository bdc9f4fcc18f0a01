package ui

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/paint"
	"authdeck/ui/paint/painttest"
)

// resting is a place of a terminal's cursor when every frame on the way has been painted.
type resting struct {
	set    func(*remote)
	keys   func(*driver)
	before string // what ends right before it
	after  string // what begins where it stands
}

func restings() map[string]resting {
	production := func(r *remote) { r.info.Production = true }
	broken := func(r *remote) { r.fail["regenerate"] = errBroken }
	filled := func(r *remote) { r.forms, r.info.Missing = formed(r.clock).forms, nil }
	return map[string]resting{
		"a list":              {nil, press("j"), "", "› omid"},
		"users":               {nil, press("2"), "", "› sara"},
		"the help":            {nil, press("?j"), "", "› c "},
		"systems":             {nil, press("0"), "", "› shop"},
		"a search":            {nil, press("/omid"), "/omid", ""},
		"a search in Persian": {nil, press("/مریم"), "/مریم", ""},
		"a search in Chinese": {nil, press("/李王"), "/李王", ""},
		"a search, amid": {nil, func(d *driver) {
			d.press("/علی李om")
			d.pressKey(tea.KeyLeft)
		}, "/علی李o", "m"},
		"a text field": {filled, func(d *driver) {
			d.press("c")
			d.pressKey(tea.KeyTab)
			d.press("کلید李x")
			d.pressKey(tea.KeyLeft)
		}, "کلید李", "x"},
		"a choice": {filled, func(d *driver) {
			d.press("c")
			d.pressKey(tea.KeyTab)
			d.press("ci")
			d.pressKey(tea.KeyEnter)
		}, "‹ ", "API"},
		"ticks": {filled, func(d *driver) {
			d.press("c")
			d.pressKey(tea.KeyTab)
			d.press("ci")
			d.pressKey(tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyDown)
		}, "", "▸ [ ] write"},
		"a question":          {nil, press("d"), "", "Delete token"},
		"a question far down": {nil, press("Gd"), "", "Delete token"},
		"a typed name":        {production, press("d#1"), "> #1", ""},
		"a name in Persian":   {production, press("dعلی李"), "> علی李", ""},
		"what is waited for":  {nil, func(d *driver) { d.press("r"); d.hold(); agree(d) }, "", "Regenerating"},
		"a picker":            {nil, press("c"), "", "› nika"},
		"a picker, moved":     {nil, press("cj"), "", "› zoe"},
		"a search in one":     {nil, press("c/李"), "/李", ""},
		"a receipt":           {nil, renewed(""), "", "The new key"},
		"a receipt, seen":     {nil, renewed("v"), "", "The new key"},
		"another folder": {nil, func(d *driver) {
			d.keepErr = errors.New("no room")
			renewed("wo/کلید")(d)
		}, "folder: /کلید", ""},
		"the last question": {nil, func(d *driver) { renewed("")(d); d.pressKey(tea.KeyEsc) }, "", "Close, and lose"},
		"a failure":         {broken, renewed(""), "", "Regenerating token"},
		"a failed list":     {func(r *remote) { r.fail["tokens"] = model.Fail(model.Unavailable, "") }, press(""), "", "The system is not available"},
	}
}

// agree reads a question to its end and says yes.
func agree(d *driver) {
	d.pressKey(tea.KeyPgDown, tea.KeyPgDown, tea.KeyPgDown)
	d.press("y")
}

// renewed is a new key, and what is done with it.
func renewed(keys string) func(*driver) {
	return func(d *driver) {
		d.press("r")
		agree(d)
		d.press(keys)
	}
}

func TestTheCursorOfATerminalStandsWhereTheReaderIs(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}} {
		for name, c := range restings() {
			t.Run(fmt.Sprintf("%s at %d×%d", name, size[0], size[1]), func(t *testing.T) {
				screen := painted(t, size, c)
				left, right := screen.around()
				if !screen.Visible || !strings.HasSuffix(left, c.before) || !strings.HasPrefix(right, c.after) {
					t.Errorf("the cursor (seen: %v) stands between %q and %q", screen.Visible, left, right)
				}
				if c.before == "" && !standsAfter(left, "") {
					t.Errorf("before what is marked stands %q", left)
				}
			})
		}
	}
}

func TestTheCursorOfATerminalIsHiddenWhereNothingIsMarked(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {80, 24}, {60, 15}, {40, 10}} {
		for name, c := range map[string]resting{
			"an empty list": {set: func(r *remote) { r.tokens = nil }, keys: press("")},
		} {
			if screen := painted(t, size, c); screen.Visible {
				t.Errorf("%s at %v: it stands at %d, %d", name, size, screen.X, screen.Y)
			}
		}
	}
}

// terminalOf is a screen that has obeyed every byte of every frame.
type terminalOf struct{ *painttest.Screen }

// painted is the screen after the keys that lead to a place.
func painted(t *testing.T, size [2]int, c resting) terminalOf {
	t.Helper()
	r := company(newClock())
	if c.set != nil {
		c.set(r)
	}
	d := prepare(t, termenv.ANSI, r)
	painter := paint.New(paint.AbilitiesOf("xterm-256color"))
	screen := terminalOf{painttest.New(painttest.Kind{}, size[0], size[1])}
	screen.Scramble(size[0], size[1], 7)
	d.watch = func(view string) {
		if err := screen.Frame(painter.Paint(view, size[0], size[1])); err != nil {
			t.Fatal(err)
		}
	}
	d.begin(size[0], size[1])
	d.watch(d.app.View())
	c.keys(d)
	return screen
}

// around is what stands in the cursor's row before it and from it on.
func (s terminalOf) around() (left, right string) {
	for x := range s.Width {
		letter := strings.ReplaceAll(s.Cell(x, s.Y).Content, "\u200e", "")
		if x < s.X {
			left += letter
		} else {
			right += letter
		}
	}
	return left, right
}
