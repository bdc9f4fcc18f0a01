package fleet_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client/fleet"
	"authdeck/model"
)

const all = "shop#0 tower#0 idp#0 shop#1 tower#1 idp#1 shop#2 tower#2 idp#2"

func TestTheListsOfAllSystemsAreOneList(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, _ []*stub) {
		if page := list(t, f, model.Query{}); shown(page) != all || page.Total != 9 || page.Unfinished || page.Note != "" || len(page.Lacks) > 0 {
			t.Errorf("%s: %+v", shown(page), page)
		}
		first := list(t, f, model.Query{Size: 4})
		second := list(t, f, model.Query{Size: 4, At: first.Next})
		third := list(t, f, model.Query{Size: 4, At: second.Next})
		if got := shown(first) + " " + shown(second) + " " + shown(third); got != all || third.Next != "" {
			t.Errorf("page by page they are %s", got)
		}
		users, err := f.Users(t.Context(), model.Query{Size: 50})
		if err != nil || users.Total != 9 || users.Items[0].System != "shop" || users.Items[1].System != "tower" {
			t.Errorf("%+v, %v", users.Items, err)
		}
	})
}

func TestNoTwoObjectsOfAllSystemsHaveTheSameName(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, _ []*stub) {
		seen := map[string]bool{}
		for _, row := range list(t, f, model.Query{}).Items {
			for _, id := range []string{"token " + row.ID, "user " + row.Owner.ID} {
				if seen[id] {
					t.Errorf("%q stands twice", id)
				}
				seen[id] = true
			}
		}
	})
}

func TestASlowSystemHoldsNobodyUp(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = 5 * time.Second
		began := time.Now()
		page := list(t, f, model.Query{})
		if took := time.Since(began); took != time.Second || shown(page) != "shop#0 idp#0 shop#1 idp#1 shop#2 idp#2" || !page.Unfinished || page.Note != "tower: asking…" {
			t.Errorf("after %v: %s, %+v", took, shown(page), page)
		}
		for time.Since(began) < 5*time.Second {
			time.Sleep(time.Second - time.Millisecond)
			if page = list(t, f, model.Query{}); page.Unfinished != (time.Since(began) < 5*time.Second) {
				t.Errorf("after %v it is unfinished: %t", time.Since(began), page.Unfinished)
			}
		}
		if shown(page) != all || page.Note != "" {
			t.Errorf("%s, %q", shown(page), page.Note)
		}
		if s[0].reads() != 1 || s[1].reads() != 1 || s[1].most != 1 {
			t.Errorf("the systems were asked %d, %d and %d times", s[0].reads(), s[1].reads(), s[2].reads())
		}
	})
}

func TestADeadSystemHasItsOwnLine(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[2].fails = model.Fail(model.Unavailable, "connection refused")
		began := time.Now()
		page := list(t, f, model.Query{})
		if time.Since(began) != 0 || page.Total != 6 || page.Unfinished || len(page.Lacks) != 1 || !strings.HasPrefix(page.Lacks[0], "✗ idp: connection refused") {
			t.Errorf("after %v: %s, %q", time.Since(began), shown(page), page.Lacks)
		}
		s[2].fails = nil
		if page := list(t, f, model.Query{Fresh: true}); shown(page) != all || len(page.Lacks) > 0 {
			t.Errorf("read again: %s, %q", shown(page), page.Lacks)
		}
	})
}

func TestWhereNoSystemAnswersThereIsNoEmptyList(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		for _, one := range s {
			one.fails = model.Fail(model.Unauthorized, "no")
		}
		_, err := f.Tokens(t.Context(), model.Query{Size: 50})
		if model.KindOf(err) != model.Unauthorized || !strings.Contains(err.Error(), "tower: no") {
			t.Errorf("%v", err)
		}
		s[0].fails = model.Fail(model.Unavailable, "gone")
		if _, err := f.Tokens(t.Context(), model.Query{Size: 50, Fresh: true}); model.KindOf(err) != model.Unavailable {
			t.Errorf("%v", err)
		}
	})
}

