package ui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/export"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/search"
)

// common are the actions of every page, before and after its own.
func (b *browser[T]) common(own ...action) []action {
	k := b.Keys
	actions := append([]action{{Binding: k.Open, why: b.needsRow, run: b.toggleDetails}}, own...)
	sort, offerSorts := takes(b.sortChoices, b.sortBy)
	filter, offerFilters := takes(b.filterChoices, b.filterBy)
	b.asks = b.search.Views(b.Views)
	view, offerViews := takes(b.viewChoices, b.view)
	actions = append(actions, action{Binding: k.Search, why: b.needsEar, run: b.openSearch, take: b.searchFor, offer: b.search.Complete})
	mark, more := b.marking[:min(1, len(b.marking))], b.marking[min(1, len(b.marking)):] // a footer has room for the first
	actions = append(append(actions, mark...),
		action{Binding: k.Untold, why: b.needsUntold, run: b.turnUntold},
		action{Binding: k.Sort, why: b.needsSorts, run: b.chooseSort, take: sort, offer: offerSorts},
		action{Binding: k.Filter, why: b.needsFilters, run: b.chooseFilter, take: filter, offer: offerFilters},
		action{Binding: look.Named(k.Copy, b.copied), why: b.needsRow, run: func() tea.Cmd { return b.copyOf(b.name) }},
		action{Binding: k.Export, why: b.needsExport, run: b.export, take: b.exportTo, offer: export.Offer},
	)
	return append(append(actions, more...),
		action{Binding: k.Reload, why: b.needsRest, run: b.reload},
		action{Binding: k.Views, why: b.needsViews, run: b.chooseView, take: view, offer: offerViews},
		action{Binding: k.Turn, why: b.needsReversed, run: b.turnOrder},
		action{Binding: look.Named(k.CopyItself, b.copiedItself), why: b.needsRow, run: func() tea.Cmd { return b.copyOf(b.itself) }},
		action{Binding: k.Back, run: b.leave},
		action{Binding: typed("first", "first page"), why: b.needsTurning, run: func() tea.Cmd { return b.walk(1) }},
		action{Binding: typed("last", "last page"), why: b.needsTurning, run: func() tea.Cmd { return b.walk(list.LastPage) }},
		action{Binding: typed("page", "page of that number"), why: b.needsTurning, take: b.toPage},
	)
}

func (b *browser[T]) needsExport() string {
	if b.Desk.Export == nil {
		return "no file can be written from here"
	}
	if !b.list.Seen() {
		return "the list has not come"
	}
	return ""
}

// export asks how and where the rows are written that the reader has in mind: those of the
// list that is shown.
func (b *browser[T]) export() tea.Cmd { return b.put(export.Ask(b.Desk, b.source())) }

// exportTo writes them to a file that is named.
func (b *browser[T]) exportTo(words string) (tea.Cmd, error) {
	m, cmd, err := export.Named(b.Desk, b.source(), words)
	if err != nil {
		return nil, err
	}
	return b.put(m, cmd), nil
}

// source is what is to be written.
func (b *browser[T]) source() export.Source {
	total := b.list.Total()
	if s := b.list.Sifted(); s != nil && total == model.Uncounted {
		total = s.Total
	}
	return export.Source{
		API: b.api, Rows: model.Rows(b.noun + "s"), Query: b.list.Shown(), Total: total, Says: strings.Join(b.narrowing(), ", "), Lacks: b.list.Lacks(), Doubts: b.doubts(),
	}
}

func (b *browser[T]) needsRow() string {
	if _, ok := b.list.Selected(); !ok {
		return "there is no " + b.noun + " under the cursor"
	}
	return ""
}

func (b *browser[T]) needsSorts() string {
	switch only := b.list.Query().Filter.Only; {
	case b.needsList() != "":
		return b.needsList()
	case len(b.sorts()) < 2:
		return "this system has one order only"
	case only.ID != "" && !b.along():
		return "the list is narrowed to " + look.Marked(only.Username) + ", and stands in one order only; esc shows everybody's"
	}
	return ""
}

func (b *browser[T]) needsFilters() string {
	if why := b.needsEar(); why != "" {
		return why
	}
	if len(b.filters()) == 0 {
		return "this system cannot narrow this list but by a search"
	}
	return ""
}

// apart is what has to be said of a list that is not, or not only, the one of an owner
// that the reader has in mind.
type apart struct {
	words string
	of    string // whose rows they are true of; empty for everybody's
}

// widened is a query without its narrowing to one owner, where the system cannot have
// that and more. What it drops is said: the rows of everybody are one key away from a
// delete.
func (b *browser[T]) widened(q model.Query) model.Query {
	if only := q.Filter.Only; only.ID != "" && !b.along() {
		b.apart = apart{words: "All " + b.noun + "s again, not only " + look.Marked(only.Username) + b.alone + "."}
		q.Filter.Only = model.User{}
		return q
	}
	return b.instead(q)
}

