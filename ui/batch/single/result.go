package single

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"authdeck/model"
	"authdeck/ui/batch"
)

// outcome is what came of an order.
type outcome struct {
	*deed
	issued model.Issued
	err    error
	found  model.Finding
	key    *where // of a new one; nil where none came
	unkept error  // why it is not there where it was to go
}

// said is what a document says of what was done with a token, or would be.
type said struct {
	System  string            `json:"system"`
	Action  string            `json:"action"`
	Outcome string            `json:"outcome"`
	Token   json.RawMessage   `json:"token"`
	Values  map[string]string `json:"values,omitempty"`
	Says    []string          `json:"says,omitempty"`
	Notes   []string          `json:"notes,omitempty"`
	Key     *where            `json:"key,omitempty"`
	Danger  *bool             `json:"danger,omitempty"`
	Phrase  string            `json:"phrase,omitempty"`
	Reason  string            `json:"reason,omitempty"`
}

// kindDone is the kind of a document about an order.
const kindDone = "action"

// notSent is the outcome of an order that was only to be shown.
const notSent = "not sent"

// tell says what came of it: the result to the output, and what is amiss with the error.
func (o *outcome) tell() error {
	word, code := "done", batch.Done
	var amiss []error
	if o.err != nil {
		word, code = model.KindOf(o.err).String(), batch.Partly
		amiss = append(amiss, o.err, errors.New(o.aftermath()))
	}
	if o.unkept != nil {
		code, amiss = batch.Partly, append(amiss, o.unkept)
	}
	if err := o.write(word); err != nil {
		code, amiss = batch.Partly, append(amiss, fmt.Errorf("this was done, and the output did not take what there is to say of it: %w", err))
	}
	if code == batch.Done {
		return nil
	}
	return batch.End(code, errors.Join(amiss...))
}

// aftermath is what is known of an order that did not simply succeed, and how to look.
func (o *outcome) aftermath() string {
	id, look := model.Clean(o.order.Token.ID).String(), "authdeck tokens --system "+model.ShellWord(o.info.Name)
	if o.found.Token.ID != "" {
		id = model.Clean(o.found.Token.ID).String()
	}
	if id != "" {
		look = "authdeck token show " + model.ShellWord(o.info.Name) + " " + model.ShellWord(id)
	}
	return o.known() + ". It is not sent a second time; to look: " + look
}

// known is what was seen of it since.
func (o *outcome) known() string {
	words := map[model.End]string{
		model.Untold:  "what can be read does not tell",
		model.Unseen:  "nothing shows of it; the system may still be at it",
		model.Visible: "it shows: this did it, or somebody else in this moment",
	}[o.found.End]
	if model.KindOf(o.err) == model.Partial {
		words = "one part is done, the other is not"
	}
	if more := model.Clean(o.found.Words).String(); more != "" {
		words += ". " + strings.TrimSuffix(more, ".")
	}
	if o.order.Action.MakesKey() && o.key == nil {
		words += ". If it happened, its new key did not come"
	}
	return words
}

// token is the token after it.
func (o *outcome) token() model.Token {
	t := o.issued.Of(o.order.Token)
	if t.ID == "" {
		t = o.found.Token
	}
	return t
}

// write writes the result.
func (o *outcome) write(word string) error {
	t := o.token()
	row, err := o.row(&t)
	if err != nil {
		return err
	}
	notes := make([]string, 0, len(o.issued.Notes))
	for _, note := range o.issued.Notes {
		notes = append(notes, model.Clean(note).String())
	}
	doc := said{System: o.info.Name, Action: o.order.Action.String(), Outcome: word, Token: row, Notes: notes, Key: o.key, Reason: o.order.Reason.String()}
	if o.json {
		if o.err != nil { // a person is told it with the error
			doc.Notes = append(doc.Notes, o.known()+".")
		}
		return batch.Document(o.Stdout, kindDone, doc)
	}
	lines := [][2]string{{"action", doc.Action}, {"outcome", word}}
	if o.key != nil {
		lines = append(lines, [2]string{"key", o.key.words()})
	}
	for _, note := range notes {
		lines = append(lines, [2]string{"note", note})
	}
	lines = append(lines, cells(row)...)
	if !o.taking.Fills {
		return table(o.Stdout, lines)
	}
	var aside strings.Builder // the output is the key's
	err = table(&aside, lines)
	o.Say("%s", aside.String())
	return err
}

// words are where a key is.
func (w *where) words() string {
	switch w.Way {
	case "pipe":
		return "on the standard output"
	case "age":
		return "on the standard output, sealed"
	case "command":
		return "taken by " + w.At
	case "undelivered":
		return "kept sealed: authdeck keys take " + w.Take
	case "lost":
		return "lost"
	}
	return w.At
}

// row is a token as a list has it; null where there is none.
func (d *deed) row(t *model.Token) (json.RawMessage, error) {
	if t.ID == "" {
		return json.RawMessage("null"), nil
	}
	return d.TokenRow(d.api)(t)
}

// show shows the token.
func (d *deed) show() error {
	row, err := d.row(&d.order.Token)
	if err != nil {
		return batch.Fail(err)
	}
	if d.json {
		return batch.Fail(batch.Document(d.Stdout, "token", row))
	}
	return batch.Fail(table(d.Stdout, cells(row)))
}

// planned says what would be sent, and what the system says of that.
func (d *deed) planned() error {
	row, err := d.row(&d.order.Token)
	if err != nil {
		return batch.Fail(err)
	}
	phrase, _ := d.order.Phrase(d.info)
	if d.json {
		return batch.Fail(batch.Document(d.Stdout, kindDone, said{
			System: d.info.Name, Action: d.order.Action.String(), Outcome: notSent, Token: row, Values: d.order.Values, Says: d.says(),
			Danger: &d.form.Danger, Phrase: phrase, Reason: d.order.Reason.String(),
		}))
	}
	lines := [][2]string{{"would", d.order.Wording().Ask}}
	for _, one := range d.says() {
		lines = append(lines, [2]string{"says", one})
	}
	if phrase != "" {
		lines = append(lines, [2]string{"to be typed", phrase})
	}
	return batch.Fail(table(d.Stdout, append(lines, d.facts()...)))
}

// cells are what stands in a row, in its order; what is empty is left out.
func cells(row json.RawMessage) (lines [][2]string) {
	d := json.NewDecoder(bytes.NewReader(row))
	if first, err := d.Token(); err != nil || first != json.Delim('{') {
		return nil
	}
	for d.More() {
		name, _ := d.Token()
		var value any
		if d.Decode(&value) != nil {
			return lines
		}
		words, _ := value.(string)
		if all, is := value.([]any); is {
			words = strings.Trim(fmt.Sprint(all), "[]")
		}
		if words != "" {
			lines = append(lines, [2]string{fmt.Sprint(name), words})
		}
	}
	return lines
}

// table writes labels and values, a line each.
func table(to io.Writer, lines [][2]string) error {
	w := tabwriter.NewWriter(to, 0, 4, 2, ' ', 0)
	for _, l := range lines {
		fmt.Fprintf(w, "%s\t%s\n", l[0], l[1])
	}
	return w.Flush()
}
