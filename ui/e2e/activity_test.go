package e2e_test

import (
	"testing"

	"authdeck/client/demo"
)

// TestWhatWasDoneIsShownAsItWasAskedAndAsItIsRecorded makes a key, and looks for it wherever
// the console tells what it did.
func TestWhatWasDoneIsShownAsItWasAskedAndAsItIsRecorded(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	system := server.Systems()[0]
	c := against(t, system.URL, system.Token).start(t)
	c.waitFor("170 tokens")
	before := liveKeys(t, system, system.Token)
	c.press("r")
	c.confirm("Regenerate token")
	c.waitFor("••••••••", "v show")
	key := only(t, before, liveKeys(t, system, system.Token))
	c.discard()
	written := len(c.bytes())
	c.press("8")
	c.waitFor("›8 Activity", "regenerate", "POST /api/users/auth_tokens/")
	c.press("/post")
	c.waitFor("1 of ")
	c.press(enter)
	c.press(":curl" + enter)
	c.waitFor("As a curl command", `Token '"$TOKEN"`)
	c.press(esc)
	c.waitFor("tab recorded")
	c.press(esc)
	c.waitFor(" requests · since")
	c.press("\t")
	c.waitFor("1 recorded", "regenerate", "done")
	c.press(enter)
	c.waitFor("What was done: regenerate in", "lines    1 and 2")
	for _, secret := range []string{key, system.Token} {
		if holds(c.shown(written), secret) {
			t.Error("a key is on the screen")
		}
	}
}
