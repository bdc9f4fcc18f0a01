package ui

import (
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/choose"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
	"authdeck/ui/search"
)

// choosing asks for one of a few choices, and does what is to be done with it. It loses
// nothing, and is ready at once: the keys after the one that opened it are meant for it.
type choosing struct {
	*choose.Model
	take func(value string) tea.Cmd
}

// choose puts a question to the reader of a page.
func (b *browser[T]) choose(q choose.Question, take func(value string) tea.Cmd) tea.Cmd {
	return b.put(&choosing{choose.New(b.Keys, b.Styles, q), take}, nil)
}

// Update implements [order.Modal].
func (c *choosing) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	if !ok {
		return c, nil
	}
	switch c.Key(press) {
	case choose.Taken:
		chosen, _ := c.Chosen()
		return nil, c.take(chosen.Value)
	case choose.Left:
		return nil, nil
	case choose.Open:
	}
	return c, nil
}

// View implements [order.Modal].
func (c *choosing) View(width, height int, _ order.Readiness) look.Box {
	return c.Model.View(width, height)
}

// Focus implements [order.Modal].
func (c *choosing) Focus() order.Focus {
	if c.Writes() {
		return order.Typing
	}
	return order.Asked
}

// Commits implements [order.Modal]: an order of rows and what they are narrowed to harm nobody.
func (*choosing) Commits(tea.KeyMsg) bool { return false }

// Holds implements [order.Modal].
func (*choosing) Holds() order.Hold { return order.Nothing }

// Rescue implements [order.Modal].
func (*choosing) Rescue() tea.Cmd { return nil }

// Forget implements [order.Modal].
func (*choosing) Forget() {}

// Step implements [order.Modal].
func (*choosing) Step() order.Step { return 0 }

// Ready implements [order.Modal].
func (*choosing) Ready() order.Readiness { return order.Armed }

func (b *browser[T]) chooseSort() tea.Cmd {
	q := b.list.Query()
	now, help := b.sorts()[b.sorting(q)].Key, cost(b.search.Unordered(q))
	if order, is := b.ordered(q); is {
		now, help = choose.None, look.Sentences("It takes the place of "+order.Label+".", help)
	}
	return b.choose(choose.Question{Title: "Sort the " + b.noun + "s", Help: help, Choices: b.sortChoices(), Current: now}, b.sortBy)
}

func (b *browser[T]) sortChoices() []model.Choice {
	var choices []model.Choice
	for _, s := range b.sorts() {
		choices = append(choices, model.Choice{Value: s.Key, Label: s.Label})
	}
	return choices
}

func (b *browser[T]) sortBy(key string) tea.Cmd {
	q := b.list.Query()
	if _, is := b.ordered(q); !is && key == b.sorts()[b.sorting(q)].Key {
		return nil
	}
	q = b.search.Unordered(q)
	q.Sort = key
	return b.list.Ask(b.widened(q))
}

func (b *browser[T]) chooseFilter() tea.Cmd {
	return b.choose(choose.Question{Title: "Show which " + b.noun + "s?", Help: cost(b.list.Query()), Choices: b.filterChoices(), Current: b.list.Query().Filter.Choice}, b.filterBy)
}

// filterChoices begin with none.
func (b *browser[T]) filterChoices() []model.Choice {
	return append([]model.Choice{{Label: "everything"}}, b.filters()...)
}

func (b *browser[T]) filterBy(value string) tea.Cmd {
	q := b.list.Query()
	if value == q.Filter.Choice {
		return nil
	}
	q.Filter.Choice = value
	return b.list.Ask(b.widened(q))
}

// chooseView asks for a question that has a name. It is asked as if it were typed.
func (b *browser[T]) chooseView() tea.Cmd {
	now := search.Typed(b.list.Query())
	return b.choose(choose.Question{Title: "Show which " + b.noun + "s?", Help: "A view is a question to the whole list.", Choices: b.viewChoices(), Current: now}, b.view)
}

func (b *browser[T]) viewChoices() []model.Choice { return b.asks }

func (b *browser[T]) view(question string) tea.Cmd {
	cmd, err := b.searchFor(question)
	if err != nil {
		b.Warn(look.Capital(err.Error()))
	}
	return cmd
}

