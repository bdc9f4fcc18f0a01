package command

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
)

// shown is a plan of many lines as it is printed.
func shown(t *testing.T, all bool, lines int, says func(i int) []string) string {
	t.Helper()
	p := &plan.Plan{ID: "P1", Action: model.Delete}
	for i := range lines {
		p.Lines = append(p.Lines, plan.Line{
			System: "cloud", Says: says(i),
			Token: model.Token{ID: fmt.Sprintf("id-%d", i), Owner: model.User{Username: model.Clean(fmt.Sprintf("user-%d", i)), FullName: model.Clean(fmt.Sprintf("User No %d", i))}},
		})
	}
	var out bytes.Buffer
	if err := ShowPlan(&out, plan.Stored{Plan: p, Ends: p.Ends(nil)}, all); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSentencesThatDifferByANameAloneArePrintedOnce(t *testing.T) {
	out := shown(t, false, 500, func(i int) []string {
		return []string{"It ends for all.", fmt.Sprintf("The session of user-%d (User No %d) ends.", i, i)}
	})
	if n := strings.Count(out, "\n"); n > 515 {
		t.Errorf("a plan of 500 lines is printed in %d", n)
	}
	for _, want := range []string{"It ends for all.\n  lines 1–500\n", "The session of OWNER (OWNER) ends.\n  of the owner and the token of each of lines 1–500\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("there is no %q", want)
		}
	}
}

func TestASentenceOfOneLineAndANameWithinAWordStayAsTheyAre(t *testing.T) {
	out := shown(t, false, 2, func(i int) []string {
		return []string{[]string{"The key of user-0 ends.", "Of user-11 nothing is known."}[i]}
	})
	for _, want := range []string{"The key of user-0 ends.\n  line 1\n", "Of user-11 nothing is known.\n  line 2\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("there is no %q in\n%s", want, out)
		}
	}
}

func TestOfManySentencesThoseOfMostLinesArePrintedAndTheOthersWhenAsked(t *testing.T) {
	says := func(i int) []string {
		return []string{fmt.Sprintf("It was used %d days ago.", i+5000), "It ends for all."}
	}
	out := shown(t, false, 100, says)
	if !strings.Contains(out, "It ends for all.\n  lines 1–100\n") || !strings.Contains(out, "There are 71 more sentences") || strings.Count(out, "days ago") != 29 {
		t.Errorf("%s", out)
	}
	if out = shown(t, true, 100, says); strings.Contains(out, "more sentences") || strings.Count(out, "days ago") != 100 {
		t.Errorf("%s", out)
	}
}

func TestANameIsReplacedWhereItStandsAsAWord(t *testing.T) {
	if got := inPlace("user-1 and user-11, not xuser-1", "user-1", "OWNER"); got != "OWNER and user-11, not xuser-1" {
		t.Error(got)
	}
}
