package e2e_test

import (
	"testing"

	"authdeck/client/demo"
)

// TestAllOfOnePersonInFiveSystemsTakesTwelveKeysAtMost counts from the start of the program.
func TestAllOfOnePersonInFiveSystemsTakesTwelveKeysAtMost(t *testing.T) {
	t.Parallel()
	c := everySystem(t, serve(t, demo.Options{Calm: true, Faults: "awx/users:503"})).start(t)
	c.waitFor("170 tokens")
	for _, key := range []string{"/", "r", "o", "o", "t", enter} {
		c.press(key)
	}
	c.waitFor("search “root”", "1 token")
	c.press("p") // the seventh
	c.waitFor("4 accounts in 4 systems", "15 tokens", "✗ tower: who it is there cannot be told: the server answered 503")
	c.waitFor("no phone numbers are told by idp", "is recorded by", "cloud")
	c.press("2")
	c.waitFor("opened here", "same e-mail", "4 users")
	c.press(esc)
	c.waitFor("search “root”", "1 token")
}