func (b *browser[T]) needsViews() string {
	switch {
	case b.needsEar() != "":
		return b.needsEar()
	case len(b.viewChoices()) == 0:
		return "no view asks for " + b.noun + "s; a [[view]] of the configuration can"
	}
	return ""
}

// cost is what another order or filter takes where a question was asked; empty where it is
// one request.
func cost(q model.Query) string {
	if q.Where == "" {
		return ""
	}
	return "For “" + look.Marked(model.Clean(q.Where)) + "” the whole list is read again."
}

// ordered is the order that a question has in its own words. It is read once for each.
func (b *browser[T]) ordered(q model.Query) (model.Sort, bool) {
	order := b.ordering.as(q.Where, func() model.Sort {
		order, _ := b.search.Ordered(q.Where)
		return order
	})
	return order, order.Label != ""
}

// orderAbove is how the rows stand, where no column says so and the heading has room for it.
func (b *browser[T]) orderAbove() []string {
	order := b.list.InWords()
	if order == "" || ansi.StringWidth(strings.Join(append(b.heading(), order), " · ")) > b.nav.headingRoom() {
		return nil
	}
	return []string{order}
}

// orderBelow is how they stand where it has none: rows whose order nobody can see read as if
// they had another one.
func (b *browser[T]) orderBelow() string {
	if order := b.list.InWords(); order != "" && b.orderAbove() == nil {
		return "Order: " + order + "."
	}
	return ""
}

// reversed is the order that goes by the same as the present one and the other way round.
func (b *browser[T]) reversed() (model.Sort, bool) {
	now, is := b.sorted(b.list.Query())
	if !is || now.By == (model.By{}) {
		return model.Sort{}, false
	}
	by := model.By{Fact: now.By.Fact, Falls: !now.By.Falls}
	at := slices.IndexFunc(b.sorts(), func(s model.Sort) bool { return s.By == by })
	if at < 0 {
		return model.Sort{}, false
	}
	return b.sorts()[at], true
}

func (b *browser[T]) needsReversed() string {
	if _, is := b.ordered(b.list.Query()); is {
		return b.needsList() // such an order goes both ways
	}
	if why := b.needsSorts(); why != "" {
		return why
	}
	if _, is := b.reversed(); !is {
		now, _ := b.sorted(b.list.Query())
		who := "this system does"
		if b.union() {
			who = "all systems as one do"
		}
		return who + " not have “" + now.Label + "” the other way round; s shows its orders"
	}
	return ""
}

// turnOrder turns the order round, of the question if it has one.
func (b *browser[T]) turnOrder() tea.Cmd {
	if q, is := b.search.Reversed(b.list.Query()); is {
		return b.list.Ask(q)
	}
	to, _ := b.reversed()
	return b.sortBy(to.Key)
}

// meant is the choice that somebody typed: by its value or label, or the only one that has
// what was typed in either.
func meant(choices []model.Choice, typed string) (value string, err error) {
	typed = strings.ToLower(strings.TrimSpace(typed))
	var labels []string
	var near []model.Choice
	for _, c := range choices {
		value, label := strings.ToLower(c.Value), strings.ToLower(c.Label)
		switch {
		case typed == value && value != "" || typed == label:
			return c.Value, nil
		case strings.Contains(value, typed), strings.Contains(label, typed):
			near = append(near, c)
		}
		labels = append(labels, c.Label)
	}
	switch len(near) {
	case 0:
		return "", errors.New("there is “" + strings.Join(labels, "”, “") + "”")
	case 1:
		return near[0].Value, nil
	}
	labels = labels[:0]
	for _, c := range near {
		labels = append(labels, c.Label)
	}
	return "", errors.New("is it “" + strings.Join(labels, "” or “") + "”?")
}

// takes has an action take a choice by its name.
func takes(choices func() []model.Choice, do func(value string) tea.Cmd) (take func(string) (tea.Cmd, error), offer func(string) prompt.Candidates) {
	take = func(words string) (tea.Cmd, error) {
		value, err := meant(choices(), words)
		if err != nil {
			return nil, err
		}
		return do(value), nil
	}
	offer = func(before string) prompt.Candidates {
		var labels []string
		for _, c := range choices() {
			labels = append(labels, c.Label)
		}
		return fitting(labels, before)
	}
	return take, offer
}
