package inventory

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"authdeck/model"
	"authdeck/model/chain"
)

// Draft is an inventory that is being made. Make it with [Begin]. Its methods are for one
// goroutine at a time.
//
// All tokens are kept until it is written, for the lines have an order that no system's pages
// have, and the first of them says what was read whole. 100,000 tokens are some 60 MB.
type Draft struct {
	head    Head
	systems map[string]*System
	silent  map[string][]string
	tokens  []*Token
	unnamed map[string]int
	words   map[string]string // those that many tokens share, once
}

// Begin begins one. The head says when, where and by whom; of what, the draft knows.
func Begin(head Head) *Draft {
	head.Filter, head.Systems = everything, nil
	clean(head.texts())
	return &Draft{head: head, systems: map[string]*System{}, silent: map[string][]string{}, unnamed: map[string]int{}, words: map[string]string{}}
}

// System says that a system is asked. As long as its reading has not ended, it is not whole.
func (d *Draft) System(info model.Info) {
	d.systems[info.Name] = &System{
		Name: info.Name, Kind: info.Kind, Host: letters(info.Host), Generation: letters(info.Generation),
		As: model.UnknownWord, Why: "it was not read",
	}
	d.silent[info.Name] = info.Silent
}

// Take takes tokens of a system that is asked, as pages bring them.
func (d *Draft) Take(system string, tokens []model.Token) {
	for i := range tokens {
		if tokens[i].ID == "" { // nothing later could be held against it
			d.unnamed[system]++
			continue
		}
		t := tokenOf(system, &tokens[i], d.silent[system])
		for _, shared := range []*string{
			&t.System, &t.Kind, &t.Owner, &t.OwnerID, &t.OwnerName, &t.OwnerEmail, &t.Scope, &t.Managed, &t.Note, &t.App, &t.Description,
		} {
			*shared = d.once(*shared)
		}
		d.tokens = append(d.tokens, &t)
	}
}

// once is a text that is kept once however often it comes.
func (d *Draft) once(text string) string {
	kept, is := d.words[text]
	if !is {
		kept = strings.Clone(text) // what it was cut from is let go
		d.words[kept] = kept
	}
	return kept
}

// Ended says how the reading of a system ended: as whom it was made, what the system said of its
// list, and why it is not whole; nil for one that is.
func (d *Draft) Ended(system, as, note string, err error) {
	s := d.systems[system]
	if s == nil {
		return
	}
	s.As, s.Note, s.Why, s.Whole = cmp.Or(letters(as), model.UnknownWord), letters(note), "", err == nil
	if err != nil {
		s.Why = cmp.Or(model.Reason(err), model.KindOf(err).String())
	}
}

// Sum is what is to be known of an inventory: noted elsewhere, the hash tells whether somebody
// wrote all of it anew.
type Sum struct {
	Head   Head
	Tokens int
	Hash   string // of the last line
}

// Whole reports whether every system was read to its end.
func (s Sum) Whole() bool {
	return !slices.ContainsFunc(s.Head.Systems, func(one System) bool { return !one.Whole })
}

// Write writes the inventory. The lines of tokens are a chain of their own, so that equal tokens
// are equal lines whenever they were read; the last line holds it and the head together.
func (d *Draft) Write(to io.Writer) (Sum, error) {
	d.order()
	w := &writer{to: to}
	head := w.line(line{Head: &d.head})
	prev := ""
	for _, t := range d.tokens {
		prev = w.line(line{Token: t, Prev: prev})
	}
	last := w.line(line{End: &End{len(d.tokens), head}, Prev: prev})
	return Sum{d.head, len(d.tokens), last}, w.err
}

// order puts tokens and systems in the order of the lines, and counts. A token that came twice,
// because a list shifted under the reading, is there once, as it came last.
func (d *Draft) order() {
	slices.SortStableFunc(d.tokens, compare)
	kept := d.tokens[:0]
	for i, t := range d.tokens {
		if i+1 == len(d.tokens) || compare(t, d.tokens[i+1]) != 0 {
			kept = append(kept, t)
		}
	}
	clear(d.tokens[len(kept):])
	d.tokens, d.head.Systems = kept, []System{}
	count := map[string]int{}
	for _, t := range d.tokens {
		count[t.System]++
	}
	for _, s := range d.systems {
		s.Tokens = count[s.Name]
		if n := d.unnamed[s.Name]; n > 0 && s.Whole {
			s.Whole, s.Why = false, fmt.Sprintf("tokens without an identifier are not here: %d", n)
		}
		d.head.Systems = append(d.head.Systems, *s)
	}
	slices.SortFunc(d.head.Systems, func(a, b System) int { return strings.Compare(a.Name, b.Name) })
}

// writer writes lines up to the first error.
type writer struct {
	to     io.Writer
	number int
	err    error
}

// line writes one, and gives its hash.
func (w *writer) line(l line) (hash string) {
	if w.err != nil {
		return ""
	}
	w.number++
	l.Schema, l.Kind, l.Number = model.Schema, Kind, w.number
	sealed, hash, err := chain.Seal(l)
	if err == nil {
		_, err = w.to.Write(sealed)
	}
	w.err = err
	return hash
}

func letters(foreign string) string { return model.Clean(foreign).String() }
