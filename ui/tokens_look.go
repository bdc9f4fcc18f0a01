package ui

import (
	"slices"

	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/model/review"
	"authdeck/ui/look"
)

// known is what is known of a list beside its page, where all of it was read.
type known struct {
	endless map[string]bool // the systems of which no key ever ends, by the name that rows have
	census  *review.Census  // nil where it may have left some out
	counts  []string        // in words
}

// know counts the list of a page that has come. A part of it says nothing of the whole.
func (t *tokens) know() {
	t.meetKin()
	t.known = known{endless: t.endless()}
	if alike := t.list.Alike(); alike != nil {
		t.known.census = review.Taken(alike)
	}
	whole := t.list.Whole()
	if len(whole) == 0 || t.union() {
		return // the numbers of several systems together tell nobody where to look
	}
	q := t.list.Shown()
	if q.Search == "" && q.Where == "" && q.Filter.Choice == "" && len(q.Ranges) == 0 {
		t.known.census = review.NewCensus()
		for i := range whole {
			t.known.census.Count(&whole[i])
		}
	}
	t.known.counts = countWords(review.Count(whole, t.moment(whole[0])), t.known.endless[""])
}

// uncounted says of rows that were picked from a list that what all rows tell is not among the
// reasons to look at them: no word is no all-clear.
func (t *tokens) uncounted() string {
	q := t.list.Shown()
	narrowed := q.Search != "" || q.Where != "" || q.Filter.Choice != "" || len(q.Ranges) > 0
	if !narrowed || t.known.census != nil || len(t.list.Items()) == 0 || t.list.Unfinished() {
		return ""
	}
	return "Not told here: whether an owner has several of a kind; that takes all rows."
}

// countWords are the counts that tell something. Where it cannot be told of some, a number is
// the least that it can be, and none is no all-clear.
func countWords(c review.Counts, endless bool) []string {
	var words []string
	if !endless {
		words = append(words, tallied(c.Never, "never expire", "never expires"))
	}
	words = append(words, tallied(c.Stale, "stale", "stale"))
	return slices.DeleteFunc(words, func(one string) bool { return one == "" })
}

func tallied(t review.Tally, are, is string) string {
	words := look.Thousands(t.Yes) + " " + are
	switch t.Yes {
	case 0:
		return ""
	case 1:
		words = "1 " + is
	}
	if t.Unsaid > 0 {
		return "at least " + words
	}
	return words
}

// endless are the systems whose keys never end. A row of the only system has no name of one.
func (t *tokens) endless() map[string]bool {
	if !t.union() {
		return map[string]bool{"": t.api.Info().Endless}
	}
	all := map[string]bool{}
	for _, member := range model.Members(t.api) {
		info := member.Info()
		all[info.Name] = info.Endless
	}
	return all
}

// moment is what a reason to look at a token depends on.
func (t *tokens) moment(row model.Token) review.Moment {
	return review.Moment{Now: t.Clock.Now(), Limits: t.limits, Census: t.known.census, Endless: t.known.endless[row.System]}
}

// minute is the beat of what changes as time passes, and with what is done from here.
func (t *tokens) minute(row model.Token) int64 { return t.Clock.Now().Unix()/60*4 + t.end(row) }

// reasons are why somebody should look at a row, in words. One that was deleted from here has
// none.
func (t *tokens) reasons(row model.Token) string {
	if t.end(row) == past {
		return ""
	}
	return look.Reasons(row, t.moment(row))
}

// lookStyle draws the reasons to look at a row.
func (t *tokens) lookStyle(row model.Token) (lipgloss.Style, bool) {
	_, severity := review.Of(&row, t.moment(row))
	switch {
	case severity == review.Over || t.over(row):
		return t.Styles.Faint, true
	case severity == review.Look:
		return t.Styles.Warn, true
	}
	return lipgloss.Style{}, false
}

// timeStyle draws a time: one that is a reason to look at its row, and "never", which says as
// much as any date does. What is over is faint whatever it was.
func (t *tokens) timeStyle(r review.Reason, of func(model.Token) model.When) func(model.Token) (lipgloss.Style, bool) {
	return func(row model.Token) (lipgloss.Style, bool) {
		switch {
		case t.over(row):
			return t.Styles.Faint, true
		case review.Is(&row, r, t.moment(row)) == model.Yes:
			return t.Styles.Warn, true
		}
		return t.Styles.Plain, of(row).Knowledge() == model.Never
	}
}
