package inventory

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"authdeck/model"
)

const (
	nobody = "nobody known"
	empty  = "(empty)"
)

// Text writes a diff for people.
func (d *Diff) Text(to io.Writer) error {
	w := bufio.NewWriter(to)
	fmt.Fprintf(w, "old: %s\nnew: %s\n", d.Old, d.New)
	for i := range d.Systems {
		d.Systems[i].text(w)
	}
	fmt.Fprintf(w, "\n%s\n", d.Counts)
	return w.Flush()
}

// String is when, by whom and where an inventory was made.
func (s Side) String() string {
	return fmt.Sprintf("%s by %s on %s, %s, hash %s", s.Made, s.By, s.Machine, tokens(s.Tokens), s.Hash)
}

// String are the counts that there are, in words.
func (c Counts) String() string {
	var said []string
	for _, part := range []struct {
		n     int
		words string
	}{
		{c.Came, "came"}, {c.Went, "went"}, {c.Changed, "changed"}, {c.Used, "used and nothing else"}, {c.Unknown, "of which nobody knows"}, {c.Same, "the same"},
	} {
		if part.n > 0 {
			said = append(said, fmt.Sprintf("%d %s", part.n, part.words))
		}
	}
	if len(said) == 0 {
		return "no token could be compared"
	}
	return strings.Join(said, ", ")
}

func tokens(n int) string {
	if n == 1 {
		return "1 token"
	}
	return fmt.Sprintf("%d tokens", n)
}

func (s *SystemDiff) text(w io.Writer) {
	fmt.Fprintf(w, "\n%s (%s): %d in the old inventory, %d in the new one\n", s.System, s.Kind, s.OldTokens, s.NewTokens)
	for _, note := range s.Notes {
		fmt.Fprintf(w, "  note     %s\n", note)
	}
	for i := range s.Came {
		fmt.Fprintf(w, "  came     %s\n", s.Came[i].text())
	}
	for i := range s.Went {
		fmt.Fprintf(w, "  went     %s\n", s.Went[i].text())
	}
	for i := range s.Changed {
		s.Changed[i].text(w)
	}
	for i := range s.Unknown {
		fmt.Fprintf(w, "  unknown  in the %s one only: %s\n", s.Unknown[i].In, s.Unknown[i].Token.text())
	}
}

// text is a token on one line.
func (t *Token) text() string {
	said := []string{named(t.ID, t.Name) + " of " + short(cmp.Or(t.Owner, t.OwnerID, nobody))}
	if known(t.Kind) {
		said = append(said, short(t.Kind))
	}
	if t.Expires == model.NeverWord {
		return strings.Join(append(said, "never ends"), ", ")
	}
	return strings.Join(append(said, "ends "+t.Expires), ", ")
}

func (c *Changed) text(w io.Writer) {
	fmt.Fprintf(w, "  changed  %s of %s\n", named(c.ID, c.Name), short(cmp.Or(c.Owner, nobody)))
	for _, one := range c.Changes {
		fmt.Fprintf(w, "           %-8s %s: %s → %s\n", one.Class, one.Field, short(cmp.Or(one.From, empty)), short(cmp.Or(one.To, empty)))
	}
}

// named is a token by both of its names, where they are two.
func named(id, name string) string {
	if name == "" || name == id || name == "#"+id {
		return short(id)
	}
	return short(name) + " (" + short(id) + ")"
}

// short is a text as far as it fits into a line; JSON has all of it.
func short(text string) string {
	const most = 80
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most-1]) + "…"
}
