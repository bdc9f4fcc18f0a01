package activity

import (
	"fmt"
	"strings"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/ui/caret"
	"authdeck/ui/look"
)

// SetSize gives the page its window; the last line is for words.
func (p *Page) SetSize(width, height int) {
	p.width, p.height = width, height
	p.asked.size(width, height-1)
	p.recorded.size(width, height-1)
}

// View is the rows, and the words below them.
func (p *Page) View() (body, words string) {
	body = p.shown().view()
	if shown, _ := p.shown().counted(); shown == 0 {
		lines := look.Hang("  ", look.Rendered(p.Styles.Faint, p.empty(), p.width-2), 2)
		body = look.High("\n"+strings.Join(lines, "\n"), p.height-1)
	}
	switch bad := p.broken(); {
	case p.find != nil:
		return caret.Without(body), look.Cut(p.find.View(p.width), p.width)
	case p.Status.Words != "":
		return body, p.Status.Line(p.width)
	case bad != "":
		return body, p.Styles.Warn.Render(look.Cut(bad, p.width))
	}
	return body, ""
}

// empty is why there is no row.
func (p *Page) empty() string {
	_, all := p.shown().counted()
	switch {
	case all > 0:
		return "None of " + look.Thousands(all) + " has “" + model.Clean(p.words).String() + "”; esc shows all."
	case p.part == asking:
		return "Nothing was asked yet."
	case p.sources.Recorded == nil:
		return p.sources.Unrecorded
	case p.reading != read:
		return "The record is being read."
	case p.err != nil:
		return look.Capital(model.Clean(p.err.Error()).String()) + ". Nothing can be said of it."
	}
	return "Nothing is recorded yet."
}

// broken is what is wrong with the record, as long as that is shown.
func (p *Page) broken() string {
	found := p.record.Found
	switch {
	case p.part != recording || p.reading == unread:
		return ""
	case found.Verdict == audit.Good && found.Before.Number > 0:
		return fmt.Sprintf("What was done before entry %d was put aside, and is not here.", found.Before.Number+1)
	case found.Verdict == audit.Good:
		return ""
	}
	words := "authdeck audit verify says more."
	if found.Verdict == audit.Cut {
		return "The last line of the record is cut in the middle; " + words
	}
	if len(found.Findings) > 0 && found.Findings[0].Line > 0 {
		words = fmt.Sprintf("line %d: %s; ", found.Findings[0].Line, found.Findings[0].Words) + words
	}
	return model.Clean("The record is not as it was written; " + words).String()
}

// Heading is what is shown, and how much of it.
func (p *Page) Heading() string {
	shown, of := p.shown().counted()
	words := []string{p.total(of)}
	if p.words != "" && of > 0 {
		words = []string{look.Thousands(shown) + " of " + look.Thousands(of) + " with “" + model.Clean(p.words).String() + "”"}
	}
	if p.part == asking {
		return strings.Join(append(words, "since authdeck was started"), "\n")
	}
	switch p.record.Found.Verdict {
	case audit.Tampered:
		words = append([]string{"NOT AS IT WAS WRITTEN"}, words...)
	case audit.Cut:
		words = append([]string{"NOT WHOLE"}, words...)
	case audit.Good:
	}
	return strings.Join(words, "\n")
}

// total is how much there is.
func (p *Page) total(of int) string {
	switch {
	case p.part == asking && int64(of) < p.count:
		return "the last " + look.Thousands(of) + " of " + look.Thousands(int(p.count)) + " requests"
	case p.part == asking:
		return look.Plural(of, "request")
	case p.sources.Recorded == nil:
		return "no record"
	case p.record.Left > 0:
		return "the last " + look.Thousands(of) + " recorded"
	}
	return look.Thousands(of) + " recorded"
}
