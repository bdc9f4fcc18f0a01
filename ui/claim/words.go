package claim

import (
	"fmt"
	"strings"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// View implements [order.Modal].
func (a *answers) View(width, height int, ready order.Readiness) look.Box {
	d := look.Dialog{
		Title: a.title(),
		First: []string{a.rows(look.Room(width), height, a.word)},
		Facts: a.marked().facts(),
		Says:  []string{a.verdict()},
		Keys:  a.Help(), Offer: order.Alike(ready),
	}
	if a.pending() {
		d.Says = []string{a.wait.Since("waiting for the answers")}
	}
	return a.Styles.Dialog(&a.Scroller, width, height, d)
}

// title is the answer in a line, once there is one.
func (a *answers) title() string {
	knowing := a.knowing()
	switch {
	case len(knowing) == 1:
		return "It is " + knowing[0].owner() + ", in " + knowing[0].info.Name
	case len(knowing) > 1:
		return look.Plural(len(knowing), "system") + " know it"
	case a.pending():
		return question
	case a.unsure() == 0:
		return "No system that was asked knows it"
	}
	return "It cannot be told whose it is"
}

// unsure are how many systems were asked and cannot tell.
func (a *answers) unsure() int {
	return a.count(func(s system) bool { return s.stage == givenUp || s.stage == answered && s.claim.Known == model.Unsaid })
}

// owner is whose the key is.
func (s system) owner() string {
	if s.claim.Owner.Username.Empty() {
		return "somebody’s"
	}
	return "a key of " + look.Marked(s.claim.Owner.Username)
}

// word is what a system says, in a few words.
func (a *answers) word(s system) string {
	switch s.stage {
	case unasked:
		return a.Styles.Faint.Render("was not asked")
	case asking:
		return a.Styles.Faint.Render("asking…")
	case givenUp:
		return a.Styles.Warn.Render("cannot be told: given up")
	case answered:
	}
	switch s.claim.Known {
	case model.Yes:
		return a.Styles.Accent.Render("knows it: " + s.owner())
	case model.No:
		return "does not know it"
	case model.Unsaid:
	}
	return a.Styles.Warn.Render("cannot be told")
}

// facts are what is known of the key in a system, or why nothing is.
func (s system) facts() []look.Field {
	facts := []look.Field{{Label: "system", Value: s.where()}}
	switch {
	case s.stage == unasked:
		return append(facts, look.Field{Label: "not asked", Value: s.untried()})
	case s.stage == givenUp:
		return append(facts, look.Field{Label: "why", Value: "it was not waited for; it may have seen the key all the same"})
	case s.stage == asking:
		return append(facts, look.Field{Label: "asked", Value: s.by.String()})
	case s.claim.Known == model.Yes:
		facts = append(facts, s.found()...)
	}
	return append(facts, optional(map[bool]string{true: "and", false: "why"}[s.claim.Known == model.Yes], s.claim.Words)...)
}

// untried is why a system was not asked.
func (s system) untried() string {
	if len(s.may.Passages) == 0 {
		return s.may.Why
	}
	return "it was not ticked; its keys are " + s.may.Why
}

// found is what a system that knows the key has told of it.
func (s system) found() []look.Field {
	facts := []look.Field{{Label: "owner", Value: "not told"}}
	if s.claim.Owner.ID != "" || !s.claim.Owner.Username.Empty() {
		facts[0].Value = look.OwnerLine(s.claim.Owner)
	}
	facts = append(facts, optional("may", look.Marked(s.claim.May))...)
	token := "which of the list it is cannot be told"
	switch {
	case s.claim.Token.ID != "":
		token = look.TokenName(s.claim.Token) + ", " + look.TokenState(s.claim.Token)
	case len(s.claim.Alike) > 0:
		token = "most likely one of " + alike(s.claim.Alike)
	}
	return append(facts, look.Field{Label: "token", Value: token})
}

// mostAlike are how many tokens are named that it may be.
const mostAlike = 4

func alike(tokens []model.Token) string {
	var names []string
	for _, t := range tokens[:min(len(tokens), mostAlike)] {
		names = append(names, look.Marked(t.Name))
	}
	if more := len(tokens) - mostAlike; more > 0 {
		names = append(names, fmt.Sprint(more, " more"))
	}
	return strings.Join(names, ", ")
}

func optional(label, words string) []look.Field {
	if words == "" {
		return nil
	}
	return []look.Field{{Label: label, Value: words}}
}

// verdict says who was asked and who was not, where nobody knows the key. That somebody
// cannot tell is no no.
func (a *answers) verdict() string {
	if len(a.knowing()) > 0 {
		return ""
	}
	var no, unsure, not []string
	for _, s := range a.systems {
		switch name := s.info.Name; {
		case s.stage == unasked:
			not = append(not, name)
		case s.stage == answered && s.claim.Known == model.No:
			no = append(no, name)
		default:
			unsure = append(unsure, name)
		}
	}
	return look.Sentences(named("Said no: ", no), named("Cannot tell: ", unsure), named("Not asked: ", not))
}

func named(what string, names []string) string {
	if names == nil {
		return ""
	}
	return what + strings.Join(names, ", ") + "."
}
