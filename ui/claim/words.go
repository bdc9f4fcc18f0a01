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
		Title: a.placed(a.title(), height),
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
	case a.count(func(s system) bool { return s.stage == answered || s.stage == givenUp }) == 0:
		return "No system could be asked whose key this is"
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
		return a.Styles.Faint.Render(s.missed())
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
		return "does not take it"
	case model.Unsaid:
	}
	return a.Styles.Warn.Render("cannot be told")
}

// facts are what is known of the key in a system, or why nothing is.
func (s system) facts() []look.Field {
	return append(s.told(), look.Field{Label: "system", Value: s.where()})
}

func (s system) told() []look.Field {
	switch {
	case s.stage == unasked:
		return optional("why", s.untried())
	case s.stage == givenUp:
		return optional("why", "it was not waited for; it may have seen the key all the same")
	case s.stage == asking:
		return optional("asked", s.by.String())
	case s.claim.Known == model.Yes:
		return append(s.found(), optional("and", s.claim.Words)...)
	}
	return optional("why", s.claim.Words)
}

// missed says that a system was not asked, and why where it could not be.
func (s system) missed() string {
	if len(s.may.Passages) == 0 {
		return "could not be asked: " + s.may.Why
	}
	return "was not asked"
}

// untried is why a system was not asked.
func (s system) untried() string {
	switch {
	case len(s.may.Passages) == 0:
		return s.may.Why
	case s.may.Fits == model.Unsaid:
		return "its keys look otherwise: " + s.may.Why
	}
	return "it was not ticked"
}

// found is what a system that knows the key has told of it.
func (s system) found() []look.Field {
	owner, token := "not told", "which of the list it is cannot be told"
	if s.claim.Owner.ID != "" {
		owner = look.OwnerLine(s.claim.Owner)
	}
	switch {
	case s.claim.Token.ID != "":
		token = look.TokenName(s.claim.Token) + ", " + look.TokenState(s.claim.Token)
	case len(s.claim.Alike) > 0:
		token = "most likely one of " + alike(s.claim.Alike)
	}
	return append([]look.Field{{Label: "owner", Value: owner}, {Label: "token", Value: token}}, optional("may", look.Marked(s.claim.May))...)
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
	var no, unsure, not, never []string
	for _, s := range a.systems {
		switch name := s.info.Name; {
		case len(s.may.Passages) == 0:
			never = append(never, name)
		case s.stage == unasked:
			not = append(not, name)
		case s.stage == answered && s.claim.Known == model.No:
			no = append(no, name)
		default:
			unsure = append(unsure, name)
		}
	}
	meaning := ""
	if no != nil {
		meaning = "It is none of theirs, has ended, or its owner is inactive."
	}
	return look.Sentences(named("Said no: ", no), meaning, named("Cannot tell: ", unsure), named("Not asked: ", not), named("Could not be asked: ", never))
}

func named(what string, names []string) string {
	if names == nil {
		return ""
	}
	return what + strings.Join(names, ", ") + "."
}