func TestWhoeverGivesUpEndsWhatIsRead(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = time.Minute
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		if _, err := f.Tokens(ctx, model.Query{Size: 50}); model.KindOf(err) != model.Cancelled {
			t.Errorf("%v", err)
		}
		synctest.Wait()
		if s[1].running() != 0 {
			t.Error("the slow one is still asked")
		}
		s[1].late = 0
		if page := list(t, f, model.Query{}); shown(page) != all {
			t.Errorf("asked again: %s", shown(page))
		}
	})
}

func TestAReadingThatNobodyAsksAboutEnds(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = time.Hour
		list(t, f, model.Query{})
		time.Sleep(14 * time.Second)
		if list(t, f, model.Query{}); s[1].running() != 1 {
			t.Error("the slow one is not asked any more, though somebody waits")
		}
		time.Sleep(16 * time.Second)
		synctest.Wait()
		if s[1].running() != 0 {
			t.Error("the slow one is still asked")
		}
	})
}

func TestANewerQuestionEndsTheOneBefore(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = time.Hour
		list(t, f, model.Query{})
		list(t, f, model.Query{Search: "#1"})
		synctest.Wait()
		if s[1].most > 1 || s[1].running() != 1 {
			t.Errorf("%d questions at once, %d now", s[1].most, s[1].running())
		}
	})
}

func TestWhileAllIsReadAgainWhatWasThereStays(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		list(t, f, model.Query{})
		time.Sleep(time.Minute)
		s[1].late, s[1].tokens, s[0].tokens = 5*time.Second, s[1].tokens[1:], s[0].tokens[1:]
		page := list(t, f, model.Query{Fresh: true})
		if shown(page) != "tower#0 idp#0 shop#1 tower#1 idp#1 shop#2 tower#2 idp#2" || !page.Unfinished || page.Note != "tower: asking… its rows are from before" || page.Age < time.Minute {
			t.Errorf("%s, %+v", shown(page), page)
		}
		time.Sleep(5 * time.Second)
		if page := list(t, f, model.Query{}); shown(page) != "idp#0 shop#1 tower#1 idp#1 shop#2 tower#2 idp#2" || page.Age > 10*time.Second {
			t.Errorf("%s, %+v", shown(page), page)
		}
	})
}

func TestAListThatIsOpenedAgainLaterIsReadAgain(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		list(t, f, model.Query{})
		if list(t, f, model.Query{Sort: "owner"}); s[0].reads() != 1 {
			t.Error("another order is read for, though all is here")
		}
		time.Sleep(time.Minute)
		if list(t, f, model.Query{}); s[0].reads() != 2 {
			t.Error("what is a minute old is shown as it was")
		}
	})
}

// TestAReadingThatIsGivenUpEndsAndWhatHadComeStays is about whoever has seen enough: after the
// first second nobody waits for an answer that could be given up.
func TestAReadingThatIsGivenUpEndsAndWhatHadComeStays(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].late = time.Hour
		page := list(t, f, model.Query{})
		if page.Stop == nil {
			t.Fatal("it cannot be given up")
		}
		page.Stop()
		synctest.Wait()
		if s[1].running() != 0 {
			t.Error("the slow one is still asked")
		}
		page = list(t, f, model.Query{})
		if shown(page) != "shop#0 idp#0 shop#1 idp#1 shop#2 idp#2" || page.Unfinished || page.Stop != nil || len(page.Lacks) != 1 || page.Lacks[0] != "✗ tower: given up; nothing of it is here." {
			t.Errorf("%s, %+v", shown(page), page)
		}
		s[0].late, s[2].late = time.Hour, time.Hour
		list(t, f, model.Query{Search: "#"}).Stop()
		if page := list(t, f, model.Query{Search: "#"}); page.Total != 0 || page.Unfinished || len(page.Lacks) != 3 {
			t.Errorf("before any had answered: %+v", page)
		}
		s[0].late, s[1].late, s[2].late = 0, 0, 0
		if page := list(t, f, model.Query{Fresh: true}); shown(page) != all || len(page.Lacks) > 0 {
			t.Errorf("asked again: %s, %q", shown(page), page.Lacks)
		}
	})
}
