package fleet_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client/fleet"
	"authdeck/model"
)

func TestAQuestionIsAskedOfEverySystemAndItsAnswersAreMerged(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		for where, want := range map[string]string{
			"name:#1":                       "shop#1 tower#1 idp#1",
			"system:tower":                  "tower#0 tower#1 tower#2",
			"expires<9d sort:-expires":      "idp#0 tower#0 shop#0",
			"sort:system sort:-expires":     "idp#2 idp#1 idp#0 shop#2 shop#1 shop#0 tower#2 tower#1 tower#0",
			"name:#1 sort:owner sort:-name": "shop#1 tower#1 idp#1",
		} {
			if page := list(t, f, model.Query{Where: where}); shown(page) != want || page.Sifted == nil || page.Sifted.Read != 9 || page.Sifted.Total != 9 {
				t.Errorf("%s: %s, %+v", where, shown(page), page.Sifted)
			}
		}
		asked := s[0].reads()
		if _, err := f.Tokens(t.Context(), model.Query{Where: "colour:red"}); model.KindOf(err) != model.Invalid || s[0].reads() != asked {
			t.Errorf("%v", err)
		}
		if _, err := f.Tokens(t.Context(), model.Query{Where: "system:nope -is:over"}); model.KindOf(err) != model.Invalid || s[0].reads() != asked {
			t.Errorf("a system that there is not: %v", err)
		}
	})
}

func TestWhatCannotBeToldIsCountedForEachSystem(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		for i := range s[2].tokens {
			s[2].tokens[i].Expires = model.When{}
		}
		s[1].tokens[0].Expires = model.When{}
		page := list(t, f, model.Query{Where: "expires<9d"})
		if shown(page) != "shop#0" || page.Sifted.Unsaid != 4 || !slices.Equal(page.Sifted.Untold, []string{"expires"}) ||
			page.Note != "tower: 1 cannot be told (expires)\nidp: 3 cannot be told (expires)" {
			t.Errorf("%s, %+v, %q", shown(page), page.Sifted, page.Note)
		}
		if page := list(t, f, model.Query{Where: "expires<9d", Untold: true}); shown(page) != "tower#0 idp#0 idp#1 idp#2" {
			t.Errorf("%s", shown(page))
		}
	})
}

func TestASystemThatFailedIsNotSaidToHaveNoMatch(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].fails = model.Fail(model.Unavailable, "connection refused")
		page := list(t, f, model.Query{Where: "name:nobody"})
		if page.Total != 0 || len(page.Lacks) != 1 || page.Sifted.Total != model.Uncounted {
			t.Errorf("%+v", page)
		}
	})
}

func TestOfAVastSystemTheFirstRowsAreShownAndThatIsSaid(t *testing.T) {
	many := func() []*stub { return []*stub{system("shop", 3, 1), system("tower", 4321, 2)} }
	together(t, many, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		page := list(t, f, model.Query{})
		if page.Total != 2003 || page.Unfinished || !strings.HasPrefix(page.Note, "tower: the first 2,000 of 4,321 ") {
			t.Errorf("%d, %q", page.Total, page.Note)
		}
		if all := list(t, f, model.Query{Where: "state:active"}); all.Total != 4324 || all.Note != "" {
			t.Errorf("a question finds %d, %q", all.Total, all.Note)
		}
		asked := s[1].reads()
		if list(t, f, model.Query{Sort: "owner"}); s[1].reads() != asked+10 {
			t.Error("the first by one order are taken for the first by another one")
		}
	})
}

func TestTheOrderIsAskedOfThoseThatHaveIt(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].info.TokenSorts = []model.Sort{{Key: "x"}, {Key: "-owner", By: model.Falling(model.ByOwner)}, {Key: "owner", By: model.Rising(model.ByOwner)}}
		list(t, f, model.Query{Sort: "owner"})
		if s[0].at[0].Sort != "" || s[1].at[0].Sort != "owner" {
			t.Errorf("they were asked for %q and %q", s[0].at[0].Sort, s[1].at[0].Sort)
		}
	})
}

func TestWhatExpiresNextStandsOnTopAndWhatIsUnknownLast(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[0].tokens[0].Expires = model.When{}
		s[0].tokens[1].Expires = model.Not(model.Never)
		s[1].tokens[0].Expires, s[1].tokens[0].State = model.At(time.Now().Add(-time.Hour)), model.Expired
		s[1].tokens[2].Expires = model.At(time.Now().Add(-time.Minute))
		if page := list(t, f, model.Query{}); shown(page) != "idp#0 tower#1 idp#1 shop#2 idp#2 tower#2 tower#0 shop#1 shop#0" {
			t.Errorf("%s", shown(page))
		}
	})
}

func TestOneOwnersTokensAreAskedOfThatOwnersSystemAlone(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		owner := list(t, f, model.Query{}).Items[4].Owner
		asked := s[0].reads()
		page := list(t, f, model.Query{Filter: model.Filter{Only: owner}})
		if shown(page) != "tower#1" || s[0].reads() != asked || s[1].at[1].Filter.Only.ID != "1" {
			t.Errorf("%s; shop was asked %d more times", shown(page), s[0].reads()-asked)
		}
		if page := list(t, f, model.Query{Search: "#2", Filter: model.Filter{Only: owner}}); page.Total != 0 || s[1].at[2].Search != "" {
			t.Errorf("a system that cannot search one owner's was asked for %+v", s[1].at[2])
		}
		if page := list(t, f, model.Query{Filter: model.Filter{Choice: "idp"}}); shown(page) != "idp#0 idp#1 idp#2" {
			t.Errorf("%s", shown(page))
		}
	})
}

