package main_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/model"
)

// The kill matrix: whatever ends the program, at whatever moment of a new key's
// life, wherever the key would go. Plain tests take some of its cells; make kills
// takes them all.

// deed is how a system comes to give a new key.
type deed struct {
	system, action string
	steps          func(*console) // up to the question
	question       string
}

func deeds() []deed {
	const create, regenerate = "create", "regenerate"
	pick := func(c *console) {
		c.press("c")
		c.wait("users to choose from", func(s screen) bool { return s.shows("for which user?", "enter choose") && s.selected() != "" })
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
			c.submit("Create a token", "killed", "", "", "", "")
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
	full       folder = "full"       // files can be made in it, and hold nothing
	unwritable folder = "unwritable" // a file stands in its place: root would write past a mode
)

func folders() []folder { return []folder{writable, full, unwritable} }

// cell is one square of the matrix.
type cell struct {
	deed
	moment
	blow
	folder
}

func (c cell) String() string {
	return fmt.Sprintf("%s %s, %s, %s, %s", c.system, c.action, c.moment, c.blow, c.folder)
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
			some = append(some, cell{all[(turn+i)%len(all)], m, b, folders()[1+(i+j)%2]})
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

// victim is a console about to be ended, and what the test knows of it.
type victim struct {
	*console
	relay *relay
	log   *journal
}

// play goes through one square.
func (q cell) play(t *testing.T) {
	v := q.begin(t)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log is\n%s", v.log)
		}
	})
	q.advance(v)
	q.strike(v.console)
	if q.moment == beforeTheAnswer {
		if q.blow != "KILL" {
			v.log.await(t, "told to end")
		}
		v.relay.letGo()
	}
	if q.blow == "KILL" {
		v.exit()
		q.expectNothingHalf(v)
		return
	}
	switch {
	case q.folder == writable:
		q.expectRescue(v)
	case q.blow.attended():
		q.expectStay(v)
	default:
		q.expectLoss(v)
	}
}

// begin opens the console on the system, with a folder for keys as it is to be.
func (q cell) begin(t *testing.T) *victim {
	t.Helper()
	server := serve(t, demo.Options{KeyPrefix: sings, Users: 12, Tokens: 5})
	var system demo.System
	for _, s := range server.Systems() {
		if s.Name == q.system {
			system = s
		}
	}
	v := &victim{relay: newRelay(t, system)}
	l := launch{home: shortFolder(t), width: 100, height: 40, args: []string{"--log", "/dev/fd/3"}}
	q.prepare(t, &l)
	entry, secret := "token_env = \"SECRET\"\n", system.Token
	if secret == "" {
		entry, secret = "username = \""+system.Username+"\"\npassword_env = \"SECRET\"\n", system.Password
	}
	l.env = append(l.env, "SECRET="+secret)
	l.configure(t, "[[system]]\nname = \""+system.Name+"\"\nkind = \""+system.Kind+"\"\nurl = \""+v.relay.at(system)+"\"\n"+entry)
	v.log = newJournal(t, &l)
	v.console = l.start(t)
	v.log.begin()
	v.wait("the tokens", func(s screen) bool { return s.shows("page 1", "owner", "root.admin") && s.selected() != "" })
	return v
}

