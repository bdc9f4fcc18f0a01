package e2e_test

import "golang.org/x/sys/unix"

// awaitEnd waits for the end of a program whose terminal nobody reads.
func (c *console) awaitEnd() {
	c.t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = unix.Waitid(unix.P_PID, c.cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
	}()
	await(c.t, "the end", ended)
}

// fillDisk has the program write no more to any file, as a disk or a quota that has no room.
func (c *console) fillDisk() {
	c.t.Helper()
	if err := unix.Prlimit(c.cmd.Process.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{}, nil); err != nil {
		c.t.Skipf("no program can be kept from writing here: %v", err)
	}
}
