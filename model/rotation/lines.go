package rotation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"authdeck/model"
)

// Schema is the form of the lines. A field may come to it; none goes, and none changes its
// meaning.
const Schema = "authdeck-rotation/1"

// head is the first line of a pair.
type head struct {
	Schema string    `json:"schema"`
	ID     string    `json:"id"`
	At     time.Time `json:"at"`
	By     string    `json:"by"`
	System string    `json:"system"`
	Kind   string    `json:"system_kind"`
	Host   string    `json:"system_host"`
	Old    kept      `json:"old"`
}

// kept is a token as far as it is kept.
type kept struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	OwnerID string `json:"owner_id,omitempty"`
	Owner   string `json:"owner"`
	Created string `json:"created,omitempty"` // RFC 3339 in UTC; left out where it is not told
	Version string `json:"version,omitempty"` // as [model.Token.Version]
}

// line is any other.
type line struct {
	At      time.Time         `json:"at"`
	Step    What              `json:"step"`
	OwnerID string            `json:"owner_id,omitempty"` // of making: for whom
	Owner   string            `json:"owner,omitempty"`
	Asked   map[string]string `json:"asked,omitempty"` // of making: what was filled in
	New     *kept             `json:"new,omitempty"`   // of made
	How     Manner            `json:"how,omitempty"`   // of handed-over
	Words   string            `json:"words,omitempty"`
}

// Head is the first line of a pair.
func Head(p *Pair) []byte {
	return jsonLine(head{Schema, p.ID, p.Begun.UTC(), p.By, p.System, p.Kind, p.Host, keep(p.Old)})
}

// Line is the line of a step.
func Line(s Step) []byte {
	l := line{
		At: s.At.UTC(), Step: s.What, OwnerID: s.Asked.Owner.ID, Owner: s.Asked.Owner.Username.Came(), Asked: s.Asked.Values,
		How: s.How, Words: model.Clean(s.Words).String(),
	}
	if s.What == IsMade {
		made := keep(s.New)
		l.New = &made
	}
	return jsonLine(l)
}

func jsonLine(of any) []byte {
	line, _ := json.Marshal(of) // strings and times always can be
	return append(line, '\n')
}

// ErrTorn says that not even the first line is whole.
var ErrTorn = errors.New("it has no whole line")

// Read reads a pair, up to the end of its last whole line: of one that was cut nobody has heard
// that it was written. Whole is how many bytes those are.
func Read(content []byte) (p Pair, whole int, _ error) {
	whole = bytes.LastIndexByte(content, '\n') + 1
	if whole == 0 {
		return p, 0, ErrTorn
	}
	first, rest, _ := bytes.Cut(content[:whole], []byte("\n"))
	p, err := readHead(first)
	if err != nil {
		return Pair{}, 0, fmt.Errorf("line 1: %w", err)
	}
	number := 1
	for one := range bytes.Lines(rest) {
		number++
		s, err := readStep(one)
		if err == nil {
			err = p.Take(s)
		}
		if err != nil {
			return Pair{}, 0, fmt.Errorf("line %d: %w", number, err)
		}
	}
	return p, whole, nil
}

func readHead(content []byte) (Pair, error) {
	var h head
	if err := strict(content, &h); err != nil {
		return Pair{}, err
	}
	old, err := h.Old.token()
	switch {
	case h.Schema != Schema:
		return Pair{}, fmt.Errorf("its form is “%s”, and only “%s” can be read", clean(shortly(h.Schema)), Schema)
	case err != nil:
		return Pair{}, err
	case h.ID == "" || h.System == "" || old.ID == "":
		return Pair{}, errors.New("it does not say of which token of which system it is")
	}
	return Pair{
		ID: clean(h.ID), Begun: h.At, Since: h.At, By: clean(h.By), System: clean(h.System), Kind: clean(h.Kind), Host: clean(h.Host), Old: old,
	}, nil
}

func readStep(content []byte) (Step, error) {
	var l line
	if err := strict(content, &l); err != nil {
		return Step{}, err
	}
	s := Step{
		At: l.At, What: l.Step, How: l.How, Words: clean(l.Words),
		Asked: Asked{At: l.At, Owner: model.User{ID: l.OwnerID, Username: model.Clean(l.Owner)}, Values: l.Asked},
	}
	if l.New == nil {
		return s, nil
	}
	var err error
	s.New, err = l.New.token()
	return s, err
}

// keep is what is kept of a token.
func keep(t model.Token) kept {
	k := kept{ID: t.ID, Name: t.Name.Came(), Kind: t.Kind.Came(), OwnerID: t.Owner.ID, Owner: t.Owner.Username.Came(), Version: t.Version}
	if at, known := t.Created.Time(); known {
		k.Created = at.UTC().Format(time.RFC3339Nano)
	}
	return k
}

func (k kept) token() (model.Token, error) {
	t := model.Token{
		ID: k.ID, Name: model.Clean(k.Name), Kind: model.Clean(k.Kind), Version: k.Version,
		Owner: model.User{ID: k.OwnerID, Username: model.Clean(k.Owner)},
	}
	if k.Created == "" {
		return t, nil
	}
	at, err := time.Parse(time.RFC3339Nano, k.Created)
	if err != nil {
		return t, errors.New("created is no time such as 2026-11-30T12:00:00Z")
	}
	t.Created = model.At(at.UTC())
	return t, nil
}

func clean(said string) string { return model.Clean(said).String() }

// mostSaid is in letters: a name of ten thousand that is none is not said to its end.
const mostSaid = 200

// shortly is what a library says, which may quote the file, as far as somebody reads it.
func shortly(said string) string {
	if letters := []rune(said); len(letters) > mostSaid {
		return string(letters[:mostSaid]) + "…"
	}
	return said
}

// strict reads one line of JSON that is nothing but what it has to be. What the library says
// may quote the file, which is clean after it.
func strict(content []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return errors.New(clean(shortly(err.Error())))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows")
	}
	return nil
}
