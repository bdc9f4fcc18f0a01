package activity

import (
	"strconv"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/model/traffic"
	"authdeck/ui/list"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// noAnswer is the status of what was not answered.
const noAnswer = "no answer"

func askedOf(d *order.Desk) *section[traffic.Exchange] {
	st := d.Styles
	failed := func(e traffic.Exchange) (lipgloss.Style, bool) {
		if e.End == traffic.Failed {
			return st.Warn, true
		}
		return st.Faint, true
	}
	return &section[traffic.Exchange]{says: askedWords, list: list.New(list.Options[traffic.Exchange]{
		Columns: []list.Column[traffic.Exchange]{
			{Title: "time", Max: 14, Cell: func(e traffic.Exchange) string { return clock(e.At, d.Clock.Now()) }},
			{Title: "system", Max: 16, Rank: 3, Cell: func(e traffic.Exchange) string { return e.System }},
			{Title: "request", Max: 64, Least: 12, Cell: request},
			{Title: "for", Max: 12, Rank: 4, Cell: traffic.Exchange.Purpose},
			{Title: "status", Max: 6, Rank: 2, Cell: code, Style: failed},
			{Title: "took", Max: 10, Rank: 5, Cell: func(e traffic.Exchange) string { return look.Milliseconds(e.Took) }},
			{Title: "outcome", Max: 14, Cell: traffic.Exchange.Outcome, Style: failed},
		},
		Key:    func(e traffic.Exchange) string { return strconv.FormatInt(e.Number, 10) },
		Clock:  d.Clock,
		Styles: st.List(),
	})}
}

// clock is a time of today, or a day and a time.
func clock(at, now time.Time) string {
	if at.UTC().Format(time.DateOnly) == now.UTC().Format(time.DateOnly) {
		return at.UTC().Format(time.TimeOnly)
	}
	return at.UTC().Format("01-02 15:04:05")
}

func request(e traffic.Exchange) string { return e.Method + " " + e.Path }

// code is the status in a narrow column; the outcome says in words what was made of it.
func code(e traffic.Exchange) string {
	if e.Status == 0 {
		return "none"
	}
	return strconv.Itoa(e.Status)
}

func status(e traffic.Exchange) string {
	if e.Status == 0 {
		return noAnswer
	}
	return strings.TrimSpace(code(e) + " " + e.Words)
}

// askedWords are what words are looked for in.
func askedWords(e traffic.Exchange) []string {
	return []string{e.System, request(e), status(e), e.Outcome(), e.Purpose()}
}

// fieldsOf are the details of a request.
func fieldsOf(e traffic.Exchange) []look.Field {
	outcome := look.Field{Label: "outcome", Value: e.Outcome()}
	if e.End == traffic.Failed {
		outcome.Stress = look.Heeded
	}
	fields := []look.Field{
		{Label: "request", Value: request(e), Stress: look.Strong},
		{Label: "system", Value: e.System + ", " + e.Base},
		{Label: "for", Value: purpose(e)},
		{Label: "status", Value: status(e)},
		outcome,
		{Label: "begun", Value: e.At.UTC().Format("2006-01-02 15:04:05.000 UTC") + ", took " + look.Milliseconds(e.Took)},
	}
	if e.Tries > 1 {
		fields = append(fields, look.Field{Label: "sent", Value: strconv.Itoa(e.Tries) + " times: a read that fails is made once more"})
	}
	return fields
}

// purpose is what it was for in more words.
func purpose(e traffic.Exchange) string {
	switch {
	case e.Sort == traffic.SignIn:
		return "signing in"
	case e.Sort == traffic.Write && e.Action != model.Nothing:
		return e.Purpose() + ": the write itself"
	case e.Action != model.Nothing:
		return e.Purpose() + ": a question before or after the write"
	case e.Sort == traffic.Write:
		return "a write that no order asked for"
	}
	return "reading"
}
