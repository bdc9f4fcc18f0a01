package ui

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/order"
)

func TestTheSafeAnswerStandsFirstInTheBox(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(*remote)
		keys string
		want string
	}{
		"a question":           {nil, "d", "[ n/enter  leave it ]   y  delete"},
		"on production":        {func(r *remote) { r.info.Production = true }, "d", "[ esc  leave it ]   enter  delete"},
		"before a key is lost": {nil, "ry\x1b", "[ n/enter  go back ]   l  lose the key"},
		"after a failure":      {func(r *remote) { r.fail["delete"] = errBroken }, "dy", "[ enter  understood ]"},
		"a new key":            {nil, "ry", "y  copy   v  show   w  write to a file   esc  close"},
	} {
		t.Run(name, func(t *testing.T) {
			r := company(newClock())
			if c.set != nil {
				c.set(r)
			}
			d := start(t, r)
			perform(d, []byte(c.keys))
			d.pass(time.Second)
			box := boxed(ansi.Strip(d.app.View()))
			if len(box) < 3 || strings.Trim(box[len(box)-2], "│ ") != c.want {
				t.Errorf("the box is\n%s", strings.Join(box, "\n"))
			}
			if last := d.lines()[d.height-1]; last != "" {
				t.Errorf("keys stand below it too: %q", last)
			}
		})
	}
}

func TestEnterIsTheSafeAnswerToAQuestionAndSaysSoInEveryWindow(t *testing.T) {
	for _, width := range []int{120, 40} {
		r := company(newClock())
		d := start(t, r)
		d.resize(width, 24)
		d.press("d")
		d.sees("Delete token #100 of sara?", "n/enter leave it")
		d.pressKey(tea.KeyEnter)
		d.seesNot("Delete token")
		if len(r.writes) > 0 {
			t.Errorf("enter wrote: %q", r.writes)
		}
	}
}

func TestNoKeyIsOfferedInABoxBeforeItWorks(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("d")
	d.pass(time.Second)
	height := len(boxed(ansi.Strip(d.app.View())))
	d.press("n")
	d.pass(time.Second)
	d.app.tokens.ready = order.Unarmed
	d.press("d")
	d.sees("y delete")
	d.app.tokens.ready = order.Unarmed
	d.seesNot("y delete", "leave it")
	if now := len(boxed(ansi.Strip(d.app.View()))); now != height {
		t.Errorf("without its keys the box has %d lines, not %d", now, height)
	}
}

func TestANewKeyStandsAloneOnItsLine(t *testing.T) {
	for _, size := range [][2]int{{120, 36}, {100, 30}, {80, 24}, {60, 20}} {
		for _, show := range []string{"", "v"} {
			for moves := range 16 {
				d := prepare(t, termenv.ANSI, plenty(newClock()))
				d.begin(size[0], size[1])
				d.press(strings.Repeat("j", moves))
				d.press("ry" + show)
				key := strings.Repeat("•", 24)
				if show != "" {
					key = canary
				}
				for line := range strings.SplitSeq(ansi.Strip(d.shown()), "\n") {
					if strings.Contains(line, key) && strings.TrimSpace(line) != key {
						t.Fatalf("at %v, %d rows down: beside the key stands %q", size, moves, line)
					}
				}
				d.sees(key)
			}
		}
	}
}

func TestAReceiptSaysWhatTheKeyIsOfAndWhatWasDoneWithIt(t *testing.T) {
	d := holding(t)
	d.sees("owner sara (Full sara), number 1", "system shop, hamgam at shop.example.com", "esc close")
	d.press("yw")
	d.sees("✓ written to a file only you can read:", "? sent to the clipboard: paste it to be sure")
	d.seesNot("w write to a file")
	d.sendErr = errBroken
	d.press("y")
	d.sees("✗ The key was not taken: it broke")
}

func TestABoxStaysWhereItIsWhileWhatItSaysChanges(t *testing.T) {
	r := plenty(newClock())
	r.forms[model.Regenerate] = model.Form{Danger: true, Warnings: []string{"One.", "Two.", "Three.", "Four."}}
	d := prepare(t, termenv.Ascii, r)
	d.begin(120, 36)
	d.press("r")
	top := strings.Count(d.edge(), "\n")
	d.press("y")
	edge := d.edge()
	if now := strings.Count(edge, "\n"); now != top {
		t.Errorf("the key's box begins in line %d, not %d", now, top)
	}
	for _, key := range []string{"v", "v", "y", "w"} {
		d.press(key)
		if now := d.edge(); strings.Count(now, "\n") != top {
			t.Errorf("after %s the box begins in line %d", key, strings.Count(now, "\n"))
		} else if column(now) > column(edge) {
			t.Errorf("after %s the box is narrower: %q, not %q", key, now, edge)
		}
	}
}

