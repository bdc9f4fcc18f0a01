package plan

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"authdeck/model"
)

// Expiry is what a plan is called that gives tokens another end.
const Expiry = "expiry"

// Called is what a plan of an action is called where it is typed.
func Called(a model.Action) string {
	if a == model.Edit {
		return Expiry
	}
	return a.String()
}

// Question is what a person is asked before lines are sent.
type Question struct {
	Lines  int
	Grave  string // what of them is grave, in a sentence; empty for nothing
	Phrase string // what has to be typed for a yes; empty where y is enough
}

// Asked is what is asked of lines that are to be sent: the question grows with the risk. One that
// is harmless takes a y, several their count, and where a risk is grave it is the name of the one,
// or the action with the count.
func Asked(a model.Action, lines iter.Seq[*Line]) Question {
	var q Question
	var one *Line
	counted := map[Risk]int{}
	for l := range lines {
		one = l
		q.Lines++
		for _, r := range l.Risks {
			counted[r]++
		}
	}
	q.Grave = gravest(counted)
	switch {
	case q.Grave != "" && q.Lines == 1:
		q.Phrase = model.Typable(one.Token.Name, one.Token.ID)
	case q.Grave != "":
		q.Phrase = fmt.Sprintf("%s %d", Called(a), q.Lines)
	case q.Lines > 1:
		q.Phrase = strconv.Itoa(q.Lines)
	}
	return q
}

// gravest is what of the risks is grave, in a sentence.
func gravest(counted map[Risk]int) string {
	var words []string
	for _, r := range Risks() {
		if counted[r] > 0 && r.Grave() {
			words = append(words, fmt.Sprintf("%s %d", r.Words(), counted[r]))
		}
	}
	if len(words) == 0 {
		return ""
	}
	return "A second look is due: " + strings.Join(words, ", ") + "."
}

// Commonest are the sentences that are true of most lines, as many as somebody reads, and how many
// more there are.
func Commonest(lines iter.Seq[*Line]) (said []string, more int) {
	const few = 3
	counted := map[string]int{}
	for l := range lines {
		for _, one := range l.Says {
			if counted[one]++; counted[one] == 1 {
				said = append(said, one)
			}
		}
	}
	slices.SortStableFunc(said, func(a, b string) int { return counted[b] - counted[a] })
	if more = len(said) - few; more > 0 {
		return said[:few], more
	}
	return said, 0
}

// BySystem says how many of the lines are of which system.
func BySystem(lines iter.Seq[*Line]) string {
	var names []string
	counted := map[string]int{}
	for l := range lines {
		if counted[l.System]++; counted[l.System] == 1 {
			names = append(names, l.System)
		}
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%s %d", name, counted[name])
	}
	return strings.Join(names, ", ")
}
