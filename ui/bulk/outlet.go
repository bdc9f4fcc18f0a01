package bulk

import (
	"errors"
	"iter"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// delivery is where the new keys of a plan go, as it was chosen before the first call.
type delivery struct {
	plan.Outlet

	path string // of the file, for a way that has one
}

const wayField, pathField = "way", "path"

// askOutlet asks where the new keys go.
func (s *sheet) askOutlet(which plan.Which) (order.Modal, tea.Cmd) {
	ways := s.Plans.Outlets(s.plan)
	f := pathForm{
		title: "A file for the new keys", last: "go on",
		says: []string{"The new keys of the plan go to it as they come, an object a line. It must not be there yet, and is yours alone."},
	}
	path := model.Field{Key: pathField, Label: "file", Value: "~/authdeck-keys-" + s.now().Format(time.DateOnly) + ".jsonl", Help: homeHelp}
	f.fields = []model.Field{path}
	if len(ways) > 1 {
		f.title, f.says = "Where do the new keys go?", said(ways)
		path.Idle = func(values map[string]string) string {
			if plan.Way(values[wayField]).HasFile() {
				return ""
			}
			return "the keys go to no file"
		}
		f.fields = []model.Field{{Key: wayField, Label: "new keys", Kind: model.AskChoice, Value: string(ways[0].Way), Choices: choices(ways)}, path}
	}
	f.check = func(values map[string]string) checking { return chosenOf(ways, values).Check }
	f.then = func(values map[string]string) (order.Modal, tea.Cmd) {
		return s.deliver(which, delivery{Outlet: chosenOf(ways, values), path: values[pathField]})
	}
	return s.askPath(f)
}

// chosenOf is the way that was chosen.
func chosenOf(ways []plan.Outlet, values map[string]string) plan.Outlet {
	for _, w := range ways {
		if string(w.Way) == values[wayField] {
			return w
		}
	}
	return ways[0]
}

const homeHelp = "~/ is your home."

// choices are the ways in a few words each.
func choices(ways []plan.Outlet) []model.Choice {
	all := make([]model.Choice, len(ways))
	for i, w := range ways {
		all[i] = model.Choice{Value: string(w.Way), Label: map[plan.Way]string{
			plan.InFile: "in clear", plan.Sealed: "sealed to " + w.Says, plan.ByCommand: "to a command, one by one",
		}[w.Way]}
	}
	return all
}

// said is what there is to know of the ways before one is chosen.
func said(ways []plan.Outlet) []string {
	says := []string{"A file has an object a line. It must not be there yet, and is yours alone."}
	for _, w := range ways {
		switch w.Way {
		case plan.Sealed:
			says = append(says, "Sealed, no key is on the disk in clear.")
		case plan.ByCommand:
			says = append(says, "The command has the key on its standard input: "+model.Clean(w.Says).String())
		case plan.InFile, plan.InPipe:
		}
	}
	return says
}

// deliver goes on with what was chosen, unless nothing would come of it.
func (s *sheet) deliver(which plan.Which, to delivery) (order.Modal, tea.Cmd) {
	n, _, why := s.fit(which, to)
	if n == 0 {
		s.Warn("Nothing is sent: the command can be told of no token of these; of one, " + look.Stopped(why))
		return s, nil
	}
	return s.ready(which, n, to)
}

// fit is how many of the lines have a key that would be taken, how many have not, and why one
// has not.
func (s *sheet) fit(which plan.Which, to delivery) (n, out int, why string) {
	for l := range s.chosen(which) {
		if no := to.unfit(l); no != "" {
			out, why = out+1, no
			continue
		}
		n++
	}
	return n, out, why
}

// going are the lines that are sent: those whose key would be taken.
func (s *sheet) going(which plan.Which, to delivery) iter.Seq[*plan.Line] {
	return func(yield func(*plan.Line) bool) {
		for l := range s.chosen(which) {
			if to.unfit(l) == "" && !yield(l) {
				return
			}
		}
	}
}

func (d delivery) unfit(l *plan.Line) string {
	if d.Unfit == nil {
		return ""
	}
	return d.Unfit(l)
}

// delivered is where the keys go, as facts; none where none come.
func (s *sheet) delivered(which plan.Which, to delivery) []look.Field {
	path := model.Clean(to.path).String()
	switch to.Way {
	case plan.InFile:
		return []look.Field{{Label: "keys go to", Value: path}}
	case plan.Sealed:
		return []look.Field{{Label: "keys go to", Value: path + ", sealed to " + to.Says}}
	case plan.ByCommand:
		facts := []look.Field{{Label: "keys go to", Value: model.Clean(to.Says).String()}}
		if _, out, why := s.fit(which, to); out > 0 {
			facts = append(facts, look.Field{Label: "left out", Value: look.Plural(out, "line") + "; of one, " + model.Clean(why).String()})
		}
		return facts
	case plan.InPipe: // of a command alone
	}
	return nil
}

// whereOf is where the key of a line is, where its words do not say it.
func whereOf(end plan.End) string {
	if end.Key == (plan.Place{}) || end.Apart() {
		return ""
	}
	if !end.Key.Way.HasFile() {
		return "; its new key was " + end.Key.String()
	}
	return "; its new key is " + end.Key.String()
}

// conclude says how the plan ended, and what of its keys wants a look.
func (s *sheet) conclude() {
	j := s.at
	if j.away != nil {
		j.why = look.Stopped(model.Clean(j.away.Error()).String())
		s.Warn(look.Capital(j.why))
		return
	}
	s.Say(s.sum())
	if j.apart {
		s.Warn("The file for keys took no more: each new key that it lacks is in a file of its own, which its line tells.")
	}
	if s.waits > 0 {
		s.Warn(model.NotHandedOver(s.waits) + ". The lines say why, and :keys shows what waits.")
	}
}

// rescue has a key that the file for keys did not take put into one of its own; nil where no key
// is to be on the disk in clear.
func (s *sheet) rescue(to delivery) plan.Rescue {
	if to.Way != plan.InFile {
		return nil
	}
	keep, now := s.Keep, s.Clock.Now
	return func(l *plan.Line, issued model.Issued) (string, error) {
		return keep("", model.KeyFile(l.System, issued.Of(l.Token), now(), model.WrittenKey), issued.Key)
	}
}

// heft is where a line stands among the others: one whose key is not where it was to go, above all.
func (s *sheet) heft(weight map[plan.Outcome]int, line int) int {
	if s.ends[line].NotHandedOver() || s.ends[line].Apart() {
		return -1
	}
	return weight[s.ends[line].Outcome]
}

// waiting is how many keys wait for somebody.
func waiting(ends []plan.End) (n int) {
	for _, end := range ends {
		if end.NotHandedOver() {
			n++
		}
	}
	return n
}

// errClear is why a key is written to no file that is not sealed.
var errClear = errors.New("the keys of this plan are to be on no disk in clear")

// counter is the desk at which a key is shown that nothing took: where keys are sealed, it is
// written to no file in clear.
func (s *sheet) counter() *order.Desk {
	if s.at.to.Way != plan.Sealed {
		return s.Desk
	}
	d := *s.Desk
	d.Keep = func(string, string, model.Secret) (string, error) { return "", errClear }
	return &d
}