// instead is a query that begins from the rows that are shown, and says so where the
// reader has another owner's list in mind, which did not come.
func (b *browser[T]) instead(q model.Query) model.Query {
	missed, did := b.list.Missed()
	meant, only := missed.Filter.Only, q.Filter.Only
	switch {
	case !did || meant.ID == "" || meant.ID == only.ID:
	case only.ID == "":
		b.apart = apart{words: "All " + b.noun + "s, not only " + look.Marked(meant.Username) + ": that list did not come."}
	default:
		b.apart = apart{words: "Still only " + look.Marked(only.Username) + ": the list of " + look.Marked(meant.Username) + " did not come.", of: only.ID}
	}
	return q
}

// apartWords are what is said of rows that are shown and are not those of one owner any
// more. Before they are shown it would not be true.
func (b *browser[T]) apartWords() string {
	if b.list.State() != list.Ready || b.list.Shown().Filter.Only.ID != b.apart.of {
		return ""
	}
	return b.apart.words
}

func (b *browser[T]) needsRest() string {
	if b.list.Resting() {
		return "the system wants to be left alone for another " + b.list.Waiting()
	}
	return ""
}

// sorting is the place of a query's order among the sorts.
func (b *browser[T]) sorting(q model.Query) int {
	for i, s := range b.sorts() {
		if s.Key == q.Sort {
			return i
		}
	}
	return 0
}

// copyOf sends what a row is called to the clipboard.
func (b *browser[T]) copyOf(of func(T) model.Text) tea.Cmd {
	row, _ := b.list.Selected()
	name := of(row)
	what := "“" + name.String() + "”"
	if name.Changed() {
		what += ", which is the name as it is shown and not as the system has it,"
	}
	return b.ToClipboard(b, what, model.NewSecret(name.String()))
}

// tell says where a copied name was sent. A key that a dialog sent is the
// dialog's to tell.
func (b *browser[T]) tell(msg order.Copied) {
	if msg.By(b) {
		b.Say(msg.Sentence())
	}
}

// show asks for another part of the list.
func (b *browser[T]) show(q model.Query) tea.Cmd {
	q.Size, q.Fresh = look.PageSize, b.stale == outdated
	b.details, b.stale, b.apart = nil, fresh, apart{}
	b.arrange()
	return b.list.Ask(q)
}

// leave takes one step back: out of the details, a request, a search, the page.
func (b *browser[T]) leave() tea.Cmd {
	q := b.list.Query()
	walking := b.list.Walking() > 0
	switch {
	case walking && b.list.Cancel():
		number, _ := b.list.Page()
		b.Say(fmt.Sprintf("Stayed on page %d.", number))
	case b.list.Cancel():
		b.Say("Given up; the rows are as they were. ctrl+r asks again.")
	case b.details != nil:
		return b.toggleDetails()
	case b.list.Unfinished():
		cmd, stopped := b.list.Stop()
		if stopped {
			b.Say("Given up; what had come is here, and no more. ctrl+r asks again.")
		}
		return cmd
	case search.Typed(q) != "":
		q.Search, q.Ranges, q.Where, q.Untold = "", nil, "", false
		return b.list.Ask(b.instead(q))
	case q.Filter.Choice != "":
		q.Filter.Choice = ""
		return b.list.Ask(b.instead(q))
	case q.Filter.Only.ID != "":
		cmd, _ := b.nav.back()
		return tea.Batch(b.unjump(), cmd)
	default:
		cmd, gone := b.nav.back()
		if !gone {
			b.Say("There is nothing to go back to; q quits.")
		}
		return cmd
	}
	return nil
}

func (b *browser[T]) openSearch() tea.Cmd {
	b.search.Open(b.list.Query())
	return nil
}

func (b *browser[T]) typeSearch(msg tea.KeyMsg) tea.Cmd {
	q, ask := b.search.Key(msg, b.list.Query())
	if !ask {
		return nil
	}
	return b.found(q)
}

// found asks for what was searched for.
func (b *browser[T]) found(q model.Query) tea.Cmd {
	if search.Typed(q) != "" {
		return b.list.Ask(b.widened(q))
	}
	return b.list.Ask(b.instead(q))
}

// searchFor searches for what was typed elsewhere.
func (b *browser[T]) searchFor(words string) (tea.Cmd, error) {
	q, err := b.search.Narrow(b.list.Query(), words)
	if err != nil {
		return nil, err
	}
	return b.found(q), nil
}

// reload reads the page again; what was found before has been read by then.
func (b *browser[T]) reload() tea.Cmd {
	b.ForgetFindings()
	return b.list.Reload()
}
