//go:build !linux

package e2e_test

// awaitEnd needs a system that tells of an end and leaves it to be waited for.
func (c *console) awaitEnd() {
	c.t.Helper()
	c.t.Skip("only Linux is asked here whether a program has ended whose terminal nobody reads")
}

// fillDisk needs a system on which a limit can be set of a program that runs.
func (c *console) fillDisk() {
	c.t.Helper()
	c.t.Skip("only on Linux a program can be kept from writing that has begun to")
}
