package terminal

import (
	"bytes"
	"io"
	"os"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"

	"authdeck/model"
)

func TestAFrameIsWrappedAndWrittenAtOnce(t *testing.T) {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_DGRAM, 0) // keeps every write apart
	if err != nil {
		t.Fatal(err)
	}
	near, far := os.NewFile(uintptr(pair[0]), "near"), os.NewFile(uintptr(pair[1]), "far")
	defer near.Close()
	defer far.Close()
	out := NewOutput(near, true)
	for _, frame := range []string{"first", "second"} {
		if err := out.Frame([]byte(frame), model.Secret{}); err != nil {
			t.Error(err)
		}
		expectPacket(t, far, "\x1b[?2026h"+frame+"\x1b[?2026l")
	}
	if err := out.Raw([]byte("\x1b]52;c;eA==\a")); err != nil {
		t.Error(err)
	}
	expectPacket(t, far, "\x1b]52;c;eA==\a")
	if want := int64(16 + 5 + 16 + 6 + 12); out.Bytes() != want {
		t.Errorf("%d bytes, want %d", out.Bytes(), want)
	}
}

func expectPacket(t *testing.T, far io.Reader, want string) {
	t.Helper()
	p := make([]byte, 1024)
	if n, err := far.Read(p); string(p[:n]) != want || err != nil {
		t.Errorf("one write gave %q, %v; want %q", p[:n], err, want)
	}
}

// piped is what arrives at the far end of a pipe while write runs. The pipe is
// one that another process made non-blocking, which is where half a frame can
// be left over.
func piped(t *testing.T, write func(*Output)) string {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var got bytes.Buffer
	var reader sync.WaitGroup
	reader.Go(func() { _, _ = got.ReadFrom(r) })
	near := unwarned(t, w)
	write(NewOutput(near, true))
	near.Close()
	w.Close()
	reader.Wait()
	return got.String()
}

func TestARawSequenceNeverLandsInsideAFrame(t *testing.T) {
	const rounds = 50
	frame := strings.Repeat("line\r\n", 20_000) // both are more than a pipe takes at once
	raw := "\x1b]52;c;" + strings.Repeat("eA==", 20_000) + "\a"
	got := piped(t, func(out *Output) {
		var writers sync.WaitGroup
		writers.Go(func() {
			for range rounds {
				_ = out.Frame([]byte(frame), model.Secret{})
			}
		})
		writers.Go(func() {
			for range rounds {
				_ = out.Raw([]byte(raw))
			}
		})
		writers.Wait()
	})
	whole := beginFrame + frame + endFrame
	if n := strings.Count(got, whole); n != rounds {
		t.Errorf("%d whole frames of %d", n, rounds)
	}
	if rest := strings.ReplaceAll(got, whole, ""); rest != strings.Repeat(raw, rounds) {
		t.Errorf("between the frames: %d bytes, want %d", len(rest), rounds*len(raw))
	}
}

func TestAFrameIsFinishedOnATerminalMadeNonBlocking(t *testing.T) {
	frame := strings.Repeat("x", 1<<20)
	got := piped(t, func(out *Output) {
		if err := out.Frame([]byte(frame), model.Secret{}); err != nil {
			t.Error(err)
		}
	})
	if len(got) != len(frame)+16 {
		t.Errorf("%d bytes arrived, want %d", len(got), len(frame)+16)
	}
}

func TestALostTerminalIsAnErrorAndNotAPanic(t *testing.T) {
	far, tty := openPty(t)
	out := NewOutput(tty, true)
	far.Close()
	if err := out.Frame([]byte("frame"), model.Secret{}); err == nil || out.Bytes() != 0 {
		t.Errorf("wrote %d, %v", out.Bytes(), err)
	}
	if err := out.Raw([]byte("raw")); err == nil {
		t.Error("no error")
	}
}
