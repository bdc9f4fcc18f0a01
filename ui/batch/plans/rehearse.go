package plans

import (
	"fmt"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// rehearse says what would be sent.
func (a *application) rehearse() error {
	would := *a.here
	would.Lines = append([]plan.Line(nil), a.here.Lines...)
	for i := range would.Lines {
		if l := &would.Lines[i]; l.Cannot == "" && a.ends[i].Outcome != a.which.Of() {
			l.Cannot = "it is " + endWords(a.ends[i])
		}
	}
	if a.json {
		return batch.Document(a.Stdout, "plan", documentOf(&would, a.path))
	}
	to, flush := tabbed(a.World)
	for i := range would.Lines {
		l := &would.Lines[i]
		word, why := "send", plan.RiskWords(l.Risks)
		if l.Cannot != "" {
			word, why = "leave", l.Cannot
		}
		_, err := fmt.Fprintf(to, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", i+1, word, l.System, model.Clean(l.Token.ID), l.Token.Name, l.Token.Owner.Username, model.Clean(why))
		if err != nil {
			return batch.Fail(err)
		}
	}
	return batch.Fail(flush())
}
