package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/caret"
)

// through reads a list to its end, page by page, as the client does.
func (d *driver) through(ctx context.Context, api model.API, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
	read := model.Sifted{}
	for q.At = ""; ; {
		page, err := api.Tokens(ctx, q)
		if err == nil && ctx.Err() != nil {
			err = model.Fail(model.Cancelled, "given up")
		}
		if err != nil {
			return "", err
		}
		read.Read, read.Total, read.Unsaid = read.Read+len(page.Items), page.Total, d.unsaid
		if err := take(page.Items, read); err != nil {
			return "", err
		}
		if q.At = page.Next; q.At == "" {
			return d.noted, d.broken
		}
	}
}

// holds compares the tokens that are marked, as “shop 101”, in the order of their marks.
func (d *driver) holds(want ...string) {
	d.t.Helper()
	var got []string
	for m := range d.app.Marks.All() {
		got = append(got, m.System+" "+m.Token.ID)
	}
	if !slices.Equal(got, want) {
		d.t.Errorf("marked are %q, not %q", got, want)
	}
}

// signed are the rows with the sign of a mark in front, by the name behind it.
func (d *driver) signed(want ...string) {
	d.t.Helper()
	var got []string
	for line := range strings.SplitSeq(strings.ReplaceAll(d.app.View(), caret.Here, ""), "\n") {
		if rest, is := strings.CutPrefix(strings.TrimPrefix(strings.TrimPrefix(line, " "), "›"), "*"); is {
			got = append(got, strings.Fields(rest)[0])
		}
	}
	if !slices.Equal(got, want) {
		d.t.Errorf("the rows with a mark are %q, not %q", got, want)
	}
}

func TestSpaceMarksARowAndGoesOnToTheNext(t *testing.T) {
	d := start(t, company(newClock()))
	d.press(" j ")
	d.holds("shop 100", "shop 102")
	d.signed("sara", "лев")
	d.pointsAt("!wei")
	d.sees("2 marked · page 1 of 1")
	d.press("kk ")
	d.holds("shop 100", "shop 102", "shop 101")
	d.press("k ")
	d.holds("shop 100", "shop 102")
}

func TestAMarkIsSeenInTheNarrowestWindow(t *testing.T) {
	d := start(t, company(newClock()))
	d.resize(40, 10)
	d.press(" ")
	d.signed("sara")
	d.sees("1 marked")
}

func TestANarrowWindowSaysBothWhatIsMarkedAndWhatTheListWasNarrowedTo(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.press("  /user1⏎")
	d.sees("2 marked · search “user1” · page 1")
	d.resize(40, 10)
	d.sees("*2 search")
}

func TestSpaceAtTheEndOfAPageGoesOnToTheNextAndNeverTakesItsOwnMarkOff(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.press("G")
	d.hold()
	d.press("   ")
	d.sees("other rows are on their way")
	d.release()
	d.holds("shop 110")
	d.press(" ")
	d.holds("shop 110", "shop 111")
}

func TestMarksSurvivePagingSortingSearchingAndReading(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.press("jj ")
	d.press("n ")
	d.signed("user11")
	d.press("N")
	d.signed("user03")
	d.press("sjj⏎")
	d.signed("user03")
	d.press("/user11⏎")
	d.signed("user11")
	d.pressKey(tea.KeyEsc, tea.KeyCtrlR)
	d.sees("2 marked")
	d.signed("user03")
	r.remove("103")
	d.pressKey(tea.KeyCtrlR)
	d.signed("user11")
	d.holds("shop 103", "shop 111")
	d.sees("2 marked")
}

func TestMarksSurviveOtherSystemsAndStandInTheListOfAllOfThem(t *testing.T) {
	d := start(t, apart3()...)
	d.press("j ")
	d.press("0")
	d.pressKey(tea.KeyDown, tea.KeyDown, tea.KeyEnter)
	d.sees("authdeck live")
	d.sees("1 marked · none of them here")
	d.signed()
	d.press(" ")
	d.sees("2 marked · 1 of them elsewhere")
	d.press("9")
	d.sees("2 marked ·")
	d.seesNot("elsewhere")
	d.signed("shop", "live")
	d.press(" ")
	d.holds("shop 101", "live 100", "shop 100")
	d.press("0")
	d.pressKey(tea.KeyHome, tea.KeyEnter)
	d.signed("sara", "omid")
	d.press("2")
	d.seesNot("marked")
	d.press("1")
	d.signed("sara", "omid")
}

func TestAMarkHoldsTheTokenAsItWasSeen(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.press(" ")
	before := r.tokens[0]
	r.tokens[0].Description = model.Clean("another one")
	d.pressKey(tea.KeyCtrlR)
	d.press("j*")
	for m := range d.app.Marks.All() {
		if m.Token.ID == before.ID && m.Token != before {
			t.Errorf("%+v", m)
		}
	}
}

