// Package terminaltest looks at what a program has left behind at a terminal. It must not
// know which program.
package terminaltest

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// lasting is a sequence that holds until another one ends it: modes, the rows that scroll,
// how letters look.
var lasting = regexp.MustCompile(`\x1b\[(\??)([0-9;:]*)([hlrm])`)

// usual are the modes that are on at a terminal that nobody has used yet: lines are
// wrapped, and the cursor is seen.
func usual(mode string) bool { return mode == "?7" || mode == "?25" }

// Left is what of all that was written to a terminal still holds, a sentence each; nothing
// if the terminal is as it was before.
func Left(written []byte) []string {
	left := map[string]string{}
	set := func(what string, differs bool, said string) {
		delete(left, what)
		if differs {
			left[what] = said
		}
	}
	for _, m := range lasting.FindAllStringSubmatch(string(written), -1) {
		switch private, values, final := m[1], m[2], m[3]; final {
		case "r":
			set("rows", values != "", "only the rows "+values+" scroll")
		case "m":
			last := values[strings.LastIndexByte(values, ';')+1:]
			set("style", strings.Trim(last, "0") != "", "letters look like "+values)
		default:
			for number := range strings.SplitSeq(values, ";") {
				mode := private + number
				set(mode, (final == "h") != usual(mode), fmt.Sprintf("mode %s was left with %s", mode, final))
			}
		}
	}
	return slices.Sorted(maps.Values(left))
}

// Closable is the same line, but closing it ends a read that waits: the file
// that comes from creack/pty is in blocking mode, and stays open until then.
func Closable(t *testing.T, line *os.File) *os.File {
	t.Helper()
	defer line.Close()
	fd, err := unix.FcntlInt(line.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err == nil {
		err = unix.SetNonblock(fd, true)
	}
	if err != nil {
		t.Fatal(err)
	}
	return os.NewFile(uintptr(fd), line.Name())
}
