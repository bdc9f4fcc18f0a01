package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/list"
	"authdeck/ui/look"
)

// SetSize implements page.
func (b *browser[T]) SetSize(width, height int) {
	b.width, b.height = width, height
	b.arrange()
}

func (b *browser[T]) arrange() {
	b.list.SetSize(b.listSize())
}

// most is how many lines the words above the keys may take beside the remarks.
func (b *browser[T]) most() int { return max(1, b.height/3) }

// lasting are the lines above the keys while there is nothing else to say: why the rows are
// not those that were asked for, else what has to be known of the list.
func (b *browser[T]) lasting() []string {
	if missed := b.missed(); missed != "" {
		return look.Block(b.Styles.Warn, missed, b.width, b.most())
	}
	most := b.most()
	if b.keepsRows() {
		most = 1
	}
	return look.Block(b.Styles.Faint, look.Sentences(b.orderBelow(), b.list.Note(), b.untold()), b.width, most)
}

func (b *browser[T]) untold() string {
	if b.below == nil {
		return ""
	}
	return b.below()
}

// makeRoom sets the list anew when words take another number of lines. A sentence that goes
// with the next key takes none of what stays: the rows would jump.
func (b *browser[T]) makeRoom(lines int) {
	if lines != b.noted {
		b.noted = lines
		b.arrange()
	}
}

// View implements page.
func (b *browser[T]) View() (body, words string) {
	if b.modal != nil {
		if box := b.modal.View(b.width, b.height-1, b.ready); !box.None() {
			b.framed = box.Framed()
			return b.told(b.under(box), box)
		}
	}
	b.framed = false
	remarks, lasting := b.remarked(), b.lasting()
	line := b.line(lasting)
	b.makeRoom(len(remarks) + max(len(line), len(lasting)))
	words = strings.Join(append(remarks, line...), "\n")
	body = b.body(b.height-1-strings.Count(words, "\n"), 0)
	if b.search.Active() {
		body = caret.Without(body)
	}
	return body, words
}

// told is a page with a dialog, and what was said below it. A sentence takes lines of the
// page, as long as it does not take any of a box; a bare dialog is drawn anew for what is left.
func (b *browser[T]) told(page string, box look.Box) (body, words string) {
	lines := b.Status.Lines(b.width, max(3, b.most()))
	height := b.height - max(1, len(lines))
	switch {
	case len(lines) <= 1, box.Framed() && box.Ends() > height:
		return page, b.Status.Line(b.width)
	case !box.Framed():
		page = b.under(b.modal.View(b.width, height, b.ready))
	}
	return look.High(page, height), strings.Join(lines, "\n")
}

// under is what the page shows with a dialog over it.
func (b *browser[T]) under(box look.Box) string {
	if !box.Framed() {
		return box.Over(look.Behind{}, b.width, b.height-1)
	}
	columns, _ := b.listSize()
	return b.over(b.Styles, box, b.lifted(box), columns, layout{b.width, b.height - 1})
}

// lifted is the page behind a box, turned up where the box would cover the row that it is
// about.
func (b *browser[T]) lifted(box look.Box) string {
	page := b.body(b.height-1, 0)
	lines := box.Lift(page, b.height-1)
	if lines == 0 {
		return page
	}
	return b.body(b.height-1, lines)
}

// rows are the list. Behind a dialog it has all the lines of the page: its remarks, and the
// details below it, are not told there.
func (b *browser[T]) rows(height, lift int) string {
	if b.modal == nil {
		return b.list.View()
	}
	return b.list.Behind(lift, height)
}

// body is what stands above the words, so many lines high, with the rows of the list so much
// further up.
func (b *browser[T]) body(height, lift int) string {
	row, ok := b.list.Selected()
	switch {
	case b.details != nil && ok:
		return b.detailed(row, height, lift)
	case b.none() && b.modal == nil:
		return look.High(b.failed(height), height)
	case !ok && b.list.State() == list.Ready:
		return look.High(b.empty(), height)
	}
	return look.High(b.rows(height, lift), height)
}