func TestARangeGoesFromTheLastMarkToTheCursor(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.press("m")
	d.sees("mark to here: mark the first one with space")
	d.press("jj jjm")
	d.holds("shop 103", "shop 104", "shop 105", "shop 106")
	d.sees("3 more marked.")
	d.press("ggm")
	d.signed("user01", "user02", "user03", "user04", "user05", "user06")
	d.press("nm")
	d.sees("The token that was marked last is not among these rows")
	d.holds("shop 103", "shop 104", "shop 105", "shop 106", "shop 101", "shop 102")
}

func TestARangeGoesOverThePagesThatAreHere(t *testing.T) {
	r := crowd(newClock())
	r.whole = true
	d := start(t, r)
	d.press("G n")
	d.press("m")
	if n := d.app.Marks.Len(); n != 12 {
		t.Errorf("%d are marked", n)
	}
}

func TestARangeLeavesOutWhatWasDeletedFromHere(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("jd")
	d.hold()
	d.press("y")
	answer := d.held
	d.held = nil
	for _, msg := range answer {
		d.give(msg)
	}
	d.sees("#101 Full omid 2025-12-23 2026-03-01 1 hour deleted")
	d.press("k jm")
	d.holds("shop 100", "shop 102")
}

func TestTheStarMarksAllThatTheQuestionFindsOnAllPagesAndTakesThemOffAgain(t *testing.T) {
	r := crowd(newClock())
	d := start(t, r)
	d.press(" /user1⏎*")
	d.sees("10 marked.", "11 marked ·")
	d.press("*")
	d.sees("All 10 that were found had a mark, and have none now.", "1 marked ·")
	d.pressKey(tea.KeyEsc)
	d.press("*")
	d.sees("25 found, 24 more marked.", "25 marked ·")
	d.holds(slices.Concat([]string{"shop 101"}, numbered(102, 125))...)
}

func numbered(from, to int) (names []string) {
	for n := from; n <= to; n++ {
		names = append(names, fmt.Sprint("shop ", n))
	}
	return names
}

func TestMarkingAllShowsHowFarItIsAndEscMarksNothing(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.press(" ")
	d.hold()
	d.press("*")
	d.pass(2 * time.Second)
	d.sees("Marking tokens of shop", "so far reading: 25 of 25, 12 a second", "found 25", "esc give up, mark nothing")
	d.press("qj")
	d.pressKey(tea.KeyEsc)
	d.sees("giving up")
	d.release()
	d.sees("Given up; no mark was set or taken off.")
	d.holds("shop 101")
}

func TestWhereNotAllCanBeReadNothingIsMarked(t *testing.T) {
	d := start(t, apart3()...)
	d.broken = refused() // at its end
	d.press("*")
	d.sees("connection refused. No mark was set or taken off.")
	d.holds()
}

func TestRowsOfWhichItCannotBeToldAreNotMarkedAndThisIsSaid(t *testing.T) {
	d := start(t, company(newClock()))
	d.unsaid, d.noted = 3, "Only your own are shown."
	d.press("*")
	d.sees("5 marked. Not marked: 3 of which it cannot be told whether they are meant; U shows them. Only your own are shown.")
}

func TestUnmarkingIsUndoneByTheSameKey(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("M")
	d.sees("unmark all: nothing is marked")
	d.press("  M")
	d.sees("Nothing is marked any more; M brings the 2 marks back.")
	d.signed()
	d.press("M")
	d.sees("2 marked again.")
	d.holds("shop 100", "shop 101")
	d.press("M M")
	d.holds()
	d.press("M")
	d.holds("shop 102")
}

func TestAKeyForOneTokenSaysThatItIsNotAboutThoseThatAreMarked(t *testing.T) {
	r := company(newClock())
	r.info.Missing = nil
	d := start(t, r)
	d.press(" kv")
	d.seesNot("alone")
	d.pressKey(tea.KeyEsc)
	d.press("jv")
	d.sees("This is about this token alone, and not about the one that is marked.")
	d.pressKey(tea.KeyEsc)
	d.press(" jv")
	d.sees("This is about this token alone, and not about the 2 that are marked.")
	d.pressKey(tea.KeyEsc)
	d.press("c")
	d.seesNot("alone")
}

