package e2e_test

import (
	"os"
	"path/filepath"
	"testing"

	"authdeck/client/demo"
)

func TestWhatWasSearchedForIsThereInTheNextSessionButNoKeyAndNothingOfTheDemo(t *testing.T) {
	t.Parallel()
	system := serve(t, demo.Options{}).Systems()[0]
	key := "Zk9vX2pQ7rT4wY8uB3nM6cV1aa"
	l := against(t, system.URL, system.Token)
	c := l.start(t)
	c.waitFor("170 tokens")
	for _, typed := range []string{"owner:root.admin", key} {
		c.press("/")
		c.waitFor("enter search")
		c.press("\x15" + typed + enter)
		c.waitFor("“" + typed[:10])
	}
	path := filepath.Join(l.home, "state", "authdeck", "searches")
	until(t, "a file with what was searched for", func() bool { _, err := os.Stat(path); return err == nil })
	c.press("q")
	c.exit()
	if got := read(t, path); got != "owner:root.admin\n" {
		t.Errorf("the file holds %q", got)
	}
	again := l.start(t)
	again.waitFor("170 tokens")
	again.press("/" + arrowUp)
	again.waitFor("/owner:root.admin")
	again.press(enter)
	again.waitFor("“owner:root.admin”", "170 read")
	again.press("q")
	again.exit()

	shown := launch{args: []string{"demo"}, home: l.home}
	of := shown.start(t)
	of.waitFor("170 tokens", "root.admin")
	of.press("/" + "is:stale" + enter)
	of.waitFor("“is:stale”", "U shows them")
	of.press("q")
	of.exit()
	if got := read(t, path); got != "owner:root.admin\n" {
		t.Errorf("after the demo the file holds %q", got)
	}
}
