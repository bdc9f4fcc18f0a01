package bulk

import (
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/form"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// ending asks for the end that all tokens of a plan are to have.
type ending struct {
	order.Base
	*order.Desk
	form *form.Model
	then func(plan.Set) (order.Modal, tea.Cmd)
}

func askEnd(d *order.Desk, then func(plan.Set) (order.Modal, tea.Cmd)) *ending {
	e := &ending{Desk: d, then: then}
	e.form = form.New(d.Styles, d.Keys, d.Clock.Now, []model.Field{{
		Key: "expires", Label: "new end", Kind: model.AskTime, Never: true, Help: "or " + model.NeverWord + ": without an end, where a system has that",
	}})
	e.form.Last("make the plan")
	return e
}

// Update implements [order.Modal].
func (e *ending) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case press.Type == tea.KeyEsc:
		e.Say("Nothing was sent.")
		return nil, nil
	case e.form.Press(press):
		return e.then(setOf(e.form.Values()["expires"]))
	}
	return e, nil
}

// setOf is what the value of a time field sets.
func setOf(value string) plan.Set {
	if value == model.NeverWord {
		return plan.Set{Expires: model.Not(model.Never)}
	}
	at, _ := time.Parse(time.RFC3339, value) // the field takes nothing else
	return plan.Set{Expires: model.At(at)}
}

// View implements [order.Modal].
func (e *ending) View(width, height int, _ order.Readiness) look.Box {
	says := []string{"All tokens of the plan get the same one. What a system makes of that stands beside each of them before anything is sent."}
	return e.form.View(&e.Scroller, "A plan for a new end", says, width, height)
}

// Help implements [order.Modal].
func (e *ending) Help() []key.Binding { return e.form.Help() }

// Ready implements [order.Modal]: what is typed does nothing yet.
func (*ending) Ready() order.Readiness { return order.Armed }

// Focus implements [order.Modal].
func (*ending) Focus() order.Focus { return order.Typing }

// Commits implements [order.Modal].
func (*ending) Commits(tea.KeyMsg) bool { return false }

// short is when something ends, where there is room for a day alone; the hour of one that is
// not at its midnight.
func short(w model.When) string {
	if at, dated := w.Time(); dated && !at.Equal(at.Truncate(24*time.Hour)) && at.Year() < 2200 {
		return at.Format("2006-01-02 15:04")
	}
	return look.Date(w)
}

// turns is what becomes of the end of a line beside its risks, for so many columns: both ends,
// else the days of both, else the old one. What is grave comes first where not all has room.
func (s *sheet) turns(l *plan.Line, room int) string {
	risks := plan.RiskWords(l.Risks)
	if s.plan.Action != model.Edit {
		return risks
	}
	old, to := l.Token.Expires, s.plan.Set.Expires
	days := look.Date(old) + " → " + look.Date(to)
	for _, words := range []string{joined(short(old)+" → "+short(to), risks), joined(days, risks), days} {
		if len([]rune(words)) <= room && (words != days || !l.Grave()) {
			return words
		}
	}
	if l.Grave() {
		return joined(risks, days)
	}
	return joined("was "+look.Date(old), risks)
}

// says is what is to be known of a line, and before that what becomes of its end.
func (s *sheet) says(l *plan.Line) string {
	if s.plan.Action != model.Edit {
		return strings.Join(l.Says, " ")
	}
	return strings.TrimSpace(plan.Becomes(l.Token.Expires, s.plan.Set.Expires) + ". " + strings.Join(l.Says, " "))
}

// wording is what is said of what a plan does.
type wording struct {
	plan, asks string // of so many tokens
	yes        string // what a yes does
	graver     string // why more than that is wanted where something is grave
	sets       []look.Field
}

// wording is that of the plan, for so many of its tokens.
func (s *sheet) wording(n int) wording {
	tokens := look.Plural(n, "token")
	if s.plan.Action == model.Edit {
		end := plan.EndWords(s.plan.Set.Expires)
		return wording{
			plan: "Plan: a new end for " + tokens + ": " + end, asks: "A new end for " + tokens + "?",
			yes: "set the end", graver: "This decides when keys end.", sets: []look.Field{{Label: "new end", Value: end}},
		}
	}
	do := s.plan.Action.String()
	return wording{plan: "Plan: " + do + " " + tokens, asks: look.Capital(do) + " " + tokens + "?", yes: do, graver: "This cannot be taken back."}
}
