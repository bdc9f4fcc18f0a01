package e2e_test

import (
	"encoding/csv"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// counted is a console of which the keys are counted that a person presses.
type counted struct {
	*console
	pressed int
}

// keys presses one after the other, and then waits for words.
func (c *counted) keys(keys []string, words ...string) screen {
	c.t.Helper()
	for _, key := range keys {
		c.press(key)
		c.pressed++
	}
	return c.waitFor(words...)
}

func (c *counted) expectAtMost(most int) {
	c.t.Helper()
	c.t.Logf("%d keys", c.pressed)
	if c.pressed > most {
		c.t.Errorf("it took %d keys, %d at most", c.pressed, most)
	}
}

// letters are the keys of a text.
func letters(text string) []string { return strings.Split(text, "") }

// TestWhatNeverExpiresOrIsOldIsAFileOfAllSystemsInTwentyFiveKeys is an access review: what
// nobody can tell is said beside the rows and is in the file as such.
func TestWhatNeverExpiresOrIsOldIsAFileOfAllSystemsInTwentyFiveKeys(t *testing.T) {
	t.Parallel()
	l := everySystem(t, serve(t, demo.Options{Calm: true}))
	c := counted{console: l.start(t)}
	c.waitFor("170 tokens")
	c.keys([]string{"9"}, "9 All", "page 1 of")
	c.keys(letters("/is:n"), "/is:n")
	c.keys([]string{"\t"}, "/is:never-expires")
	c.keys(letters(" or age>1y"), "or age>1y")
	seen := c.keys([]string{enter}, "Not every system says enough of age", "U shows them", "idp: 128 cannot be told (age)")
	c.keys([]string{"E"}, "Export the tokens of all", "No key is in the file")
	c.keys([]string{"\x13"}, "are written", "enter close")
	c.expectAtMost(25)

	said := regexp.MustCompile(`(\d+) tokens · \d+ (?:cannot be told|untold)`).FindStringSubmatch(seen.String())
	files, _ := filepath.Glob(filepath.Join(l.home, "*.csv"))
	if said == nil || len(files) != 1 {
		t.Fatalf("the heading is %q, the files are %q", said, files)
	}
	rows, err := csv.NewReader(strings.NewReader(read(t, files[0]))).ReadAll()
	if err != nil || strconv.Itoa(len(rows)-1) != said[1] {
		t.Errorf("%v: the heading says %s tokens, and %d are in the file", err, said[1], len(rows)-1)
	}
	systems := map[string]int{}
	expires := slices.Index(rows[0], "expires")
	for _, row := range rows[1:] {
		systems[row[0]]++
		if row[0] == "idp" && row[expires] != "never" {
			t.Errorf("authentik says of no key when it was made, and this one ends %s: %q", row[expires], row)
		}
	}
	if len(systems) < 3 {
		t.Errorf("the rows are of %v", systems)
	}
}

// TestWhoseAKeyIsTakesFourKeysBesideThePaste goes on to the token itself.
func TestWhoseAKeyIsTakesFourKeysBesideThePaste(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Calm: true})
	c := counted{console: everySystem(t, server).start(t)}
	c.waitFor("170 tokens")
	c.keys([]string{"x"}, "Whose key is this?", "enter go on")
	c.paste(server.Systems()[3].Weak)
	c.waitFor("••••••••")
	c.keys([]string{enter}, "Who is asked whose key this is?", "cloud  [x] in a header", "enter  ask")
	c.keys([]string{enter}, "It is a key of desk.staff, in cloud", "enter  go there")
	c.keys([]string{enter}, "only desk.staff", "1 token")
	c.expectAtMost(4)
}
