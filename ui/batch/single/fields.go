package single

import (
	"fmt"
	"text/tabwriter"

	"authdeck/model"
	"authdeck/ui/batch"
)

// asked is a field of a form, for programs.
type asked struct {
	Key      string   `json:"key"`
	Label    string   `json:"label"`
	Asks     string   `json:"asks"` // text, user, secret, choice, choices, yes-no or time
	Required bool     `json:"required"`
	Value    string   `json:"value"` // what it begins with
	Choices  []option `json:"choices"`
	Help     string   `json:"help"`
	Idle     string   `json:"idle"` // why it does not count beside what the others begin with
}

// option is one of the values that a field takes.
type option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// kindOf is what a field asks for, in a word.
func kindOf(f model.Field) string {
	return map[model.FieldKind]string{
		model.AskText: "text", model.AskUser: "user", model.AskSecret: "secret", model.AskChoice: "choice",
		model.AskChoices: "choices", model.AskYesNo: "yes-no", model.AskTime: "time",
	}[f.Kind]
}

// listFields lists what can be said by --set.
func (d *deed) listFields() error {
	first := d.first()
	all := make([]asked, 0, len(d.form.Fields))
	for _, f := range d.form.Fields {
		one := asked{
			Key: f.Key, Label: model.Clean(f.Label).String(), Asks: kindOf(f), Required: !f.Optional && f.Value == "" && f.Idles(first) == "",
			Value: model.Clean(f.Value).String(), Choices: []option{}, Help: model.Clean(f.Help).String(), Idle: model.Clean(f.Idles(first)).String(),
		}
		for _, c := range f.Choices {
			one.Choices = append(one.Choices, option{c.Value, model.Clean(c.Label).String()})
		}
		all = append(all, one)
	}
	if d.json {
		return batch.Fail(batch.Document(d.Stdout, "fields", struct {
			System string  `json:"system"`
			Action string  `json:"action"`
			Fields []asked `json:"fields"`
		}{d.info.Name, d.order.Action.String(), all}))
	}
	w := tabwriter.NewWriter(d.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "KEY\tASKS\tREQUIRED\tVALUE\tCHOICES\tHELP")
	for i, one := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", one.Key, one.Asks, map[bool]string{true: "yes", false: "no"}[one.Required], one.Value, choices(d.form.Fields[i]), one.Help)
	}
	return batch.Fail(w.Flush())
}
