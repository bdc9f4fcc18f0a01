package mark

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

// full is a token of which every field says something, as its own system knows it. Each of
// its texts ends in the same letters.
func full(t *testing.T, end string) model.Token {
	t.Helper()
	at := model.At(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
	text := func(s string) model.Text { return model.Clean(s + end) }
	full := model.Token{
		ID: "31", Name: text("name"), Kind: text("kind"), Description: text("description"), Scope: text("scope"), Managed: text("managed"),
		Owner: model.User{
			ID: "7", Username: text("sara"), FullName: text("Sara"), Mobile: text("+98"), Email: text("s@x"), Active: model.Yes, Staff: model.No,
			Admin: model.No, HasToken: model.Yes, TokenWord: text("one"), Kind: text("person"), Role: text("auditor"), LastLogin: at, Created: at,
		},
		Created: at, Updated: at, Expires: at, LastUsed: at, State: model.Revoked, Note: text("note"), App: text("app"), Own: true, Rolls: true, Version: "v",
	}
	for _, v := range []reflect.Value{reflect.ValueOf(full), reflect.ValueOf(full.Owner)} {
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; v.Field(i).IsZero() && name != "System" {
				t.Fatalf("the test says nothing of %s", name)
			}
		}
	}
	return full
}

// TestAMarkLosesNothingOfItsToken fails for a field of a token that is new and not packed.
func TestAMarkLosesNothingOfItsToken(t *testing.T) {
	for _, end := range []string{"", "سارا", "\x1b[2J", "\xff", strings.Repeat("long ", 400)} {
		s, want := New(), full(t, end)
		want.Note = model.Join("; ", want.Note, want.Note)
		s.Put("shop", want)
		p := new(Pile)
		p.Put("lab", want)
		s.Toggle(p)
		for m := range s.All() {
			if m.Token != want {
				t.Errorf("in %s it is\n%+v, not\n%+v", m.System, m.Token, want)
			}
		}
	}
}

func TestATimeIsUnknownNeverAndNotApplicableInAMarkToo(t *testing.T) {
	for _, w := range []model.When{{}, model.Not(model.Never), model.Not(model.NotApplicable), model.At(time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, time.UTC))} {
		if got := momentOf(w).when(); got != w {
			t.Errorf("%+v, not %+v", got, w)
		}
	}
}

func TestMarksAreOfASystemAndComeInTheOrderInWhichTheyWereSet(t *testing.T) {
	s := New()
	for _, id := range []string{"3", "1", "2"} {
		s.Put("shop", model.Token{ID: id})
	}
	s.Put("lab", model.Token{ID: "1"})
	s.Remove("shop", "1")
	s.Put("shop", model.Token{ID: "1"})
	var order []string
	for m := range s.All() {
		order = append(order, m.System+" "+m.Token.ID)
	}
	if want := []string{"shop 3", "shop 2", "lab 1", "shop 1"}; !slices.Equal(order, want) {
		t.Errorf("%q, not %q", order, want)
	}
	if s.Len() != 4 || s.In("shop") != 3 || s.In("lab") != 1 || s.Has("lab", "3") {
		t.Errorf("%d, of them %d and %d", s.Len(), s.In("shop"), s.In("lab"))
	}
}

func TestATokenThatIsMarkedTwiceStaysAsItWasSeenFirst(t *testing.T) {
	s := New()
	s.Put("shop", model.Token{ID: "1", Version: "first"})
	s.Put("shop", model.Token{ID: "1", Version: "second"})
	p := new(Pile)
	p.Put("shop", model.Token{ID: "1", Version: "third"})
	p.Put("shop", model.Token{ID: "2", Version: "first"})
	s.Toggle(p)
	for m := range s.All() {
		if m.Token.Version != "first" || s.Len() != 2 {
			t.Errorf("%d marks, %+v", s.Len(), m)
		}
	}
}

func TestPeopleOfTwoSystemsWithOneNumberStayTwo(t *testing.T) {
	s := New()
	for _, name := range []string{"sara", "omid", "sara"} {
		s.Put(name, model.Token{ID: fmt.Sprint(s.Len()), Owner: model.User{ID: "1", Username: model.Clean(name)}})
	}
	for m := range s.All() {
		if m.Token.Owner.Username.String() != m.System {
			t.Errorf("%s belongs to %s", m.System, m.Token.Owner.Username)
		}
	}
}

func TestDroppedMarksComeBackUntilSomethingElseIsMarked(t *testing.T) {
	s := New()
	s.Put("shop", model.Token{ID: "1"})
	s.Drop()
	if s.Len() != 0 || s.Dropped() != 1 || s.In("shop") != 0 {
		t.Error("something is marked, or nothing can be brought back")
	}
	s.Restore()
	if !s.Has("shop", "1") || s.In("shop") != 1 || s.Dropped() != 0 {
		t.Error("it did not come back")
	}
	s.Drop()
	s.Put("shop", model.Token{ID: "2"})
	s.Restore()
	if s.Has("shop", "1") || !s.Has("shop", "2") {
		t.Error("what was marked since is gone")
	}
}

func TestAPileIsMarkedOrUnmarkedAsAWhole(t *testing.T) {
	s, p := New(), new(Pile)
	for _, id := range []string{"1", "2", "2", "3"} { // a system may say a row twice
		p.Put("shop", model.Token{ID: id})
	}
	s.Put("shop", model.Token{ID: "1"})
	s.Put("shop", model.Token{ID: "9"})
	for _, want := range []int{2, -3, 3} {
		if got := s.Toggle(p); got != want {
			t.Errorf("%d more, not %d", got, want)
		}
	}
	if !s.Has("shop", "9") || s.Len() != 4 {
		t.Errorf("%d are marked", s.Len())
	}
}

func TestARangeBeginsAtAMarkThatIsThere(t *testing.T) {
	s := New()
	if _, _, is := s.Last(); is {
		t.Error("there is a last one of none")
	}
	s.Put("shop", model.Token{ID: "1"})
	s.Put("lab", model.Token{ID: "2"})
	if system, id, _ := s.Last(); system != "lab" || id != "2" {
		t.Errorf("the last one is %s of %s", id, system)
	}
	s.Remove("lab", "2")
	if _, _, is := s.Last(); is {
		t.Error("the last one has no mark any more")
	}
}