func TestAllRowsOfAllSystemsAreHandedOnForAFile(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		read := func(q model.Query) string {
			var came []model.Token
			note, err := f.EachToken(t.Context(), q, func(rows []model.Token, _ model.Sifted) error {
				came = append(came, rows...)
				return nil
			})
			if err != nil {
				return err.Error()
			}
			if came[0].ID != "0" && came[0].ID != "2" || came[0].Owner.System != "" {
				t.Errorf("a row is %+v", came[0])
			}
			return shown(model.Page[model.Token]{Items: came}) + note
		}
		s[1].note = "not all"
		if got := read(model.Query{}); got != "shop#0 shop#1 shop#2 tower#0 tower#1 tower#2 idp#0 idp#1 idp#2tower: not all" {
			t.Error(got)
		}
		if got := read(model.Query{Where: "name:#2 sort:-expires"}); !strings.HasPrefix(got, "idp#2 tower#2 shop#2") {
			t.Error(got)
		}
		if got := read(model.Query{Sort: "expires"}); !strings.HasPrefix(got, all) {
			t.Error(got)
		}
		s[2].fails = model.Fail(model.Unavailable, "connection refused")
		if got := read(model.Query{}); got != "unavailable: idp: connection refused" {
			t.Errorf("a file without the tokens of idp: %s", got)
		}
	})
}

// TestAFileIsMadeWithoutASystemOnlyWhereAPersonHasSaidWhich is about files that are taken for
// the whole.
func TestAFileIsMadeWithoutASystemOnlyWhereAPersonHasSaidWhich(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].fails = model.Fail(model.Unavailable, "connection refused")
		read := func(q model.Query) (shownRows string, err error) {
			var came []model.Token
			_, err = f.EachToken(t.Context(), q, func(rows []model.Token, _ model.Sifted) error {
				came = append(came, rows...)
				return nil
			})
			return shown(model.Page[model.Token]{Items: came}), err
		}
		_, err := read(model.Query{})
		if e, is := errors.AsType[*model.Error](err); !is || e.System != "tower" {
			t.Errorf("which system failed is not said: %v", err)
		}
		asked := s[1].reads()
		if rows, err := read(model.Query{Without: []string{"tower"}}); err != nil || rows != "shop#0 shop#1 shop#2 idp#0 idp#1 idp#2" || s[1].reads() != asked {
			t.Errorf("without it: %s, %v; it was asked %d times more", rows, err, s[1].reads()-asked)
		}
		if _, err := read(model.Query{Without: []string{"shop", "tower", "idp"}}); model.KindOf(err) != model.NotFound {
			t.Errorf("a file of no system at all: %v", err)
		}
	})
}

// TestOfAllThatFailAtOnceNoneIsNamedAfterTheOthers is about somebody who has to decide whether to
// go on without them: once, and before anything is handed on.
func TestOfAllThatFailAtOnceNoneIsNamedAfterTheOthers(t *testing.T) {
	together(t, three, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[1].fails, s[2].fails = model.Fail(model.Unavailable, "connection refused"), model.Fail(model.Unauthorized, "no")
		handed := 0
		_, err := f.EachToken(t.Context(), model.Query{}, func(rows []model.Token, _ model.Sifted) error {
			handed += len(rows)
			return nil
		})
		var names []string
		for _, e := range model.Failures(err) {
			names = append(names, e.System)
		}
		if !slices.Equal(names, []string{"tower", "idp"}) || model.Reason(err) != "tower: connection refused; idp: no" || handed != 0 {
			t.Errorf("%v failed, and %d rows were handed on: %v", names, handed, err)
		}
	})
}

// TestInAllSystemsIsKnownWhoHasSeveralOfAKindInTheirOwn counts nobody's tokens together with those
// of a namesake elsewhere, and says nothing of a system of which only the first rows were read.
func TestInAllSystemsIsKnownWhoHasSeveralOfAKindInTheirOwn(t *testing.T) {
	open := func() []*stub { return []*stub{system("shop", 3, 1), system("tower", 3, 1), system("vast", 2500, 1)} }
	together(t, open, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		s[0].tokens[2].Owner = s[0].tokens[0].Owner
		for q, vast := range map[string]int{"": 0, "name:#0": 1} {
			answer, err := f.Tokens(t.Context(), model.Query{Size: 50, Where: q, Fresh: true})
			if err != nil || answer.Alike == nil {
				t.Fatalf("%q: %v", q, err)
			}
			for system, want := range map[string]int{"shop": 2, "tower": 1, "vast": vast} {
				guest := f.Guest(system, model.Token{ID: "0", Owner: model.User{ID: "0"}})
				if got := answer.Alike(&guest); got != want {
					t.Errorf("%q: in %s %d are alike, want %d", q, system, got, want)
				}
			}
		}
	})
}