func TestABoxGrowsDownwards(t *testing.T) {
	d := prepare(t, termenv.Ascii, plenty(newClock()))
	d.begin(120, 40)
	d.press("ry")
	top, lines := strings.Count(d.edge(), "\n"), len(boxed(ansi.Strip(d.app.View())))
	d.press("wy")
	if now := strings.Count(d.edge(), "\n"); now != top || len(boxed(ansi.Strip(d.app.View()))) <= lines {
		t.Errorf("it begins in line %d, not %d:\n%s", now, top, strings.Join(d.lines(), "\n"))
	}
}

func TestThePageBehindABoxIsDrawnOnce(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("r")
	d.hold()
	d.press("y")
	kept := &d.app.tokens.behind.drawn
	_ = d.app.View()
	first := reflect.ValueOf(*kept).FieldByName("lines").Pointer()
	d.pass(5 * time.Second)
	if reflect.ValueOf(*kept).FieldByName("lines").Pointer() != first {
		t.Error("it was drawn again while an answer was waited for")
	}
}

func TestTheCursorOfAQuestionStandsInItsBoxAndNotInTheListBehind(t *testing.T) {
	for _, moves := range []int{0, 7, 15} {
		r := plenty(newClock())
		d := prepare(t, termenv.Ascii, r)
		d.begin(100, 30)
		d.press(strings.Repeat("j", moves) + "d")
		d.cursorOn("", "Delete token")
		d.pressKey(tea.KeyEsc)
		r.info.Production = true
		d.press("d")
		d.press("#1")
		d.cursorOn("> #1", " ")
	}
}

func TestAPageBehindABoxShowsHalfOfNoWideLetter(t *testing.T) {
	r := plenty(newClock())
	for i := range r.tokens {
		r.tokens[i].Owner.Username = model.Clean(strings.Repeat("李", 8+i%3))
		r.tokens[i].Name = model.Clean("a" + strings.Repeat("王", 20))
	}
	d := prepare(t, termenv.ANSI, r)
	for width := 60; width < 110; width++ {
		d.begin(width, 30)
		d.press("d")
		edges := map[int]bool{}
		for _, line := range boxedAt(d.lines()) {
			edges[line] = true
		}
		if len(edges) != 1 {
			t.Errorf("at %d the left edge of the box stands in the columns %v", width, edges)
		}
		d.press("n")
	}
}

// plenty is a company whose first page fills every window.
func plenty(c *clock) *remote {
	r := crowd(c)
	r.page = 50
	for i := range 30 {
		r.tokens = append(r.tokens, token(300+i, account(300+i, "someone.of.the.crowd", true)))
	}
	return r
}

// lines are what the screen shows, without colours.
func (d *driver) lines() []string {
	return strings.Split(caret.Without(ansi.Strip(d.app.View())), "\n")
}

// marked is the line of the marked row; empty without one.
func (d *driver) marked() string {
	for _, line := range d.lines() {
		if strings.HasPrefix(line, "› ") {
			line, _, _ = strings.Cut(line, "╭")
			line, _, _ = strings.Cut(line, "╰")
			line, _, _ = strings.Cut(line, "│")
			return line
		}
	}
	return ""
}

// edge is the line in which the box begins, and its place.
func (d *driver) edge() string {
	for i, line := range d.lines() {
		if strings.Contains(line, "╭") || line != "" && strings.Trim(line, "─") == "" {
			return strings.Repeat("\n", i) + line
		}
	}
	return ""
}

// column is where the box begins.
func column(edge string) int {
	before, _, _ := strings.Cut(strings.TrimLeft(edge, "\n"), "╭")
	return ansi.StringWidth(before)
}

// boxedAt are the columns in which the lines of a box begin.
func boxedAt(lines []string) []int {
	var columns []int
	for _, line := range lines {
		for _, edge := range []string{"╭", "│", "╰"} {
			if before, _, found := strings.Cut(line, edge); found {
				columns = append(columns, ansi.StringWidth(before))
				break
			}
		}
	}
	return columns
}

func TestAChangeSaysWhatThereWasOnlyOfWhatChanges(t *testing.T) {
	r := formed(newClock())
	r.tokens[0].Description = model.Clean("old words")
	d := start(t, r)
	d.press("e")
	d.pressKey(tea.KeyEnter)
	d.sees("description old words")
	d.seesNot("until now")
	d.press("n x")
	d.pressKey(tea.KeyEnter)
	d.sees("description old words x", "until now, description old words")
}