// shortFolder is a folder whose name fits on a line.
func shortFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "kill")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// prepare makes the folder for keys what it is to be.
func (q cell) prepare(t *testing.T, l *launch) {
	t.Helper()
	switch q.folder {
	case writable:
	case full:
		l.under = []string{"sh", "-c", `ulimit -f 0; exec "$@"`, "sh"} // as a disk or a quota that has no room
	case unwritable:
		state := filepath.Join(l.home, "state")
		if err := os.WriteFile(state, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// advance brings the new key to the moment.
func (q cell) advance(v *victim) {
	v.t.Helper()
	q.steps(v.console)
	v.waitFor(q.question, "y yes")
	v.relay.arm()
	passed := v.relay.passed
	v.press("y")
	await(v.t, "the write", v.relay.asked)
	if q.moment == beforeTheAnswer {
		return
	}
	v.relay.letGo()
	await(v.t, "the new key", passed)
	if q.moment == afterTheAnswer {
		return
	}
	v.waitFor("••••••••", "v show")
	switch q.moment {
	case onScreen:
		v.press("v")
		v.waitFor("v hide")
	case inClipboard:
		v.press("y")
		v.waitFor("sent to your terminal's clipboard")
	case intoFile:
		v.press("w")
	default:
	}
}

// keyFiles are the files that hold the new key, whole or in part, wherever they
// are, but for the configuration of the test.
func (v *victim) keyFiles() map[string]string {
	v.t.Helper()
	found := map[string]string{}
	for path, text := range filesUnder(v.t, v.home) {
		if strings.Contains(text, sings) || strings.HasSuffix(path, ".key") {
			found[path] = text
		}
	}
	return found
}

// expectWhole holds the files to one with the whole key, for its owner alone.
func (q cell) expectWhole(v *victim) (path string) {
	v.t.Helper()
	files := v.keyFiles()
	for path, text := range files {
		if len(files) != 1 || v.relay.key == "" || text != v.relay.key+"\n" {
			v.t.Errorf("%s: the key is in %d files, and whole: %v", path, len(files), text == v.relay.key+"\n")
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode() != 0o600 {
			v.t.Errorf("%s has the mode %v", path, info.Mode())
		}
		above, err := os.Stat(filepath.Dir(path))
		if err != nil || above.Mode().Perm() != 0o700 {
			v.t.Errorf("its folder has the mode %v", above.Mode())
		}
		return path
	}
	v.t.Errorf("the key is in no file; stderr: %s\nlog: %s", v.told(), v.log)
	return ""
}

// expectRescue is the end with a folder that takes the key.
func (q cell) expectRescue(v *victim) {
	v.t.Helper()
	if code := v.exit(); code != 0 {
		v.t.Errorf("exit code %d", code)
	}
	path := q.expectWhole(v)
	byItself := strings.HasSuffix(path, model.RescuedKey)
	if q.moment != intoFile && !byItself {
		v.t.Errorf("nobody asked for %s", path)
	}
	if said := v.told(); byItself && !strings.Contains(said, path) {
		v.t.Errorf("on the way out it is said: %q", said)
	}
	if q.blow != lineCut && q.blow != "HUP" && !v.restored() {
		v.t.Error("the screen was not given back")
	}
	q.expectNoLeak(v)
}

// expectLoss is the end where no file takes the key and nobody is there.
func (q cell) expectLoss(v *victim) {
	v.t.Helper()
	if code := v.exit(); code != 1 {
		v.t.Errorf("exit code %d", code)
	}
	q.expectNothingHalf(v)
	if said := v.told(); !strings.Contains(said, "could not be written to a file") {
		v.t.Errorf("on the way out it is said: %q", said)
	}
	v.log.await(v.t, "key lost")
	q.expectNoLeak(v)
}

// expectStay is a program that does not end before the key is safe: it takes
// another folder, or where no file at all can be written, waits for its line.
func (q cell) expectStay(v *victim) {
	v.t.Helper()
	v.waitFor("stays until the key is in a file", "The key was not taken", "o other folder")
	other := filepath.Join(v.home, "elsewhere")
	v.press("o")
	v.waitFor("folder:", "enter write it there")
	v.press(other)
	v.waitFor(other)
	v.press(enter)
	if q.folder == full {
		v.waitFor("The key was not taken", "w tries again")
		_ = v.line.Close()
		q.expectLoss(v)
		return
	}
	if code := v.exit(); code != 0 {
		v.t.Errorf("exit code %d", code)
	}
	if path := q.expectWhole(v); !strings.HasPrefix(path, other) || !strings.Contains(v.told(), path) {
		v.t.Errorf("written to %s, and said: %q", path, v.told())
	}
	q.expectNoLeak(v)
}

// expectNothingHalf is the end without a file, or with a whole one that was asked
// for.
func (q cell) expectNothingHalf(v *victim) {
	v.t.Helper()
	if files := v.keyFiles(); len(files) > 0 && q.moment == intoFile && q.folder == writable {
		q.expectWhole(v)
	} else if len(files) > 0 {
		v.t.Errorf("there are %d files", len(files))
	}
}

// expectNoLeak holds all that was said beside the screen to no letter of a key.
func (q cell) expectNoLeak(v *victim) {
	v.t.Helper()
	for place, text := range map[string]string{"stderr": v.told(), "the log": v.log.String()} {
		if strings.Contains(text, sings) {
			v.t.Errorf("%s holds a key", place)
		}
	}
	if q.moment != onScreen && q.moment != inClipboard && strings.Contains(string(v.bytes()), sings) {
		v.t.Error("the terminal got a key that nobody asked for")
	}
}

// at is the system's address by way of the relay.
func (r *relay) at(system demo.System) string {
	_, path, _ := strings.Cut(strings.TrimPrefix(system.URL, "http://"), "/")
	return r.server.URL + "/" + path
}

// journal is the program's log in a pipe, which a full disk does not fill.
type journal struct {
	ours, theirs *os.File

	mu   sync.Mutex
	text bytes.Buffer
	news chan struct{}
}

func newJournal(t *testing.T, l *launch) *journal {
	t.Helper()
	ours, theirs, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	l.files = append(l.files, theirs)
	t.Cleanup(func() { _ = ours.Close() })
	return &journal{ours: ours, theirs: theirs, news: make(chan struct{}, 1)}
}

// begin reads, once the program has the other end.
func (j *journal) begin() {
	_ = j.theirs.Close()
	go func() {
		_, _ = io.Copy(j, j.ours)
		close(j.news)
	}()
}

// Write implements [io.Writer].
func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.text.Write(p)
	select {
	case j.news <- struct{}{}:
	default:
	}
	return len(p), nil
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// await waits for words in the log.
func (j *journal) await(t *testing.T, words string) {
	t.Helper()
	for limit := time.After(patience); !strings.Contains(j.String(), words); {
		select {
		case _, more := <-j.news:
			if !more && !strings.Contains(j.String(), words) {
				t.Fatalf("the log has no %q:\n%s", words, j)
			}
		case <-limit:
			t.Fatalf("the log has no %q:\n%s", words, j)
		}
	}
}
