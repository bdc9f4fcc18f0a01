package e2e_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// copies counts how often a text stands in the memory of a program.
func copies(t *testing.T, pid int, text string) int {
	t.Helper()
	maps, err := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Skipf("the memory of a program cannot be read here: %v", err)
	}
	memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Skipf("the memory of a program cannot be read here: %v", err)
	}
	defer memory.Close()
	n := 0
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var mode string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &mode); err != nil || !strings.HasPrefix(mode, "rw") {
			continue
		}
		part := make([]byte, to-from)
		got, _ := memory.ReadAt(part, from)
		n += bytes.Count(part[:got], []byte(text))
	}
	return n
}

// TestShowingAKeyLeavesNoMoreOfItInMemory counts on a system whose lists hold no
// keys. What the network and the decoder left is there before, and goes as the
// memory is used again.
func TestShowingAKeyLeavesNoMoreOfItInMemory(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{KeyPrefix: sings, Users: 12, Tokens: 5})
	c := everySystem(t, server).start(t)
	c.waitFor("tokens")
	c.goTo("tower")
	before := sung.FindAllString(c.shown(0), -1)
	c.press("c")
	c.submit("Create a token", "shown", "", "")
	c.confirm("Create a token?")
	c.waitFor("••••••••", "v show")
	c.press("v")
	c.waitFor("v hide")
	keys := sung.FindAllString(c.screen().String(), -1)
	if len(before) != 0 || len(keys) != 1 || strings.Count(string(c.bytes()), keys[0]) != 1 {
		t.Fatalf("%d keys on the screen before, %d after", len(before), len(keys))
	}
	shown := copies(t, c.cmd.Process.Pid, keys[0])
	for _, size := range sizes() { // a frame each
		c.resize(size[0], size[1])
		c.wait(fmt.Sprintf("the key at %v", size), func(s screen) bool { return len(s) == size[1] && s.shows(keys[0], "v hide") })
	}
	c.press(esc)
	c.waitFor("6 tokens", "? help")
	left := copies(t, c.cmd.Process.Pid, keys[0])
	t.Logf("%d copies while it was shown, %d after", shown, left)
	if left > shown-1 { // the dialog's own and the terminal's went
		t.Errorf("%d copies while it was shown, %d after the dialog was closed", shown, left)
	}
}
