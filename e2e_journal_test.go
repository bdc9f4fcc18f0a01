package main_test

import (
	"bytes"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

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
