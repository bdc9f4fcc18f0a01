package inventory

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"authdeck/model"
	"authdeck/model/chain"
)

// LineError is what is wrong with an inventory, at a line of the file.
type LineError struct {
	Line  int
	Words string
}

// Error implements error.
func (w *LineError) Error() string { return fmt.Sprintf("line %d %s", w.Line, w.Words) }

// Reader reads an inventory, and holds each line against the ones before. Make it with [Open].
// What it has read is as it was written once Next has said [io.EOF], and not before.
type Reader struct {
	lines *bufio.Scanner
	at    int // the line that was read last
	prev  string
	head  string // the hash of the head
	last  *Token
	count map[string]int
	sum   Sum
}

// Open reads the head of an inventory.
func Open(file io.Reader) (*Reader, error) {
	r := &Reader{lines: chain.Lines(file), count: map[string]int{}}
	l, err := r.line()
	switch {
	case errors.Is(err, io.EOF):
		return nil, &LineError{1, "is missing: the file is empty, and an inventory has a head and an end"}
	case err != nil:
		return nil, err
	case l.Head == nil:
		return nil, r.wrong("is no head: what stands before it is missing")
	case l.Head.Filter != everything:
		return nil, r.wrong("says that not every token is in it (%s), of which this authdeck knows nothing", letters(l.Head.Filter))
	}
	clean(l.Head.texts())
	r.head, r.sum.Head = l.Hash, *l.Head
	return r, nil
}

// Head is what the first line says.
func (r *Reader) Head() Head { return r.sum.Head }

// Sum is of the whole inventory, once it was read to its end.
func (r *Reader) Sum() Sum { return r.sum }

// Next is the next token; [io.EOF] after the last one, where all that was read is as it was
// written, and nothing is missing.
func (r *Reader) Next() (Token, error) {
	l, err := r.line()
	switch {
	case errors.Is(err, io.EOF):
		return Token{}, &LineError{r.at + 1, "is missing: the file was cut, for it has no end"}
	case err != nil:
		return Token{}, err
	case l.Prev != r.prev:
		return Token{}, r.wrong("does not follow the one before it: a line was changed with its hash, put in or taken out")
	case l.Token != nil:
		return *l.Token, r.take(l)
	case l.End != nil:
		return Token{}, r.end(l)
	}
	return Token{}, r.wrong("is neither a token nor the end")
}

// take looks at the line of a token.
func (r *Reader) take(l line) error {
	clean(l.Token.texts())
	if r.last != nil && compare(r.last, l.Token) >= 0 {
		return r.wrong("is out of its order: token %s of %s does not come after %s of %s", l.Token.ID, l.Token.System, r.last.ID, r.last.System)
	}
	r.last, r.prev = l.Token, l.Hash
	r.sum.Tokens++
	r.count[l.Token.System]++
	return nil
}

// end looks at the last line, and that it is the last.
func (r *Reader) end(l line) error {
	at := r.at
	switch {
	case l.End.Head != r.head:
		return r.wrong("knows of another head: the first line was changed with its hash")
	case l.End.Tokens != r.sum.Tokens:
		return r.wrong("says that there are %d tokens, and there are %d", l.End.Tokens, r.sum.Tokens)
	}
	for _, s := range r.sum.Head.Systems {
		if r.count[s.Name] != s.Tokens {
			return &LineError{1, fmt.Sprintf("says that there are %d tokens of %s, and there are %d", s.Tokens, s.Name, r.count[s.Name])}
		}
		delete(r.count, s.Name)
	}
	for name := range r.count {
		return &LineError{1, fmt.Sprintf("does not name the system %s, of which there are tokens", name)}
	}
	if _, err := r.line(); !errors.Is(err, io.EOF) {
		return &LineError{at + 1, "stands behind the end: it was put in"}
	}
	r.sum.Hash = l.Hash
	return io.EOF
}

// line reads a line; [io.EOF] where there is none.
func (r *Reader) line() (line, error) {
	if !r.lines.Scan() {
		if err := chain.Fault(r.lines); err != nil {
			return line{}, fmt.Errorf("line %d: %w", r.at+1, err)
		}
		return line{}, io.EOF
	}
	r.at++
	text, ended := bytes.CutSuffix(r.lines.Bytes(), []byte("\n"))
	var l line
	hash, err := chain.Open(text, &l)
	switch {
	case err != nil && r.foreign(text) != nil:
		return line{}, r.foreign(text)
	case !ended:
		return line{}, r.wrong("is cut in the middle")
	case errors.Is(err, chain.ErrChanged):
		return line{}, r.wrong("was changed%s: it is not what was written", l.called())
	case err != nil:
		return line{}, r.wrong("is no line of an inventory: it was changed or put in")
	case l.Schema != model.Schema || l.Kind != Kind:
		return line{}, r.foreign(text)
	case l.Number != r.at:
		return line{}, r.wrong("has the number %d: lines were taken out, put in or moved before it", l.Number)
	}
	l.Hash = hash
	return l, nil
}

// foreign says of a first line that it is of another document; nil where it is not, or does not
// say.
func (r *Reader) foreign(text []byte) error {
	var says struct {
		Schema string `json:"schema"`
		Kind   string `json:"kind"`
	}
	_ = json.Unmarshal(text, &says) // what is no JSON says nothing
	switch {
	case r.at == 1 && says.Schema == "":
		return r.wrong("is no head of an inventory: this is another file")
	case says.Schema != model.Schema && says.Schema != "":
		return r.wrong("is of the schema %q, and this authdeck reads %s", letters(says.Schema), model.Schema)
	case says.Kind != Kind && says.Schema != "":
		return r.wrong("is of the kind %q, and this is for one of the kind %s", letters(says.Kind), Kind)
	}
	return nil
}

// called is what a line is about, in words.
func (l line) called() string {
	switch {
	case l.Token != nil:
		return fmt.Sprintf(" (token %s of %s)", letters(l.Token.ID), letters(l.Token.System))
	case l.Head != nil:
		return " (the head)"
	case l.End != nil:
		return " (the end)"
	}
	return ""
}

func (r *Reader) wrong(format string, words ...any) error {
	return &LineError{r.at, fmt.Sprintf(format, words...)}
}

// Verify reads what is left of an inventory, and says whether all of it is as it was written.
func (r *Reader) Verify() (Sum, error) {
	for {
		_, err := r.Next()
		switch {
		case errors.Is(err, io.EOF):
			return r.Sum(), nil
		case err != nil:
			return Sum{}, err
		}
	}
}
