package rotating_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"authdeck/client/rotations"
	"authdeck/model"
	"authdeck/model/rotation"
)

// victimOf names, in the environment, the folder in which this program rotates a token until it
// kills itself at the step of that number, and the run that it is.
const (
	victimOf = "AUTHDECK_TEST_ROTATION_VICTIM"
	killedAt = "AUTHDECK_TEST_ROTATION_STEP"
	runOf    = "AUTHDECK_TEST_ROTATION_RUN"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(victimOf); folder != "" {
		step, _ := strconv.Atoi(os.Getenv(killedAt))
		run, _ := strconv.Atoi(os.Getenv(runOf))
		victim(folder, step, run)
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// victim goes on with the rotation of ci from wherever it is, as a person would, and is killed
// at a step on the way. A step is before and after each write to the journal and to the system.
func victim(folder string, kill, run int) {
	steps := 0
	point := func() {
		if steps++; steps == kill {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
	s := &server{folder: folder, point: point}
	p := sit(s, filepath.Join(folder, "state"))
	p.desk.Rotations = watched{p.desk.Rotations, point}
	p.now = p.now.Add(time.Duration(run) * time.Hour)
	for range 12 {
		all, err := p.desk.Rotations.Pairs()
		switch {
		case err != nil:
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		case len(all) == 0 && !has(s, "ci"):
			return // it came to its end
		case len(all) == 0:
			p.rotates(s.token("ci"))
			p.press("→y")
			p.handOver(folder, "ci-2")
		case all[0].Stage == rotation.Making:
			p.settles(folder)
		case all[0].Stage == rotation.Made:
			p.fetches(folder)
		case all[0].Stage == rotation.HandedOver && p.waits(): // killed before what was sealed of it went: it is offered once more
			p.fetches(folder)
		case all[0].Stage == rotation.HandedOver:
			p.looks()
			p.press("dy")
			p.modal = nil
		case all[0].Stage == rotation.Ending:
			p.looks()
			p.press("l")
			p.modal = nil
		}
		point()
	}
	fmt.Fprintln(os.Stderr, "it comes to no end")
	os.Exit(1)
}

// handOver has the person see the key that is in front. That they have it is their own word.
func (p *person) handOver(folder, id string) {
	if p.modal != nil {
		p.press("v")
		if strings.Contains(p.reads(), "v hide") {
			note(folder, "seen", id)
		}
		p.press("⎋")
	}
	p.modal = nil
}

// settles looks what became of the successor, and forgets it where there is none.
func (p *person) settles(folder string) {
	if p.waits() {
		p.fetches(folder)
		return
	}
	p.looks()
	p.press("l")
	if strings.Contains(p.desk.Words, "Nothing shows.") {
		p.press("fy")
	}
	p.modal = nil
}

// waits reports whether a key lies here that nobody has taken.
func (p *person) waits() bool {
	lying, _ := p.safe.Lying()
	return len(lying) > 0
}

// fetches takes the key that lies here sealed, or has the system show it again.
func (p *person) fetches(folder string) {
	if p.waits() {
		p.takes()
		p.press("⏎⏎")
	} else {
		p.does(p.desk.Begin(p.api, model.Reveal, model.Token{ID: "ci-2", Name: model.Clean("ci-2"), Owner: model.User{ID: "7", Username: model.Clean("sara")}}))
		p.press("y")
	}
	p.handOver(folder, "ci-2")
}

// watched is a book each of whose writes has a step before and after it.
type watched struct {
	rotation.Book
	point func()
}

func (w watched) Begin(p rotation.Pair, first rotation.Step) (rotation.Hand, error) {
	w.point()
	h, err := w.Book.Begin(p, first)
	w.point()
	return watchedHand{h, w.point}, err
}

func (w watched) Take(id string) (rotation.Hand, error) {
	h, err := w.Book.Take(id)
	return watchedHand{h, w.point}, err
}

func (w watched) Forget(id string) error {
	w.point()
	defer w.point()
	return w.Book.Forget(id)
}

type watchedHand struct {
	rotation.Hand
	point func()
}

func (w watchedHand) Write(s rotation.Step) error {
	w.point()
	defer w.point()
	return w.Hand.Write(s)
}

// most is more steps than any way to the end of a rotation has.
const most = 40

// TestKilledAtAnyStepARotationIsTakenUpAndNothingIsDoneTwice kills the program at a step, and
// the ones after it at others, until one comes to its end.
func TestKilledAtAnyStepARotationIsTakenUpAndNothingIsDoneTwice(t *testing.T) {
	t.Parallel()
	ways, want := [][]int{{1}, {4}, {5}, {7, 3}, {9}, {12, 2}}, 6
	if os.Getenv("AUTHDECK_KILLS") != "" { // as for all kill tests
		ways, want = nil, 60
		for first := 1; first < most; first++ {
			ways = append(ways, []int{first}, []int{first, 1 + first%7}, []int{first, 1 + first%5, 1 + first%3})
		}
	}
	kills := 0
	for _, way := range ways {
		folder := t.TempDir()
		for run := 0; ; run++ {
			step := 0 // to the end
			if run < len(way) {
				step = way[run]
			}
			killed := killedOnce(t, folder, step, run)
			judge(t, way, folder)
			if killed {
				kills++
			}
			if step == 0 {
				break
			}
		}
		finished(t, way, folder)
	}
	if kills < want {
		t.Errorf("killed %d times", kills)
	}
	t.Logf("%d ends by KILL on %d ways", kills, len(ways))
}

// killedOnce runs the program until it is killed, or has come to its end.
func killedOnce(t *testing.T, folder string, step, run int) (killed bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), victimOf+"="+folder, killedAt+"="+strconv.Itoa(step), runOf+"="+strconv.Itoa(run))
	cmd.Stderr = os.Stderr
	err := cmd.Run()
	if status, is := cmd.ProcessState.Sys().(syscall.WaitStatus); is && status.Signaled() && status.Signal() == syscall.SIGKILL {
		return true
	}
	if err != nil {
		t.Fatal(err)
	}
	return false
}

// judge holds what is remembered against what happened.
func judge(t *testing.T, way []int, folder string) {
	t.Helper()
	made, ended, seen := 0, 0, false
	for _, e := range events(folder) {
		switch e.what {
		case "made":
			made++
		case "seen":
			seen = true
		case "ended":
			ended++
			if !seen || e.id != "ci" {
				t.Errorf("killed at %v: %s was ended before anybody had the new key", way, e.id)
			}
		}
	}
	if made > 1 || ended > 1 {
		t.Errorf("killed at %v: %d were made, and %d ended", way, made, ended)
	}
	all, err := rotations.In(filepath.Join(folder, "state", "rotations")).Pairs()
	switch known := len(all) == 1 && all[0].Old.ID == "ci"; {
	case err != nil:
		t.Errorf("killed at %v: %v", way, err)
	case made > ended && !known:
		t.Errorf("killed at %v: a successor is there, and under way is %+v", way, all)
	case len(all) > 1:
		t.Errorf("killed at %v: under way is %+v", way, all)
	}
}

// finished is the end of a rotation that was taken up until it had one.
func finished(t *testing.T, way []int, folder string) {
	t.Helper()
	s := &server{folder: folder}
	if all, _ := rotations.In(filepath.Join(folder, "state", "rotations")).Pairs(); len(all) > 0 || has(s, "ci") || !has(s, "ci-2") {
		t.Errorf("killed at %v: under way is %+v, and there are %+v", way, all, s.tokens())
	}
	left, _ := filepath.Glob(filepath.Join(folder, "state", "rotations", "*.jsonl"))
	if len(left) > 0 {
		t.Errorf("killed at %v: %q is left", way, left)
	}
}
