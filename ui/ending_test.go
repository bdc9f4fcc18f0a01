package ui

import (
	"context"
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// EachToken reads what was not taken out to its end, as what stands before real systems does.
func (r *relatives) EachToken(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
	page, err := r.Tokens(ctx, q)
	if err != nil {
		return "", err
	}
	return "Of personal tokens you see your own.", take(page.Items, model.Sifted{Read: len(page.Items)})
}

// datable has the tokens of a system end when somebody says.
func datable(r *remote) {
	r.info.Missing = nil
	r.forms[model.Edit] = model.Form{Fields: []model.Field{
		{Key: "flag", Kind: model.AskYesNo, Means: model.MeansEnds, Value: "yes"}, {Key: "until", Label: "until", Kind: model.AskTime, Means: model.MeansEnd},
	}}
}

func TestEWithTokensMarkedMakesAPlanForOneNewEndOfThemAllWhereverTheyAre(t *testing.T) {
	systems := kin3()
	datable(systems[0])
	d := start(t, systems...)
	d.shelve()
	d.press("j 4 3") // one here, one where nothing of a token is another's to edit
	d.sees("2 marked")
	d.press("e2199-03-01⏎")
	d.sees("Plan: a new end for 2 tokens: 2199-03-01 00:00:00 UTC", "1 can be sent · 1 cannot", "Nothing has been sent", "→ 2199-03-01")
	if len(d.systems[0].writes) > 0 {
		t.Fatalf("sent %v", d.systems[0].writes)
	}
	d.press("ay")
	d.sees("1 done")
	o := d.systems[0].orders[0]
	if at, dated := o.Ends.Time(); o.Action != model.Edit || !dated || at.Year() != 2199 || len(d.systems[1].writes) > 0 {
		t.Errorf("sent %+v and %v", o, d.systems[1].writes)
	}
}

func TestEIsNotForMarkedTokensOfSystemsThatEditNone(t *testing.T) {
	systems := kin3()
	datable(systems[0])
	d := start(t, systems...)
	d.press("4 3je") // the one under the cursor could be edited
	d.sees("edit: ")
	d.seesNot("A plan for a new end", "This is about this token alone")
}

func TestAPlanForANewEndOfAllRowsIsTypedAndItsNameCompleted(t *testing.T) {
	r := crowd(newClock())
	datable(r)
	d := planner(t, r)
	d.press(":plan exp")
	d.pressKey(tea.KeyTab)
	d.press(" 90d⏎")
	d.sees("Plan: a new end for 25 tokens: 20")
	d.pressKey(tea.KeyEsc)
	d.press(":plan expiry⏎")
	d.sees("A plan for a new end")
}

func TestDOnAPersonsPageIsAPlanToEndAllTheirsThatWasNotTakenOut(t *testing.T) {
	for page, name := range map[string]string{"": "tokens", "2": "accounts"} {
		d := start(t, kin3()...)
		d.shelve()
		d.press("jp")
		d.sees("3 tokens")
		d.press("jo") // that in lab, which is not sure
		d.sees("2 tokens")
		d.press(page + "D")
		d.sees("Plan: delete 2 tokens", "Nothing has been sent", "shop", "live", "Of personal tokens you see your own.")
		d.seesNot("lab omid")
		d.press("adelete 2⏎")
		d.sees("2 done")
		for i, want := range []int{1, 0, 1} {
			if got := d.systems[i].writes; len(got) != want {
				t.Errorf("from the %s: system %d had %v", name, i, got)
			}
		}
	}
}

func TestDIsForAPersonAloneAndKnownByTheHelp(t *testing.T) {
	d := start(t, kin3()...)
	d.shelve()
	d.press("D")
	d.sees("D does nothing here")
	d.press("jp:end-")
	if got := d.app.completeCommand("end-"); !slices.Equal(got.Words, []string{"end-all"}) {
		t.Errorf("completed is %q", got.Words)
	}
}

func TestAnEditSaysWhenTheTokenIsToEndForTheRecord(t *testing.T) {
	r := company(newClock())
	datable(r)
	d := start(t, r)
	d.press("e")
	d.pressKey(tea.KeyTab)
	d.press("2199-03-01")
	d.pressKey(tea.KeyCtrlS)
	d.press("y")
	o := d.systems[0].orders[0]
	if at, dated := o.Ends.Time(); o.Action != model.Edit || !dated || at.Year() != 2199 || o.Values["until"] == "" {
		t.Errorf("sent %+v", o)
	}
}
