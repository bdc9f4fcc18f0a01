package search

import (
	"slices"
	"testing"

	"authdeck/model"
	"authdeck/model/query"
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
		"expires<n":       {7, ":never"},
		"ci expires<":     {10, ":unknown"},
		"-used<=n/":       {5, ":n/a"},
		"age>u":           {3, ":unknown"},
		"id>u":            {0, ""},
		"system:sh":       {7, "shop"},
		"so":              {0, "sort:"},
		"upd":             {0, "updated:"},
		"serial":          {0, "serialno:"},
		"age>1":           {0, ""},
		"owner:al":        {6, ""},
		"state:expired":   {6, ""},
	} {
		got := query.Complete(before, query.Ranged(Tokens(model.Info{Name: "shop", Kind: "hamgam"}).known, []model.RangeField{{Name: "serialno"}, {Name: "id"}}))
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
		for _, name := range query.Complete("", in.known).Words {
			values := query.Complete(name, in.known)
			for _, value := range values.Words {
				if _, err := in.read(name[:values.From] + value); err != nil {
					t.Errorf("%s%s: %v", name[:values.From], value, err)
				}
			}
		}
	}
}