func TestAKeyThatEndsTokensMakesAPlanOfThoseThatAreMarkedWhereverTheyAre(t *testing.T) {
	d := start(t, kin3()...)
	d.shelve()
	d.press("j 3") // one of the first system, and away
	d.press("4  3")
	d.sees("3 marked")
	d.press("G") // to one that is not
	d.press("d")
	d.sees("Plan: delete 3 tokens", "3 can be sent", "Nothing has been sent", "shop", "omid", "lab", "sara")
	for _, s := range d.systems {
		if len(s.writes) > 0 {
			t.Fatalf("sent %v", s.writes)
		}
	}
	d.pressKey(tea.KeyEsc)
	d.sees("3 marked")
	d.press("da3⏎")
	d.sees("3 done")
	if a, b := len(d.systems[0].writes), len(d.systems[1].writes); a != 1 || b != 2 {
		t.Errorf("%d and %d were sent", a, b)
	}
	d.pressKey(tea.KeyEsc)
	d.holds() // what is done is marked no more
}

func TestAKeyThatMakesAPlanOfThoseThatAreMarkedSaysOfHowMany(t *testing.T) {
	r := company(newClock())
	r.info.Missing = nil
	d := start(t, r)
	d.resize(120, 60)
	d.sees("r regenerate d delete")
	d.press("  ")
	d.sees("e new end of 2 marked r regenerate 2 marked d delete 2 marked", "u owner")
	d.press("?")
	d.sees("d delete 2 marked")
	d.pressKey(tea.KeyEsc)
	d.press("M")
	d.sees("r regenerate d delete")
	d.shelve()
	d.press("M:delete⏎")
	d.sees("Plan: delete 2 tokens") // by its name as ever
}

func TestWhatAPlanDidNotDoIsMarkedStill(t *testing.T) {
	r := company(newClock())
	d := start(t, r)
	d.shelve()
	d.press("  ")
	r.fail["delete"] = model.Fail(model.Unavailable, "no answer")
	d.press("da2⏎")
	d.sees("2 failed")
	d.pressKey(tea.KeyEsc)
	d.holds("shop 100", "shop 101")
}

// deletes deletes the token under the cursor alone, as whoever found its key does.
func (d *driver) deletes() {
	d.t.Helper()
	row, _ := d.app.tokens.list.Selected()
	d.run(d.app.tokens.put(d.app.Begin(d.app.tokens.api, model.Delete, row)))
	agree(d)
}

func TestATokenThatWasDeletedFromHereIsMarkedNoMore(t *testing.T) {
	d := start(t, company(newClock()))
	d.press("  k")
	d.deletes()
	d.holds("shop 100")
	d.sees("1 marked")
}

func TestATokenThatIsSeenToBeDeletedAfterAllIsMarkedNoMore(t *testing.T) {
	r := company(newClock())
	r.fail["delete"] = model.Fail(model.Uncertain, "the answer was lost")
	r.finding = model.Finding{End: model.Unseen}
	d := start(t, r)
	d.press("  k")
	d.deletes()
	d.holds("shop 100", "shop 101")
	r.finding = model.Finding{End: model.Visible}
	d.pass(time.Minute)
	d.holds("shop 100")
}

func TestEscTakesNoMarkOff(t *testing.T) {
	d := start(t, company(newClock()))
	d.press(" ")
	d.pressKey(tea.KeyEsc, tea.KeyEsc, tea.KeyEsc)
	d.holds("shop 100")
}

func TestMarksAreSetByTheirNamesToo(t *testing.T) {
	d := start(t, company(newClock()))
	for _, c := range []struct{ line, want string }{
		{"mark", "1 marked"}, {"last", ""}, {"mark-all", "4 more marked"}, {"unmark-all", "Nothing is marked"},
	} {
		d.press(":" + c.line + "⏎")
		d.sees(c.want)
	}
}

// TestAFrameWithMarksAllocatesLittleToo is for whoever goes through a list of which all is
// marked, some of it elsewhere.
func TestAFrameWithMarksAllocatesLittleToo(t *testing.T) {
	d := start(t, crowd(newClock()))
	d.press("*")
	d.app.Marks.Put("lab", model.Token{ID: "1"})
	d.sees("26 marked · 1 of them elsewhere")
	if n := testing.AllocsPerRun(20, func() { _ = d.app.View() }); n > 50 {
		t.Errorf("a frame makes %v allocations", n)
	}
}

// markScenes are lists with marks.
func markScenes() []scene {
	return []scene{
		{"marked", crowded, nil, press(" j  n Nj")},
		{"marked-elsewhere", apart3, nil, func(d *driver) {
			d.press("j ")
			d.press("0")
			d.pressKey(tea.KeyDown, tea.KeyDown, tea.KeyEnter)
			d.press(" k")
		}},
		{"marked-question", nil, nil, press(" j jd")},
		{"marked-unclear", nil, nil, func(d *driver) { d.unsaid = 3; d.press("*") }},
		{"marking", crowded, nil, func(d *driver) { d.press("/user1⏎"); d.hold(); d.press("*"); d.pass(4 * time.Second) }},
	}
}
