package e2e_test

import (
	"os"
	"strings"
	"testing"
	"time"
)

// journal is the program's log.
type journal string

func (j journal) String() string {
	text, _ := os.ReadFile(string(j)) // which is there once something was said
	return string(text)
}

// await waits for words in the log. Nobody tells when a file grows, so it is
// looked at again and again.
func (j journal) await(t *testing.T, words string) {
	t.Helper()
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	for limit := time.After(patience); !strings.Contains(j.String(), words); {
		select {
		case <-again.C:
		case <-limit:
			t.Fatalf("the log has no %q:\n%s", words, j)
		}
	}
}
