package e2e_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// The kill matrix: whatever ends the program, at whatever moment of a new key's
// life, wherever the key would go. Plain tests take some of its cells; make kills
// takes them all.

// deed is how a system comes to give a new key. Waldur's regenerate is that of a
// personal token: of a session it shows no key to anybody but its owner.
type deed struct {
	system, action string
	steps          func(*console) // up to the question
	question       string
}

func deeds() []deed {
	const create, regenerate = "create", "regenerate"
	pick := func(c *console) {
		c.press("c")
		c.wait("users to choose from", func(s screen) bool { return s.shows("for which user?", "enter choose") && s.chosen() != "" })
		c.press(enter)
	}
	on := func(words string) func(*console) {
		return func(c *console) {
			c.moveTo(words)
			c.press("r")
		}
	}
	form := func(values ...string) func(*console) {
		return func(c *console) {
			c.press("c")
			c.submit("Create a token", values...)
		}
	}
	return []deed{
		{"shop", create, pick, "Create a token for"},
		{"shop", regenerate, on("desk.staff"), "Regenerate token"},
		{"idp", create, func(c *console) {
			c.press("c")
			c.waitFor("for which user?", "enter choose", "tab for yourself")
			c.press("\t")
			c.submit("Create a token", "killed", "", "", "")
		}, "Create a token?"},
		{"idp", regenerate, on("desk-staff"), "Regenerate token"},
		{"tower", create, form("killed", "", ""), "Create a token?"},
		{"tower", regenerate, on("root.admin"), "Regenerate token"},
		{"cloud", create, form("killed", " ", ""), "Create a token?"},
		{"cloud", regenerate, on("build farm"), "Regenerate token"},
		{"pult", create, pick, "Create a token for"},
		{"pult", regenerate, on("desk.staff"), "Regenerate the token of"},
	}
}

// moveTo puts the cursor on the first row with the words.
func (c *console) moveTo(words string) {
	c.t.Helper()
	c.press("g")
	rows := c.wait("a row of "+words, func(s screen) bool { return s.row(words) >= 0 && s.row(s.selected()) >= 0 })
	c.press(strings.Repeat("j", rows.row(words)-rows.row(rows.selected())))
	c.waitOn(words)
}

// row is the line of the screen with the words; -1 for none.
func (s screen) row(words string) int {
	for i, line := range s[3:] {
		if strings.Contains(line, words) {
			return i
		}
	}
	return -1
}

// moment is how far a new key has come.
type moment string

const (
	beforeTheAnswer moment = "before the answer"
	afterTheAnswer  moment = "after it"
	asDots          moment = "masked"
	onScreen        moment = "shown"
	inClipboard     moment = "sent"
	intoFile        moment = "writing"
)

func moments() []moment {
	return []moment{beforeTheAnswer, afterTheAnswer, asDots, onScreen, inClipboard, intoFile}
}

// blow is what ends the program.
type blow string

const lineCut blow = "line cut"

func blows() []blow { return []blow{"KILL", "HUP", "TERM", "INT", "QUIT", lineCut} }

// attended reports whether somebody may still be at the terminal after it.
func (b blow) attended() bool { return b == "TERM" || b == "INT" || b == "QUIT" }

func (b blow) strike(c *console) {
	c.t.Helper()
	if b == lineCut {
		_ = c.line.Close()
		return
	}
	signal := map[blow]syscall.Signal{
		"KILL": syscall.SIGKILL, "HUP": syscall.SIGHUP, "TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "QUIT": syscall.SIGQUIT,
	}[b]
	if err := c.cmd.Process.Signal(signal); err != nil {
		c.t.Fatal(err)
	}
}

// folder is the state of the place where keys go.
type folder string

const (
	writable   folder = "writable"
	full       folder = "full"       // from the write on files can be made in it, and hold nothing; so it is with the log
	unwritable folder = "unwritable" // a file stands in its place and in that of the sealed keys: root would write past a mode
	unsealable folder = "unsealable" // so it is with the folder of the sealed keys alone
)

func folders() []folder { return []folder{writable, full, unwritable, unsealable} }

// cell is one square of the matrix.
type cell struct {
	deed
	moment
	blow
	folder
}

func (q cell) String() string {
	return fmt.Sprintf("%s %s, %s, %s, %s", q.system, q.action, q.moment, q.blow, q.folder)
}

// cells are all squares.
func cells() []cell {
	var all []cell
	for _, d := range deeds() {
		for _, m := range moments() {
			for _, b := range blows() {
				for _, f := range folders() {
					all = append(all, cell{d, m, b, f})
				}
			}
		}
	}
	return all
}

// chosen are the squares of a plain run: each moment with each blow in a folder
// that can be written, and each blow in the folders that cannot; the deeds take
// turns, so that each system meets each moment, each blow and each folder.
func chosen() []cell {
	var some []cell
	all, turn := deeds(), 0
	for i, m := range moments() {
		for j, b := range blows() {
			some = append(some, cell{all[turn%len(all)], m, b, writable})
			turn++
			if b == "KILL" {
				continue // kills as well where nothing could be written
			}
			some = append(some, cell{all[(turn+i)%len(all)], m, b, folders()[1+(i+j)%3]})
		}
		turn++
	}
	return some
}

// wholeMatrix is the variable that asks for all squares.
const wholeMatrix = "AUTHDECK_KILLS"

// TestWhateverEndsTheProgramLosesNoNewKey holds every square to it. They mostly
// wait, so that more of them go on at once than there are processors.
func TestWhateverEndsTheProgramLosesNoNewKey(t *testing.T) {
	t.Parallel()
	squares, hands := chosen(), 4
	if os.Getenv(wholeMatrix) != "" {
		squares, hands = cells(), 8
	}
	if len(squares) < 60 {
		t.Fatalf("%d squares", len(squares))
	}
	next := make(chan cell)
	var all sync.WaitGroup
	for range hands {
		all.Go(func() {
			for square := range next {
				t.Run(square.String(), func(t *testing.T) { square.play(t) })
			}
		})
	}
	for _, square := range squares {
		next <- square
	}
	close(next)
	all.Wait()
	t.Logf("%d squares", len(squares))
}
