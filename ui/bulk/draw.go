package bulk

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/caret"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// View implements [order.Modal]: all over the page, as a list is. Of the lines it reads those
// that are shown.
func (s *sheet) View(width, height int, _ order.Readiness) look.Box {
	lines := s.head(width, 1+min(1, height/14))
	about := s.about(width, height)
	s.shown = max(1, height-len(lines)-len(about))
	s.top = min(max(s.top, s.cursor-s.shown+1), s.cursor)
	for row := s.top; row < min(s.top+s.shown, len(s.rows)); row++ {
		lines = append(lines, s.row(row, width))
	}
	for len(lines) < height-len(about) {
		lines = append(lines, "")
	}
	return look.Whole(look.Fit(strings.Join(append(lines, about...), "\n"), width, height))
}

// head says what the plan is, and how far, each on so many lines at most.
func (s *sheet) head(width, most int) []string {
	style := s.Styles.Bold
	if s.count.Grave > 0 {
		style = s.Styles.Danger
	}
	lines := []string{style.Render(look.Cut(s.wording(len(s.plan.Lines)).plan, width))}
	lines = append(lines, look.Block(s.Styles.Plain, s.counts(), width, most)...)
	if s.where != "" && s.at == nil { // of a plan that is opened again
		lines = append(lines, look.Block(s.Styles.Plain, look.Capital(s.where)+".", width, most)...)
	}
	return append(lines, look.Block(s.Styles.Faint, s.state(), width, most)...)
}

// counts are how many lines there are of which sort.
func (s *sheet) counts() string {
	var words []string
	say := func(n int, what string) {
		if n > 0 {
			words = append(words, look.Thousands(n)+" "+what)
		}
	}
	for _, o := range []plan.Outcome{plan.Done, plan.Uncertain, plan.Failed, plan.Refused, plan.Conflict, plan.NotThere} {
		say(s.tally[o], o.Words())
	}
	if s.waits > 0 {
		words = append(words, look.Plural(s.waits, "key")+" not handed over")
	}
	if s.step == reading {
		say(s.count.Sent, "can be sent")
		say(s.count.Cannot, "cannot")
		say(s.count.Grave, "for a second look")
	}
	return strings.Join(words, " · ")
}

// state is what the plan is at.
func (s *sheet) state() string {
	switch {
	case s.glance != nil && s.glance.given:
		return "Giving the reading up."
	case s.glance != nil:
		return s.glance.progress()
	case s.step == opening:
		return "Writing down what is about to be done."
	case s.step == stopping:
		return s.at.wait.Since("Stopping: those under way are waited for")
	case s.step == running:
		return s.at.progress(s.now())
	case s.at != nil && s.at.why != "":
		return "Stopped: " + s.at.why
	case s.path != "":
		return s.origin() + ", in " + model.Clean(s.path).String() + "."
	}
	return "Nothing has been sent. " + s.origin() + "."
}

func (s *sheet) origin() string {
	said := "Made " + s.plan.Made.Format("2006-01-02 15:04 UTC")
	if s.plan.By != "" {
		said += " by " + s.plan.By + " on " + s.plan.Host
	}
	return said
}

// row is one line.
func (s *sheet) row(row, width int) string {
	i := s.rows[row]
	l := &s.here.Lines[i]
	line := s.Styles.Mark(row == s.cursor)
	if row == s.cursor {
		line = caret.Here + line
	}
	rest := width - 2
	for _, cell := range s.cells(l, rest) {
		line += cell
		rest -= ansi.StringWidth(cell)
	}
	what, style := s.what(i, rest)
	return line + style.Render(look.Cut(what, rest))
}

// cells are what a line is about, as wide as there is room for.
func (s *sheet) cells(l *plan.Line, room int) []string {
	system, owner, token := room*15/100, room*20/100, room*27/100
	if room < 56 {
		system, owner, token = 0, room*28/100, room*30/100
	}
	cells := []string{padded(look.Marked(l.Token.Owner.Username), owner), padded(s.called(l.Token), token)}
	if system > 0 {
		cells = append([]string{padded(l.System, system)}, cells...)
	}
	return cells
}

// called is what people call a token that stands beside its owner.
func (s *sheet) called(t model.Token) string {
	if t.Name.Empty() || t.Name == t.Owner.Username {
		return model.Clean(t.ID).String()
	}
	return look.Marked(t.Name)
}

func padded(text string, width int) string {
	text = look.Cut(text, width-2)
	return text + strings.Repeat(" ", max(0, width-ansi.StringWidth(text)))
}

// what is what has become of a line, or what is to be known of it, for so many columns.
func (s *sheet) what(i, room int) (string, lipgloss.Style) {
	l, end := &s.here.Lines[i], s.ends[i]
	switch {
	case s.at.underWay(i):
		return "under way", s.Styles.Accent
	case end.NotHandedOver():
		return end.Outcome.Words() + ", key waits", s.Styles.Warn
	case end.Apart():
		return end.Outcome.Words() + ", key in its own file", s.Styles.Warn
	case end.Outcome == plan.Done:
		return plan.Done.Words(), s.Styles.Faint
	case end.Outcome == plan.Cannot, end.Outcome == plan.NotBegun && l.Cannot != "":
		return "cannot: " + l.Cannot, s.Styles.Faint
	case end.Outcome != plan.NotBegun || end.Words != "": // one that was left out says why
		return end.Outcome.Words() + after(end.Told()), s.Styles.Warn
	case l.Grave():
		return s.turns(l, room), s.Styles.Warn
	}
	return s.turns(l, room), s.Styles.Faint
}

// joined are the words that there are.
func joined(words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return w == "" }), ", ")
}

func after(words string) string {
	if words == "" {
		return ""
	}
	return ": " + words
}

// about is what there is to say of the line under the cursor.
func (s *sheet) about(width, height int) []string {
	if s.cursor >= len(s.rows) || height < 9 {
		return nil
	}
	i := s.rows[s.cursor]
	l, end := &s.here.Lines[i], s.ends[i]
	said := fmt.Sprintf("Line %d, on %s: ", i+1, l.System)
	switch {
	case end.Told() != "":
		said += end.Outcome.Words() + after(end.Told()) + whereOf(end)
	case l.Cannot != "":
		said += "it cannot be done: " + l.Cannot
	case end.Outcome == plan.Done:
		said += plan.Done.Words() + whereOf(end)
	default:
		said += s.says(l)
	}
	return append([]string{""}, look.Block(s.Styles.Plain, look.Stopped(said), width, min(4, height/4))...)
}

// seconds is a time that something will take.
func seconds(d time.Duration) string {
	return fmt.Sprintf("%d s", int(d.Round(time.Second)/time.Second))
}
