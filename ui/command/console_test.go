package command

import (
	"reflect"
	"strings"
	"testing"

	"authdeck/model"
)

func TestTheConsoleOpensWhatTheCommandLineSays(t *testing.T) {
	for line, want := range map[string]Choice{
		"":                                      {},
		"--config file":                         {Config: "file"},
		"--system barn --read-only":             {System: "barn", ReadOnly: true},
		"--fps 120 --read-only=false":           {},
		"--recipient age1x --recipient age1y,z": {Recipients: []string{"age1x", "age1y,z"}},
	} {
		f := newFake(strings.Fields(line)...)
		f.expect(t, 2, "Open")
		if f.choice.Lend == nil {
			t.Errorf("%q: nobody can lend the terminal", line)
		}
		f.choice.Lend = nil // which cannot be compared
		if !reflect.DeepEqual(f.choice, want) {
			t.Errorf("%s: %+v", line, f.choice)
		}
		if f.stderr.String() != "authdeck: not today\n" {
			t.Errorf("%s: %q", line, f.stderr.String())
		}
	}
}

func TestNothingIsOpenedWhereNoScreenIsPossible(t *testing.T) {
	for _, line := range []string{"", "demo"} {
		f := newFake(strings.Fields(line)...)
		f.Getenv = func(string) string { return "" }
		f.expect(t, 2)
		if !strings.Contains(f.stderr.String(), "TERM is not set") {
			t.Errorf("%q", f.stderr.String())
		}
	}
}

// called is a system of which no more is known than how it is called.
type called struct {
	model.API
	name string
}

func (c called) Info() model.Info { return model.Info{Name: c.name} }

func TestTheSystemThatIsNamedIsShownFirst(t *testing.T) {
	apis := []model.API{called{name: "shop"}, called{name: "barn"}, called{name: "idp"}}
	for name, want := range map[string]int{"": 0, "shop": 0, "barn": 1, "idp": 2} {
		if got := (&options{choice: Choice{System: name}}).first(apis); got != want {
			t.Errorf("%q: %d", name, got)
		}
	}
}
