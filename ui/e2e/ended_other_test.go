//go:build !linux

package e2e_test

// awaitEnd needs a system that tells of an end and leaves it to be waited for.
func (c *console) awaitEnd() {
	c.t.Helper()
	c.t.Skip("only Linux is asked here whether a program has ended whose terminal nobody reads")
}
