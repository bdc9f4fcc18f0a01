package activity

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// deed is something that was done: the line before it and the one after it, as far as they
// are there.
type deed struct {
	audit.Entry // the line before, else the only one
	end         audit.Entry
	ended       ended
	later       []audit.Entry // what was seen of it, where nobody knew its end
}

// ended is whether it is recorded how a deed ended.
type ended int

const (
	open   ended = iota // the program or the machine ended in between, or it is under way
	closed              // by its end
	cut                 // it is no deed: a line was cut off here
)

// deedsOf puts the two lines of a deed together. The latest comes first.
func deedsOf(entries []audit.Entry) []deed {
	var deeds []deed
	at := map[int64]int{}
	for _, e := range entries {
		e = cleaned(e)
		switch e.Phase {
		case audit.AboutTo:
			at[e.Number] = len(deeds)
			deeds = append(deeds, deed{Entry: e})
		case audit.Outcome:
			i, begun := at[e.Of]
			if !begun {
				i = len(deeds)
				at[e.Of] = i
				deeds = append(deeds, deed{Entry: e})
			}
			deeds[i].end, deeds[i].ended = e, closed
		case audit.Looked:
			if i, begun := at[e.Of]; begun {
				deeds[i].later = append(deeds[i].later, e)
			}
		case audit.Continued:
		case audit.Resumed:
			deeds = append(deeds, deed{Entry: e, ended: cut})
		}
	}
	slices.Reverse(deeds)
	return deeds
}

// cleaned is an entry that can be shown. What authdeck writes is; somebody else may have
// written it.
func cleaned(e audit.Entry) audit.Entry {
	for _, text := range []*string{
		&e.User, &e.SSHClient, &e.Machine, &e.System, &e.Host, &e.Action, &e.TokenID, &e.Token, &e.Owner, &e.Plan, &e.Reason, &e.Outcome, &e.Found, &e.Words,
	} {
		*text = model.Clean(*text).String()
	}
	for i, name := range e.Requests {
		e.Requests[i] = model.Clean(name).String()
	}
	return e
}

func recordedOf(d *order.Desk) *section[deed] {
	st := d.Styles
	style := func(one deed) (lipgloss.Style, bool) {
		if one.heeded() {
			return st.Warn, true
		}
		return st.Faint, true
	}
	return &section[deed]{says: deed.words, list: list.New(list.Options[deed]{
		Columns: []list.Column[deed]{
			{Title: "time", Max: 11, Cell: func(one deed) string { return moment(one.Time, d.Clock.Now()) }},
			{Title: "who", Max: 14, Rank: 3, Cell: func(one deed) string { return one.User }},
			{Title: "system", Max: 16, Rank: 2, Cell: func(one deed) string { return one.System }},
			{Title: "done", Max: 10, Cell: func(one deed) string { return one.Action }},
			{Title: "to", Max: 40, Least: 8, Rank: 1, Cell: deed.object},
			{Title: "outcome", Max: 16, Least: 8, Cell: deed.short, Style: style},
			{Title: "reason", Max: 24, Least: 6, Rank: 4, Cell: func(one deed) string { return one.Reason }, Bare: func(one deed) bool { return one.Reason == "" }},
		},
		Key:    func(one deed) string { return strconv.FormatInt(one.Number, 10) },
		Clock:  d.Clock,
		Styles: st.List(),
	})}
}

// moment is a day and a time of this year, or a day of another one.
func moment(at, now time.Time) string {
	if at.UTC().Year() == now.UTC().Year() {
		return at.UTC().Format("01-02 15:04")
	}
	return at.UTC().Format(time.DateOnly)
}

// object is what it was done to. Of what was made the end knows the name.
func (d deed) object() string {
	of := d.What
	if of.TokenID == "" && of.Token == "" {
		of = d.end.What
	}
	name := of.Token
	if of.TokenID != "" && !strings.Contains(name, of.TokenID) { // a token without a name is called by its number
		name = strings.TrimSpace("#" + of.TokenID + " " + name)
	}
	if of.Owner != "" {
		name = strings.TrimSpace(name + " of " + of.Owner)
	}
	return name
}

// short is its outcome in a column, which has room for what is good to know.
func (d deed) short() string {
	if d.found() == audit.Shows {
		return d.bare() + ", shows"
	}
	return d.bare()
}

// outcome is how it ended, and what was seen of it later.
func (d deed) outcome() string {
	if found := d.found(); found != "" {
		return look.Join(d.bare(), found)
	}
	return d.bare()
}

func (d deed) bare() string {
	switch d.ended {
	case open:
		return "not recorded"
	case cut:
		return "cut off here"
	case closed:
	}
	return d.end.Outcome
}

// found is what the last look found that could tell; empty where none was.
func (d deed) found() string {
	for _, e := range slices.Backward(d.later) {
		if e.Found != audit.CannotTell {
			return e.Found
		}
	}
	return ""
}

// heeded reports whether it did not simply go well.
func (d deed) heeded() bool { return d.ended != closed || d.end.Outcome != audit.Done }

// title is what it was, in a few words.
func (d deed) title() string {
	if d.ended == cut {
		return "A line of the record was cut off"
	}
	return strings.TrimSpace("What was done: "+d.Action) + " in " + d.System
}

func (d deed) words() []string {
	return []string{d.Time.UTC().Format("2006-01-02 15:04"), d.User, d.SSHClient, d.System, d.Action, d.object(), d.outcome(), d.end.Words, d.seen(), d.Set.Words(), d.Reason, d.Plan}
}

// fields are the details of a deed.
func (d deed) fields() []look.Field {
	outcome := look.Field{Label: "outcome", Value: d.outcome()}
	if d.heeded() {
		outcome.Stress = look.Heeded
	}
	if d.ended == open {
		outcome.Value = "not recorded: it is under way, or the program or the machine ended before. Nobody knows then what became of it."
	}
	who := d.User
	if d.SSHClient != "" {
		who += " from " + d.SSHClient
	}
	var fields []look.Field
	for _, f := range []look.Field{
		{Label: "to", Value: d.object(), Stress: look.Strong},
		outcome,
		{Label: "set", Value: d.Set.Words()},
		{Label: "said", Value: d.end.Words},
		{Label: "later", Value: d.seen()},
		{Label: "who", Value: who},
		{Label: "when", Value: d.Time.UTC().Format("2006-01-02 15:04:05 UTC")},
		{Label: "reason", Value: d.Reason},
		{Label: "plan", Value: d.Plan},
		{Label: "system", Value: strings.TrimSuffix(d.System+", "+d.Host, ", ")},
		{Label: "requests", Value: strings.Join(d.end.Requests, ", ")},
		{Label: "machine", Value: d.Machine},
		{Label: "lines", Value: d.lines()},
	} {
		if f.Value != "" {
			fields = append(fields, f)
		}
	}
	return fields
}

// seen is what looks have found of it, the last one first.
func (d deed) seen() string {
	var said []string
	for _, e := range slices.Backward(d.later) {
		words := e.Time.UTC().Format("2006-01-02 15:04:05 UTC") + ": " + e.Found
		if e.Words != "" {
			words += ": " + e.Words
		}
		said = append(said, look.Stopped(words))
	}
	return strings.Join(said, " ")
}

// lines are the numbers of its lines in the record.
func (d deed) lines() string {
	if d.ended == closed && d.end.Number != d.Number {
		return strconv.FormatInt(d.Number, 10) + " and " + strconv.FormatInt(d.end.Number, 10)
	}
	return strconv.FormatInt(d.Number, 10)
}
