package ui

import (
	"slices"
	"strings"
	"time"

	"authdeck/model"
	"authdeck/ui/look"
)

// doesTo is what a key does, and to how many where it is for those that are marked.
func (t *tokens) doesTo(what string, a model.Action) string {
	switch {
	case !t.ofMarked(a):
		return what
	case a == model.Edit:
		what = "new end of"
	}
	return what + " " + look.Thousands(t.Marks.Len()) + " marked"
}

// remarks are what the rows say that this console knows better or did not expect.
func (t *tokens) remarks() []string {
	return slices.Concat(t.reappeared(), t.copies(), t.elsewhere())
}

// reappeared are the tokens that were deleted and are in a list that was read since.
func (t *tokens) reappeared() []string {
	if !t.History.Ended() {
		return nil
	}
	var said []string
	for _, row := range t.list.Items() {
		if at, ended := t.History.Deleted(t.home(row)); ended && t.back(row, at) {
			said = append(said, look.Capital(look.TokenName(row))+" was deleted at "+look.ClockTime(at)+" and stands here again, or still.")
		}
	}
	return said
}

// elsewhere says of a token that was made that it is not among the rows that have come since,
// and how it is seen.
func (t *tokens) elsewhere() []string {
	if !t.list.Missing() {
		return nil
	}
	return []string{look.Capital(look.TokenName(t.made)) + " was made, and is not on this page: :search " + t.made.Owner.Username.String() + " looks for it."}
}

// back reports whether a row that was deleted is of a list that was read since. One
// that a system keeps as revoked or expired is where it belongs.
func (t *tokens) back(row model.Token, ended time.Time) bool {
	return !t.precedes(ended) && (row.State == model.Active || row.State == model.Unclear)
}

// precedes reports whether the rows are from before a token ended: no change from here
// has to have come between, where it is seen later that it did.
func (t *tokens) precedes(ended time.Time) bool {
	return t.list.Old() || t.list.AsOf().Before(ended)
}

// copies are the tokens like the one that was made last, and made since as well.
func (t *tokens) copies() []string {
	if !t.History.Made() {
		return nil
	}
	var names []string
	for _, row := range t.list.Items() {
		if t.list.New(row) && t.History.Twin(t.home(row)) {
			names = append(names, look.Marked(row.Name))
		}
	}
	made := look.Marked(t.History.LastMade().Name)
	switch len(names) {
	case 0:
		return nil
	case 1:
		return []string{"Another token like " + made + " was made since: " + names[0] + ". A proxy in between may have sent the order twice, or somebody else made it."}
	}
	return []string{look.Plural(len(names), "more token") + " like " + made + " were made since: " + strings.Join(names, ", ") +
		". A proxy in between may have sent the order more than once, or somebody else made them."}
}

// What a token that was deleted from here is in a list.
const (
	alive    int64 = iota // none was
	past                  // the list is from before
	returned              // and of a list that was read since
)

// end is whether a token was deleted from here, and where it is seen by now.
func (t *tokens) end(row model.Token) int64 {
	if !t.History.Ended() {
		return alive // as in nearly every frame, for each row
	}
	switch at, ended := t.History.Deleted(t.home(row)); {
	case ended && t.precedes(at):
		return past
	case ended && t.back(row, at):
		return returned
	}
	return alive
}

// state is a token's state in words, also of a row from before it was deleted.
func (t *tokens) state(row model.Token) string {
	switch t.end(row) {
	case past:
		return "deleted"
	case returned:
		return look.TokenState(row) + " again"
	}
	return look.TokenState(row)
}

// over reports a token that opens nothing any more, as far as is known.
func (t *tokens) over(row model.Token) bool { return look.TokenOver(row) || t.end(row) == past }

// deleted reports whether a token was deleted from here.
func (t *tokens) deleted(row model.Token) bool {
	_, ended := t.History.Deleted(t.home(row))
	return ended
}

// isEnded is why nothing can be done to a row: it was deleted, and the list has not
// been read since.
func (t *tokens) isEnded() string {
	row, _ := t.list.Selected()
	if at, ended := t.History.Deleted(t.home(row)); ended && t.precedes(at) {
		return "it was deleted at " + look.ClockTime(at) + "; ctrl+r reads the list again"
	}
	return ""
}