// line is what stands above the keys and below the remarks: what is typed, what was said,
// or what lasts.
func (b *browser[T]) line(lasting []string) []string {
	switch {
	case b.search.Active():
		return b.search.View(b.width)
	case b.Status.Words != "":
		return b.Status.Lines(b.width, b.most())
	case b.apartWords() != "":
		return look.Block(b.Styles.Warn, b.apartWords(), b.width, b.most())
	}
	return lasting
}

// Heading implements page.
func (b *browser[T]) Heading() (words string, took time.Duration) {
	if waited := b.list.Waiting(); waited != "" && b.list.State() == list.Loading && b.modal == nil {
		if to := b.list.Walking(); to > 0 {
			return b.Styles.Accent.Render(b.walking(to, waited)), b.list.Took()
		}
		if far := b.list.Progress(); far != nil {
			return b.Styles.Accent.Render(reading(far, waited, b.width)), b.list.Took()
		}
		return b.Styles.Accent.Render(waiting(waited, b.width)), b.list.Took()
	}
	if !b.list.Seen() {
		return "", b.list.Took()
	}
	return strings.Join(append(b.heading(), b.orderAbove()...), "\n"), b.list.Took()
}

// heading is what is said of the rows beside the names of the pages.
func (b *browser[T]) heading() []string {
	s := b.list.Sifted()
	if s == nil {
		return slices.Concat(b.age(), b.kin.says(b.width), b.apartFromAll(), b.place(), b.totals())
	}
	words := slices.Concat([]string{b.answered(s)}, b.age(), b.kin.says(b.width), b.place(), []string{look.Thousands(s.Read) + " read"})
	if b.counted != nil {
		words = append(words, b.counted()...)
	}
	return words
}

// waiting is how long an answer is waited for, in as few words as a narrow window has room for.
func waiting(waited string, width int) string {
	if width < roomy {
		return "waits " + waited
	}
	return "asking… " + waited + givesUp
}

// givesUp is what stands behind how long was waited. Where it has no room, the keys say it.
const givesUp = ", esc gives up"

// place is where in the list the page is.
func (b *browser[T]) place() []string {
	number, of := b.list.Page()
	page := fmt.Sprintf("page %d of %d", number, of)
	if of == 0 {
		page = fmt.Sprintf("page %d", number)
	}
	return []string{look.Longest(b.nav.headingRoom(), page, strings.TrimPrefix(page, "page "))}
}

// totals are how many rows there are, and what is known of all of them.
func (b *browser[T]) totals() []string {
	var words []string
	if total := b.list.Total(); total != model.Uncounted {
		words = append(words, look.Plural(total, b.noun))
	}
	if b.counted != nil {
		words = append(words, b.counted()...)
	}
	return words
}

// walking is how far the reader is on the way to a page.
func (b *browser[T]) walking(to int, waited string) string {
	number, of := b.list.Page()
	if to == list.LastPage {
		to = of
	}
	page := fmt.Sprintf("page %d", number)
	words := page
	if to > 0 {
		words = fmt.Sprintf("page %d, on to %d", number, to)
	}
	return look.Longest(b.nav.headingRoom(), words+" · "+waited+", esc stays here", words+" · "+waited, page)
}

// longestName is how much of a name the heading has room for, beside what else it says.
const longestName = 24

// sorted is the order of a query: that of its question, else that of the list; false where it
// has none.
func (b *browser[T]) sorted(q model.Query) (model.Sort, bool) {
	if order, is := b.ordered(q); is {
		return order, true
	}
	sorts := b.sorts()
	if len(sorts) == 0 || q.Filter.Only.ID != "" && !b.along() {
		return model.Sort{}, false
	}
	return sorts[b.sorting(q)], true
}

func (b *browser[T]) sortedBy(q model.Query) model.Sort {
	sort, _ := b.sorted(q)
	return sort
}
