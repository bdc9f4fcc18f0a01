package e2e_test

import (
	"strings"
	"testing"

	"authdeck/client/demo"
)

func TestTheOnlyRowOfTheLastPageTakesThePageWithIt(t *testing.T) {
	t.Parallel()
	for _, system := range []string{"tower", "idp"} {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			c := launch{args: []string{"demo", "--tokens", "51", "--system", system}}.start(t)
			c.waitFor("page 1 of 2", "51 tokens")
			c.press("n")
			c.waitFor("page 2 of 2")
			c.press("d")
			c.confirm("Delete token")
			s := c.waitFor("Deleted: token", "page 1 of 1", "50 tokens", "The cursor is on token", " now.")
			if s.shows("Not found") || s.shows("✗") || s.selected() == "" {
				t.Errorf("after the deletion the screen is\n%v", s)
			}
		})
	}
}

func TestADeletedRowIsNotActiveWhenTheListCannotBeReadAgain(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{})
	c := onServer(t, server)
	c.waitFor("170 tokens", "› ")
	c.press("d")
	c.waitFor("Delete token", "n/enter leave it")
	breakIt(t, server, "tokens:503")
	c.press("y")
	s := c.waitFor("Deleted: token", "before the change", "✗ These rows are from before the change", "is not available")
	if row := s.selected(); !strings.Contains(row, "deleted") || strings.Contains(row, "active") {
		t.Errorf("the row of the deleted token is %q", row)
	}
	c.press("d")
	c.waitFor("delete: it was deleted at", "ctrl+r reads the list again")
	breakIt(t, server, "me:401:1/1000")
	c.press(ctrlR)
	c.waitGone("before the change", "✗")
	c.waitFor("169 tokens")
	if server.Served("delete") != 1 {
		t.Errorf("%d deletions were sent", server.Served("delete"))
	}
}

func TestAnOwnTokenThatWasDeletedDoesNotStayActive(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Tokens: 12})
	c := onServer(t, server)
	c.waitFor("page 1 of 1", "› ")
	c.press("/")
	c.waitFor("enter search")
	c.press("root.admin" + enter)
	c.waitFor("active, used here")
	c.waitOn("root.admin")
	c.press("d")
	c.confirm("authdeck itself signs in with this token")
	c.waitTold("is signed out now", "enter understood")
	c.waitFor("before the change", "enter understood")
	c.press(enter)
	s := c.waitFor("deleted", "✗ These rows are from before the change", "? help")
	if s.shows("active, used here") {
		t.Errorf("a token that was deleted is active:\n%v", s)
	}
}

func TestALateCreationIsSeenByALaterLookAndSentOnce(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Faults: "create:late=2s:once"})
	l := everySystem(t, server)
	l.args = []string{"--system", "tower"}
	c := l.start(t)
	c.waitFor("170 tokens", "› ")
	c.press("c")
	c.submit("Create a token", "late-one", "", "")
	c.confirm("Create a token")
	c.waitFor("nobody knows", "authdeck does not repeat it", "170 tokens", "Looked at", "enter understood")
	c.waitFor("171 tokens", "Looked at", "it shows")
	c.press(enter)
	c.waitFor("171 tokens", "? help")
	if server.Served("create") != 1 {
		t.Errorf("%d orders to create were sent", server.Served("create"))
	}
}

func TestADeletionThatAProxySendsTwiceIsNotCalledNothing(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Faults: "delete:twice"})
	c := everySystem(t, server).start(t)
	c.waitFor("170 tokens", "? help")
	for _, system := range []string{"tower", "idp", "cloud"} {
		c.goTo(system)
		who := c.waitFor("› ").selected()
		c.press("d")
		c.confirm("Delete ")
		s := c.wait("the end of the deletion", func(s screen) bool {
			return !s.shows("n/enter leave it") && (s.shows("enter understood") || s.shows("Deleted"))
		})
		if s.shows("Nothing was") {
			t.Errorf("%s, of what was done: %v", system, s)
		}
		if s.shows("enter understood") {
			c.press(enter)
		}
		c.waitFor("? help")
		c.wait("another row under the cursor", func(s screen) bool { return s.selected() != "" && s.selected() != who })
	}
	if n := server.Served("delete"); n != 3 {
		t.Errorf("%d deletions were sent by three answers", n)
	}
}
