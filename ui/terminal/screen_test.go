package terminal

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"authdeck/model"
	"authdeck/ui/paint"
)

// stage is a screen whose far end keeps every write apart.
type stage struct {
	*screen
	t    *testing.T
	near *os.File
	far  *os.File
	end  chan struct{}
	over sync.WaitGroup
}

// newStage is a screen that is taken, and shows each picture for so long at least.
func newStage(t *testing.T, pace time.Duration) *stage {
	t.Helper()
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_DGRAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, near: os.NewFile(uintptr(pair[0]), "near"), far: os.NewFile(uintptr(pair[1]), "far"), end: make(chan struct{})}
	s.screen = newScreen(NewOutput(s.near, true), paint.AbilitiesOf("xterm"))
	s.pace = pace
	s.take()
	<-s.news // nothing is there to be shown yet
	if first := s.write(); !strings.Contains(first, "\x1b[?1049h") {
		t.Fatalf("the screen is taken by %q", first)
	}
	s.over.Go(func() { s.run(s.end) })
	t.Cleanup(func() { s.stop(); _ = s.near.Close(); _ = s.far.Close() })
	return s
}

// write is the next one that arrives.
func (s *stage) write() string {
	s.t.Helper()
	_ = unix.SetsockoptTimeval(int(s.far.Fd()), unix.SOL_SOCKET, unix.SO_RCVTIMEO, &unix.Timeval{Sec: int64(patience / time.Second)})
	p := make([]byte, 64<<10)
	n, err := s.far.Read(p)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(p[:n])
}

// rest are the writes that have come and were not read yet, once it is over.
func (s *stage) rest() (writes []string) {
	s.t.Helper()
	s.stop()
	_ = unix.SetNonblock(int(s.far.Fd()), true)
	for {
		p := make([]byte, 64<<10)
		n, err := unix.Read(int(s.far.Fd()), p)
		if err != nil {
			return writes
		}
		writes = append(writes, string(p[:n]))
	}
}

func (s *stage) stop() {
	select {
	case <-s.end:
	default:
		close(s.end)
	}
	s.over.Wait()
}

// show has a picture shown, and gives what was written for it.
func (s *stage) show(view string) string {
	s.t.Helper()
	s.Show(view, 40, 3)
	return s.write()
}

func (s *stage) expect(got string, words ...string) {
	s.t.Helper()
	for _, w := range words {
		if !strings.Contains(got, w) {
			s.t.Errorf("%q is not in %q", w, got)
		}
	}
}

func TestAPictureIsShownAtOnceWhenTheLastHasStoodLongEnough(t *testing.T) {
	s := newStage(t, time.Hour)
	s.expect(s.show("first"), "first") // or the test would take an hour
	s.Show("second", 40, 3)
	s.Show("third", 40, 3)
	if early := s.rest(); len(early) > 0 {
		t.Errorf("within the hour: %q", early)
	}
}

func TestABurstOfPicturesIsShownNoFasterThanAsked(t *testing.T) {
	const pace = 20 * time.Millisecond
	s := newStage(t, pace)
	started, frames := time.Now(), 0
	go func() {
		for i := range 400 {
			s.Show(fmt.Sprintf("%06d", i*7919), 40, 3)
			time.Sleep(50 * time.Microsecond) // as a key that is held, only faster
		}
		s.Show("the last", 40, 3)
	}()
	for last := ""; !strings.Contains(last, "the last"); frames++ {
		last = s.write()
	}
	if most := 1 + int(time.Since(started)/pace); frames > most || frames < 2 {
		t.Errorf("%d frames in %v, %d are possible", frames, time.Since(started), most)
	}
	if more := s.rest(); len(more) > 0 {
		t.Errorf("after the last picture came %q", more)
	}
}

func TestAnotherKeyInThePlaceOfOneIsShownAndNotTheOldOne(t *testing.T) {
	s := newStage(t, 0)
	one, other := model.NewSecret("aaaa-1111"), model.NewSecret("bbbb-2222")
	view := "the key: " + StandIn(one)
	s.Unveil(one)
	s.expect(s.show(view), "aaaa-1111")
	s.Unveil(other)
	s.expect(s.show(view), "bbbb-2222")
}

func TestAKeyIsNotShownInAPictureFromBeforeIt(t *testing.T) {
	s := newStage(t, 0)
	one, other := model.NewSecret("aaaa-1111"), model.NewSecret("bbbb-2222")
	s.Unveil(one)
	s.expect(s.show("its key: "+StandIn(one)), "aaaa-1111")
	s.Unveil(other)
	s.Anew() // for whatever reason a frame is painted before the next picture is there
	s.expect(s.write(), "aaaa-1111")
	s.Unveil(model.Secret{})
	s.expect(s.show("hidden"), "hidden")
	for _, late := range s.rest() {
		if strings.Contains(late, "bbbb") {
			t.Errorf("a key that was hidden before it was shown: %q", late)
		}
	}
}

func TestAKeyThatIsHiddenAgainLeavesTheScreensMemory(t *testing.T) {
	s := newStage(t, 0)
	key := model.NewSecret("aaaa-1111")
	s.Unveil(key)
	s.expect(s.show(StandIn(key)), "aaaa-1111")
	kept := s.shown
	s.Unveil(model.Secret{})
	s.expect(s.show("hidden"), "hidden")
	s.stop()
	if !kept.Empty() || !s.shown.Empty() || key.Empty() {
		t.Errorf("the screen's copy is wiped: %v, %v; the dialog's own is: %v", kept.Empty(), s.shown.Empty(), key.Empty())
	}
}

func TestAKeyThatWasNeverPaintedIsWipedToo(t *testing.T) {
	s := newScreen(NewOutput(os.Stdout, true), paint.Abilities{})
	var kept []*model.Secret
	for _, key := range []string{"aaaa", "bbbb", "cccc"} {
		s.Unveil(model.NewSecret(key))
		kept = append(kept, s.coming)
		if key != "aaaa" {
			s.Show("", 40, 3)
		}
	}
	s.Unveil(model.Secret{})
	s.Show("", 40, 3)
	for i, one := range kept {
		if !one.Empty() {
			t.Errorf("key %d is still there", i)
		}
	}
}

func TestAfterAFailedWriteTheNextPictureIsPaintedWhole(t *testing.T) {
	s := newStage(t, 0)
	s.expect(s.show("one\ntwo\nthree"), "one", "two", "three")
	s.hand.Lock()
	broken, err := os.Open(os.DevNull) // takes no write
	if err != nil {
		t.Fatal(err)
	}
	defer broken.Close()
	good := s.out
	s.out = NewOutput(broken, true)
	s.hand.Unlock()
	s.Show("one\ntwo\nTHREE", 40, 3)
	s.stop()
	s.paint() // if it was not yet
	s.out = good
	s.Show("one\ntwo\nthree", 40, 3)
	s.paint()
	s.expect(s.write(), "one", "two", "three")
}

func TestAScreenThatIsGivenBackIsWrittenToNoMore(t *testing.T) {
	s := newStage(t, 0)
	s.expect(s.show("one"), "one")
	s.give()
	s.expect(s.write(), "\x1b[?1049l")
	s.Show("two", 40, 3)
	s.Anew()
	s.give()
	s.stop()
	s.paint()
	if late := s.rest(); len(late) > 0 {
		t.Errorf("a screen of others gets %q", late)
	}
	s.take()
	s.paint()
	s.expect(s.write(), "\x1b[?1049h", "\x1b[?2004h")
	s.expect(s.write(), "two")
}
