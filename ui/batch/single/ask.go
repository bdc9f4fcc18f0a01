package single

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"authdeck/model"
	"authdeck/ui/batch"
)

// errLeft is the end of a command to which somebody said no.
func errLeft() error { return batch.End(batch.Failed, errors.New("nothing was done")) }

// ask asks the last question, unless it was answered on the command line. Nothing but the answer
// that is asked for is a yes.
func (d *deed) ask(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return &model.Error{Kind: model.Cancelled, Cause: err}
	}
	if d.assented() {
		for _, one := range d.says() {
			d.Say("%s", one)
		}
		return nil
	}
	fmt.Fprintln(d.Stderr, capital(d.order.Wording().Ask)+"?")
	for _, one := range d.says() {
		fmt.Fprintln(d.Stderr, "  "+one)
	}
	for _, f := range d.facts() {
		fmt.Fprintf(d.Stderr, "  %-14s %s\n", f[0], f[1])
	}
	phrase, why := d.order.Phrase(d.info)
	if phrase != "" {
		typed, err := d.Ask(ctx, why+" To go on, type "+phrase+": ")
		if err == nil && !model.Agrees(typed, phrase) {
			err = errLeft()
		}
		return err
	}
	typed, err := d.Ask(ctx, "Yes? [y/N] ")
	if word := strings.ToLower(typed); err == nil && word != "y" && word != "yes" {
		err = errLeft()
	}
	return err
}

// facts are what the question is about, a label and a value each.
func (d *deed) facts() (facts [][2]string) {
	add := func(label, value string) {
		if value != "" {
			facts = append(facts, [2]string{label, value})
		}
	}
	if u := d.order.Owner; u.ID != "" {
		add("owner", u.Username.Marked()+", number "+model.Clean(u.ID).String())
	}
	for _, f := range d.form.Fields {
		if value, counts := d.order.Values[f.Key]; counts {
			add(f.Label, orNone(value))
		}
	}
	if d.action.AboutOne() {
		d.about(add)
	}
	if d.action.MakesKey() {
		add("the key goes", d.taking.Says)
	}
	add("system", d.info.Name+", "+d.info.Kind+" at "+d.info.Host+map[bool]string{true: ", PRODUCTION"}[d.info.Production])
	add("reason", d.order.Reason.String())
	return facts
}

// about are those of the token as it is.
func (d *deed) about(add func(label, value string)) {
	t := d.order.Token
	add("id", model.Clean(t.ID).String())
	if t.Own {
		add("used here", "authdeck itself signs in with this token")
	}
	for _, one := range []struct {
		label string
		text  model.Text
	}{{"kind", t.Kind}, {"application", t.App}, {"description", t.Description}, {"scope", t.Scope}} {
		if !one.text.Empty() {
			add(one.label, one.text.Marked())
		}
	}
	add("expires", whenWord(t.Expires))
	add("last used", whenWord(t.LastUsed))
}

func orNone(value string) string {
	if value == "" {
		return "none"
	}
	return model.Clean(value).Marked()
}

// capital begins a text with a capital letter.
func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}

// whenWord is a moment, or the word in its place.
func whenWord(w model.When) string {
	if at, known := w.Time(); known {
		return at.Format("2006-01-02T15:04:05Z")
	}
	return map[model.Knowledge]string{model.Unknown: "unknown", model.Never: model.NeverWord, model.NotApplicable: "n/a"}[w.Knowledge()]
}
