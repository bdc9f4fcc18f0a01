package terminal_test

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"authdeck/ui/terminal"
)

// TestAProcessThatHoldsKeysLeavesNoCore asks a process of its own: the tests
// themselves stay as they are.
func TestAProcessThatHoldsKeysLeavesNoCore(t *testing.T) {
	const child = "AUTHDECK_TEST_UNDUMPABLE"
	if os.Getenv(child) != "" {
		if err := terminal.Undumpable(); err != nil {
			t.Fatal(err)
		}
		var limit unix.Rlimit
		err := unix.Getrlimit(unix.RLIMIT_CORE, &limit)
		dumpable, failed := unix.PrctlRetInt(unix.PR_GET_DUMPABLE, 0, 0, 0, 0)
		_, own := os.ReadDir("/proc/self/fd")
		started := exec.Command("sh", "-c", "cat /proc/self/limits >/dev/null").Run()
		fmt.Println("core", limit.Cur, limit.Max, "dumpable", dumpable, err, failed, own, started)
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
	cmd.Env = append(os.Environ(), child+"=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "core 0 0 dumpable 0 <nil> <nil> <nil> <nil>") {
		t.Errorf("%v\n%s", err, out)
	}
}
