package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"authdeck/client/demo"
)

// TestAConsoleToWhichNothingHappensDoesNotWake counts how often the program gave its
// processor up, which is as often as it woke. Others who keep the machine busy do not count
// in that. What a program does after its start ends, such as the collection of garbage; a
// ticker does not, and so one quiet time is enough.
func TestAConsoleToWhichNothingHappensDoesNotWake(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens", "root.admin", "? help")
	const watch, most = 2 * time.Second, 2 * 2
	var counts []int
	for range 6 {
		before := wakings(t, c.cmd.Process.Pid)
		time.Sleep(watch) // the promise is about time
		n := wakings(t, c.cmd.Process.Pid) - before
		if n <= most {
			return
		}
		counts = append(counts, n)
	}
	t.Errorf("each two seconds it woke %d times", counts)
}

// wakings is how often the threads of a process have waited for something so far.
func wakings(t *testing.T, pid int) (n int) {
	t.Helper()
	threads, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*/status")
	if len(threads) == 0 {
		t.Skip("this system does not say how often a program wakes")
	}
	for _, path := range threads {
		status, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		m := regexp.MustCompile(`(?m)^voluntary_ctxt_switches:\s+(\d+)`).FindSubmatch(status)
		if m == nil {
			t.Skip("this system does not say how often a program wakes")
		}
		count, err := strconv.Atoi(string(m[1]))
		if err != nil {
			t.Fatal(err)
		}
		n += count
	}
	return n
}
