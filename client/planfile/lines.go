package planfile

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"authdeck/model"
	"authdeck/model/plan"
)

// Schema is the form in which journals are written.
const Schema = "authdeck-plan-journal/1"

// head is the first line of a journal.
type head struct {
	Schema string `json:"schema"`
	Plan   string `json:"plan"`   // its id
	SHA256 string `json:"sha256"` // of its content, as [plan.Plan.Sum] has it
}

// entry is any other line.
type entry struct {
	N       int          `json:"n"`
	At      time.Time    `json:"at"`
	Step    plan.Step    `json:"step"`
	Outcome plan.Outcome `json:"outcome,omitempty"`
	Words   string       `json:"words,omitempty"`
	Key     *place       `json:"key,omitempty"` // where the new key is, and never the key
}

// place is a [plan.Place].
type place struct {
	Way plan.Way `json:"way"`
	At  string   `json:"at"`
}

func headOf(p *plan.Plan) ([]byte, error) {
	sum, err := p.Sum()
	if err != nil {
		return nil, err
	}
	return jsonLine(head{Schema, p.ID, sum}), nil
}

func lineOf(r plan.Record) []byte {
	e := entry{N: r.Line + 1, At: r.At.UTC(), Step: r.Step, Outcome: r.Outcome, Words: model.Clean(r.Words).String()}
	if r.Key != (plan.Place{}) {
		e.Key = &place{r.Key.Way, model.Clean(r.Key.At).String()}
	}
	return jsonLine(e)
}

func jsonLine(of any) []byte {
	line, _ := json.Marshal(of) // strings, numbers and times always can be
	return append(line, '\n')
}

// readAll is what is in a file from its beginning.
func readAll(f *os.File) ([]byte, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(io.LimitReader(f, largest))
}

// readJournal reads a journal of a plan, up to the end of its last whole line.
func readJournal(content []byte, p *plan.Plan) (records []plan.Record, whole int, _ error) {
	whole = bytes.LastIndexByte(content, '\n') + 1
	first, rest, _ := bytes.Cut(content[:whole], []byte("\n"))
	if whole == 0 {
		return nil, 0, nil
	}
	switch fits, err := readHead(first, p); {
	case fits != nil && err == nil && len(rest) == 0: // nothing was done for that one, which binds nobody
		return nil, 0, nil
	case err != nil || fits != nil:
		return nil, 0, errors.Join(err, fits)
	}
	number := 1
	for line := range bytes.Lines(rest) {
		number++
		r, err := readEntry(line, len(p.Lines))
		if err != nil {
			return nil, 0, fmt.Errorf("line %d: %w", number, err)
		}
		records = append(records, r)
	}
	return records, whole, nil
}

// readHead reads the first line, and says why it is not that of this plan.
func readHead(line []byte, p *plan.Plan) (fits, err error) {
	var h head
	if err := strict(line, &h); err != nil {
		return nil, fmt.Errorf("line 1: %w", err)
	}
	sum, err := p.Sum()
	switch {
	case err != nil:
		return nil, err
	case h.Schema != Schema:
		return nil, fmt.Errorf("its form is “%s”, and only “%s” can be read", model.Clean(h.Schema), Schema)
	case h.Plan != p.ID:
		return errors.New("it is that of another plan"), nil
	case h.SHA256 != sum:
		return errors.New("the plan was changed since something was done for it; make a new one of what is left"), nil
	}
	return nil, nil
}

func readEntry(line []byte, lines int) (plan.Record, error) {
	var e entry
	if err := strict(line, &e); err != nil {
		return plan.Record{}, err
	}
	r := plan.Record{Line: e.N - 1, At: e.At, Step: e.Step, Outcome: e.Outcome, Words: model.Clean(e.Words).String()}
	ends := e.Step == plan.Ends
	if e.Key != nil {
		r.Key = plan.Place{Way: e.Key.Way, At: model.Clean(e.Key.At).String()}
	}
	switch {
	case e.N < 1 || e.N > lines:
		return r, fmt.Errorf("the plan has no line %d", e.N)
	case !slices.Contains([]plan.Step{plan.Begins, plan.PutOff, plan.Ends, plan.Looked}, e.Step):
		return r, errors.New("its step is none that is known here")
	case ends && !slices.Contains(plan.Outcomes(), e.Outcome), !ends && e.Outcome != "":
		return r, errors.New("its outcome is none that is known here")
	case e.Key != nil && (!ends || r.Key.At == "" || !slices.Contains(plan.Ways(), r.Key.Way)):
		return r, errors.New("where its key is is no place that is known here")
	}
	return r, nil
}

// strict reads one line of JSON that is nothing but what it has to be. What the library says
// may quote the file, which is clean after it.
func strict(line []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return errors.New(model.Clean(err.Error()).String())
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows")
	}
	return nil
}
