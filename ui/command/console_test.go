package command

import (
	"reflect"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/ui/batch"
)

func TestTheConsoleOpensWhatTheCommandLineSays(t *testing.T) {
	for line, want := range map[string]batch.Choice{
		"":                                      {},
		"--config file":                         {Config: "file"},
		"--system barn --read-only":             {ReadOnly: true},
		"--fps 120 --read-only=false":           {},
		"--recipient age1x --recipient age1y,z": {Recipients: []string{"age1x", "age1y,z"}},
	} {
		f := newFake(strings.Fields(line)...)
		f.expect(t, 2, "Open")
		if first := map[bool]string{true: "barn"}[strings.Contains(line, "barn")]; !reflect.DeepEqual(f.choice, want) || f.first != first || !f.lends {
			t.Errorf("%s: %+v, lends %t", line, f.choice, f.lends)
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
		if got := (&options{first: name}).opening(apis); got != want {
			t.Errorf("%q: %d", name, got)
		}
	}
}
