package search

import (
	"slices"
	"testing"

	"authdeck/model"
)

func TestFieldsAndTheirValuesAreCompleted(t *testing.T) {
	for before, want := range map[string]struct {
		from int
		word string
	}{
		"own":             {0, "owner:"},
		"سارا ag":         {5, "age>"},
		"x (exp":          {3, "expires<"},
		"-desc":           {1, "description:"},
		"state:exp":       {6, "expired"},
		"state:expired,a": {14, "active"},
		"is:st":           {3, "stale"},
		"IS:ST":           {3, ""},
		"sort:-ag":        {5, "-age"},
		"expires:nev":     {8, "never"},
		"so":              {0, "sort:"},
		"upd":             {0, "updated:"},
		"serial":          {0, "serialno:"},
		"age>1":           {0, ""},
		"owner:al":        {6, ""},
		"state:expired":   {6, ""},
	} {
		got := complete(before, ranged(Tokens().known, []model.RangeField{{Name: "serialno"}, {Name: "id"}}))
		if want.word == "" && len(got.Words) == 0 {
			continue
		}
		if got.From != want.from || !slices.Contains(got.Words, want.word) {
			t.Errorf("%q can become %+v, want %q from %d", before, got, want.word, want.from)
		}
	}
}

// TestWhatIsOfferedCanBeAsked holds every word that is offered to the language.
func TestWhatIsOfferedCanBeAsked(t *testing.T) {
	for _, in := range []Language{Tokens(), Users()} {
		for _, name := range complete("", in.known).Words {
			for _, value := range complete(name, in.known).Words {
				if _, err := in.read(name + value); err != nil {
					t.Errorf("%s%s: %v", name, value, err)
				}
			}
		}
	}
}
