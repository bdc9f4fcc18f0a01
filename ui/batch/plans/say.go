package plans

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// fact is something about a plan: what it is called, and what it is.
type fact struct{ name, value string }

// sayFacts writes a fact a line: for a person in two columns, and with a tab between for a program.
func sayFacts(w batch.World, facts []fact) error {
	to, flush := tabbed(w)
	for _, f := range facts {
		if _, err := fmt.Fprintf(to, "%s\t%s\n", f.name, f.value); err != nil {
			return err
		}
	}
	return flush()
}

// tabbed has tabs be columns where a terminal shows them.
func tabbed(w batch.World) (to io.Writer, flush func() error) {
	if !w.Shown() {
		return w.Stdout, func() error { return nil }
	}
	table := tabwriter.NewWriter(w.Stdout, 0, 4, 2, ' ', 0)
	return table, table.Flush
}

// sayPlan says what a plan is, and where.
func sayPlan(s batch.Session, p *plan.Plan, path string) error {
	c := p.Count()
	facts := []fact{{"id", p.ID}, {"action", p.Action.String()}}
	if path != "" {
		facts = append([]fact{{"path", model.Clean(path).String()}}, facts...)
	}
	if p.Action == model.Edit {
		facts = append(facts, fact{"expires", p.Set.Expires.Word()})
	}
	facts = append(facts, fact{"lines", fmt.Sprint(c.Lines)}, fact{"to send", fmt.Sprint(c.Sent)}, fact{"cannot", fmt.Sprint(c.Cannot)}, fact{"grave", fmt.Sprint(c.Grave)})
	d := documentOf(p, path)
	for _, r := range plan.Risks() {
		if d.Risks[r] > 0 {
			facts = append(facts, fact{"risk " + string(r), fmt.Sprint(d.Risks[r])})
		}
	}
	for _, why := range reasons(p) {
		s.Say("cannot: %s", why)
	}
	return sayFacts(s.World, facts)
}

// reasons are why lines cannot be sent, those of most lines first, with how many these are.
func reasons(p *plan.Plan) []string {
	const few = 5
	counted := map[string]int{}
	var said []string
	for i := range p.Lines {
		why := p.Lines[i].Cannot
		if why == "" {
			continue
		}
		if counted[why]++; counted[why] == 1 {
			said = append(said, why)
		}
	}
	slices.SortStableFunc(said, func(a, b string) int { return counted[b] - counted[a] })
	more := len(said) - few
	said = said[:min(few, len(said))]
	for i, why := range said {
		said[i] = fmt.Sprintf("%d: %s", counted[why], model.Clean(why))
	}
	if more > 0 {
		said = append(said, fmt.Sprintf("and %d other reasons", more))
	}
	return said
}

// called is a line in a sentence: its number, and which token it is of.
func called(l *plan.Line, i int) string {
	name, id := l.Token.Name.String(), model.Clean(l.Token.ID).String()
	if name == "" || name == "#"+id {
		name = id
	}
	words := fmt.Sprintf("line %d, %s", i+1, name)
	if owner := l.Token.Owner.Username.String(); owner != "" {
		words += " of " + owner
	}
	return words + " in " + l.System
}

// endWords is how a line ended, in words.
func endWords(end plan.End) string {
	return strings.TrimSuffix(end.Outcome.Words()+": "+end.Told(), ": ")
}
