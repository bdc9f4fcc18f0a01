package command

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"authdeck/model/plan"
)

// most is how many sentences a second reader is shown; the others are those of the fewest lines.
const most = 30

// sentence is what systems said of lines: word for word, or alike but for what the lines
// themselves are about.
type sentence struct {
	words  string // of the first line
	alike  string // with OWNER and TOKEN in place of what differs
	differ bool
	lines  []int
}

// saidOf is what the systems said, each sentence once, with the lines of which it is true.
func saidOf(p *plan.Plan) []*sentence {
	var order []*sentence
	of := map[string]*sentence{}
	for i := range p.Lines {
		l := &p.Lines[i]
		for _, words := range l.Says {
			alike := unnamed(words, l)
			s := of[alike]
			if s == nil {
				s = &sentence{words: words, alike: alike}
				of[alike], order = s, append(order, s)
			}
			s.differ = s.differ || s.words != words
			s.lines = append(s.lines, i+1)
		}
	}
	return order
}

// unnamed is a sentence without the names of its line. One with such a word of its own stays.
func unnamed(words string, l *plan.Line) string {
	if strings.Contains(words, "OWNER") || strings.Contains(words, "TOKEN") {
		return words
	}
	names := [][2]string{
		{l.Token.Owner.FullName.String(), "OWNER"},
		{l.Token.Owner.Username.String(), "OWNER"},
		{l.Token.Owner.Email.String(), "OWNER"},
		{l.Token.Name.String(), "TOKEN"},
		{l.Token.ID, "TOKEN"},
	}
	slices.SortStableFunc(names, func(a, b [2]string) int { return cmp.Compare(len(b[0]), len(a[0])) })
	for _, name := range names {
		words = inPlace(words, name[0], name[1])
	}
	return words
}

// inPlace puts a word in the place of a name, where that stands as a word.
func inPlace(words, name, by string) string {
	if name == "" {
		return words
	}
	var done strings.Builder
	for {
		at := strings.Index(words, name)
		if at < 0 {
			return done.String() + words
		}
		before, _ := utf8.DecodeLastRuneInString(words[:at])
		after, _ := utf8.DecodeRuneInString(words[at+len(name):])
		done.WriteString(words[:at])
		if wordy(before) || wordy(after) {
			done.WriteString(name)
		} else {
			done.WriteString(by)
		}
		words = words[at+len(name):]
	}
}

func wordy(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// showSaid writes what the systems said: all of it, or as much as somebody reads.
func showSaid(w *bufio.Writer, p *plan.Plan, all bool) {
	said := saidOf(p)
	kept := map[*sentence]bool{}
	byLines := slices.Clone(said)
	slices.SortStableFunc(byLines, func(a, b *sentence) int { return len(b.lines) - len(a.lines) })
	for i, s := range byLines {
		kept[s] = all || i < most
	}
	for _, s := range said {
		switch {
		case !kept[s]:
		case s.differ:
			fmt.Fprintf(w, "\n%s\n  of the owner and the token of each of %s\n", s.alike, ranges(s.lines))
		default:
			fmt.Fprintf(w, "\n%s\n  %s\n", s.words, ranges(s.lines))
		}
	}
	if more := len(said) - most; more > 0 && !all {
		fmt.Fprintf(w, "\nThere are %d more sentences, of fewer lines; authdeck plan show --all FILE prints them too.\n", more)
	}
}
