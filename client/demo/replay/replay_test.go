package replay_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// shrink takes out of the lists what agrees by now. There is nothing that puts into them.
var shrink = flag.Bool("shrink", false, "take the exceptions out of testdata/exceptions that agree by now")

// handed is how many exchanges were recorded of a system, of which testdata has a part.
var handed = map[string]int{"authentik": 559, "awx": 553, "waldur": 180}

// agreed is how many of them the mirrors answer as the real servers did: more may, none
// may be lost, be it to a new exception or by leaving a recording out.
var agreed = map[string]int{"authentik": 518, "awx": 483, "waldur": 176}

// TestTheMirrorsReplayWhatRealServersAnswered prints how much agrees.
func TestTheMirrorsReplayWhatRealServersAnswered(t *testing.T) {
	for _, system := range slices.Sorted(maps.Keys(handed)) {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			c := counter{t: t, reasons: exceptions(t, system)}
			defer c.shrink(system)
			scenes := map[string]*scene{}
			for _, r := range recorded(t, system) {
				if scenes[r.Server] == nil {
					scenes[r.Server] = play(t, r.Server)
				}
				c.judge(r.ID, fmt.Sprintf("%s as %s: %s %s", r.Server, r.As, r.Method, r.Path), differences(r, scenes[r.Server].replay(r)))
			}
			t.Logf("%-10s %4d recorded, %4d replayed, %4d agree (%d %% of all), %3d are excepted",
				system, handed[system], c.seen, c.same, 100*c.same/handed[system], c.excepted)
			if c.same < agreed[system] {
				t.Errorf("%d recordings agree, and %d did", c.same, agreed[system])
			}
		})
	}
}

// counter holds what differs against what may.
type counter struct {
	t                    *testing.T
	reasons              map[string]string
	seen, same, excepted int
	agreed               []string // and still excepted
}

// shrink writes a list without what agrees.
func (c *counter) shrink(system string) {
	if !*shrink || len(c.agreed) == 0 {
		return
	}
	name := filepath.Join("testdata", "exceptions", system+".txt")
	raw, err := os.ReadFile(name)
	if err != nil {
		c.t.Fatal(err)
	}
	var left []byte
	for line := range bytes.Lines(raw) {
		if id, _, _ := bytes.Cut(line, []byte(" ")); !slices.Contains(c.agreed, string(bytes.TrimSpace(id))) {
			left = append(left, line...)
		}
	}
	if err := os.WriteFile(name, left, 0o644); err != nil {
		c.t.Fatal(err)
	}
}

func (c *counter) judge(id, what string, wrong []string) {
	c.t.Helper()
	c.seen++
	reason, may := c.reasons[id]
	switch {
	case len(wrong) == 0 && may && *shrink:
		c.agreed = append(c.agreed, id)
		c.same++
	case len(wrong) == 0 && may:
		c.t.Errorf("%s agrees, and is still excepted (%s): take it out of the list", id, reason)
	case len(wrong) == 0:
		c.same++
	case may:
		c.excepted++
	default:
		c.t.Errorf("%s: %s\n\t%s", id, what, strings.Join(wrong, "\n\t"))
	}
}
