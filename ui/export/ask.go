package export

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/form"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// Source is what is to be written.
type Source struct {
	API   model.API
	Rows  model.Rows
	Query model.Query
	Total int    // rows, or model.Uncounted
	Says  string // what the list is narrowed to, in words; empty for nothing

	Doubts []string // what to know of its rows that is not in them, a sentence each

	Lacks []string // what the list lacks though it was asked for, a sentence each
}

const (
	formatKey = "format"
	pathKey   = "path"
)

// ask asks how and where to.
type ask struct {
	order.Base
	*order.Desk
	Source
	given   string // the path that the form begins with, without its ending
	form    *form.Model
	without []lack
}

// Ask begins the conversation.
func Ask(d *order.Desk, s Source) (order.Modal, tea.Cmd) { return newAsk(d, s, model.CSV, ""), nil }

// newAsk asks about a format and a file; an empty path is one that it makes up.
func newAsk(d *order.Desk, s Source, format model.Format, path string) *ask {
	a := &ask{Desk: d, Source: s}
	a.given = fmt.Sprintf("~/authdeck-%s-%s-%s", look.FileWord(s.API.Info().Name), strings.ReplaceAll(a.rows(), " ", "-"), d.Clock.Now().Format(time.DateOnly))
	var choices []model.Choice
	for _, f := range model.Formats() {
		choices = append(choices, model.Choice{Value: string(f), Label: label(f)})
	}
	a.form = form.New(d.Styles, d.Keys, d.Clock.Now, []model.Field{
		{Key: formatKey, Label: "format", Kind: model.AskChoice, Value: string(format), Choices: choices},
		{Key: pathKey, Label: "file", Value: cmp.Or(path, a.given+"."+string(format)), Help: "~/ is your home. The ending goes with the format."},
	})
	a.form.Last("write it")
	return a
}

// label is what a person reads of a format.
func label(f model.Format) string {
	return map[model.Format]string{
		model.CSV: "CSV, for a spreadsheet", model.JSON: "JSON, one array", model.JSONL: "JSONL, an object a line",
	}[f]
}

// Update implements [order.Modal].
func (a *ask) Update(msg tea.Msg) (order.Modal, tea.Cmd) {
	press, ok := msg.(tea.KeyMsg)
	switch {
	case !ok:
	case press.Type == tea.KeyEsc:
		a.Say("Nothing was written.")
		return nil, nil
	case a.form.Press(press):
		return a.write(false)
	}
	return a, nil
}

// job is what was filled in.
func (a *ask) job() model.Export {
	values := a.form.Values()
	e := model.Export{Rows: a.Rows, Format: model.Format(values[formatKey]), Path: a.path(), Query: a.Query}
	e.Query.Without = a.names()
	return e
}

// path is where to; the ending goes with the format as long as nobody has typed another path.
func (a *ask) path() string {
	values := a.form.Values()
	path := strings.TrimSpace(values[pathKey])
	if strings.TrimSuffix(path, filepath.Ext(path)) == a.given {
		path = a.given + "." + values[formatKey]
	}
	return a.marked(path)
}

// View implements [order.Modal].
func (a *ask) View(width, height int, _ order.Readiness) look.Box {
	return a.form.View(&a.Scroller, "Export the "+a.rows()+" of "+a.API.Info().Name, a.says(), width, height)
}

// says is what the file will be. What must not be missed comes first: a low window has room for
// little more.
func (a *ask) says() []string {
	const keyless = "No key is in the file."
	where := "It goes to " + model.Clean(a.path()).String() + "."
	if len(a.Lacks) == 0 {
		return append([]string{keyless + " " + a.what(), where}, a.Doubts...)
	}
	lacks := strings.Join(a.Lacks, " ") + " It is asked again, and as long as it fails nothing is written without your word."
	return append([]string{keyless, lacks, a.what(), where}, a.Doubts...)
}

// rows are what is written, in a word or two that stand in the name of the file as well: who
// opens it later must not take what cannot be told for what was found.
func (a *ask) rows() string {
	if a.Query.Untold {
		return "untold " + string(a.Rows)
	}
	return string(a.Rows)
}

// what says which rows are written.
func (a *ask) what() string {
	if a.Query.Untold {
		return "Those are written of which it cannot be told whether they are " + a.Says + ", and not the page alone" + a.most() + "."
	}
	words := "All rows of the list are written, and not the page alone" + a.most()
	if a.Says != "" {
		words += ", narrowed to " + a.Says
	}
	return words + "."
}

// most is how many rows that can be.
func (a *ask) most() string {
	if a.Total == model.Uncounted {
		return ""
	}
	return ": " + look.Thousands(a.Total) + " at most"
}

// Help implements [order.Modal].
func (a *ask) Help() []key.Binding { return a.form.Help() }

// Ready implements [order.Modal]: what is typed writes nothing yet.
func (*ask) Ready() order.Readiness { return order.Armed }

// Focus implements [order.Modal].
func (*ask) Focus() order.Focus { return order.Typing }

// Commits implements [order.Modal].
func (*ask) Commits(tea.KeyMsg) bool { return false }

// again is the form as it was left: for the whole list.
func (a *ask) again(from *look.Scroller) order.Modal {
	a.form.Again()
	a.without = nil
	a.Scroller = from.Succeeded()
	return a
}
