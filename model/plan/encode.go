package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"authdeck/model"
)

// Encode writes a plan as JSON: an object whose lines are objects, each on a line of its own.
// No key is in it. Equal plans are equal bytes.
func (p *Plan) Encode(to io.Writer) error {
	w := &writer{}
	w.out = append(w.out, "{\n"...)
	for _, f := range heads() {
		w.name(&f.name)
		f.write(w, p)
		w.out = append(w.out, ",\n"...)
	}
	w.setting(p)
	w.out = append(w.out, "\""+linesField+"\": ["...)
	all := fields()
	for i := range p.Lines {
		if i > 0 {
			w.out = append(w.out, ',')
		}
		w.line(i, &p.Lines[i], all)
		if err := w.flush(to, false); err != nil {
			return err
		}
	}
	w.out = append(w.out, "\n]}\n"...)
	return w.flush(to, true)
}

// Sum is what the content of a plan is known by, however its file is laid out.
func (p *Plan) Sum() (string, error) {
	sum := sha256.New()
	if err := p.Encode(sum); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// writer is what is written, and the first fault.
type writer struct {
	out []byte
	bad error
}

// flush hands on what was written, when it is worth it.
func (w *writer) flush(to io.Writer, last bool) error {
	if w.bad != nil || !last && len(w.out) < 64<<10 {
		return w.bad
	}
	_, err := to.Write(w.out)
	w.out = w.out[:0]
	return err
}

func (w *writer) name(name *string) {
	w.out = append(w.out, '"')
	w.out = append(w.out, *name...)
	w.out = append(w.out, "\": "...)
}

func (w *writer) line(i int, l *Line, all []field) {
	w.out = append(w.out, "\n{\""+numberField+"\": "...)
	w.out = strconv.AppendInt(w.out, int64(i+1), 10)
	for k := range all {
		before := len(w.out)
		w.out = append(w.out, ", "...)
		w.name(&all[k].name)
		if !all[k].write(w, l) {
			w.out = w.out[:before]
		}
	}
	w.out = append(w.out, '}')
}

func (w *writer) text(t model.Text) bool {
	came, had := t.Original()
	if !had || !utf8.ValidString(came) {
		came = t.String() // it will be a conflict, which is the safe end of it
	}
	return w.string(came, false)
}

// string writes a string; one that must be there also where it is empty.
func (w *writer) string(s string, must bool) bool {
	if s == "" && !must {
		return false
	}
	if len(s) > longest || !utf8.ValidString(s) {
		w.bad = fmt.Errorf("it cannot be written: %s", model.Clean(strconv.QuoteToASCII(s[:min(len(s), 64)])))
	}
	w.out = appendString(w.out, s)
	return true
}

func (w *writer) list(words []string) bool {
	if len(words) == 0 {
		return false
	}
	w.out = append(w.out, '[')
	for i, s := range words {
		if i > 0 {
			w.out = append(w.out, ", "...)
		}
		w.string(s, true)
	}
	w.out = append(w.out, ']')
	return true
}

// appendString writes a string that any terminal can be shown: what the console would not
// show as it is stands there as its number.
func appendString(out []byte, s string) []byte {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) {
		out = append(out, '"')
		out = append(out, s...)
		return append(out, '"')
	}
	plain, _ := json.Marshal(s) // a string always can be
	if !model.Clean(s).Changed() {
		return append(out, plain...)
	}
	for _, r := range string(plain) {
		switch {
		case r <= '~':
			out = append(out, byte(r)) //nolint:gosec // of ASCII
		case r > 0xffff:
			r -= 0x10000
			out = fmt.Appendf(out, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}

// head is a field of a plan beside its lines.
type head struct {
	name  string
	write func(*writer, *Plan)
	read  func(*reader, *Plan) error
}

func heads() []head {
	plain := func(name string, of func(*Plan) *string) head {
		return head{name, func(w *writer, p *Plan) { w.string(*of(p), true) }, func(r *reader, p *Plan) (err error) {
			*of(p), err = r.clean()
			return err
		}}
	}
	return []head{
		{"schema", func(w *writer, _ *Plan) { w.string(Schema, true) }, readSchema},
		plain("id", func(p *Plan) *string { return &p.ID }),
		{"made", func(w *writer, p *Plan) { w.string(p.Made.UTC().Format(time.RFC3339Nano), true) }, readMade},
		plain("by", func(p *Plan) *string { return &p.By }),
		plain("host", func(p *Plan) *string { return &p.Host }),
		{"action", func(w *writer, p *Plan) { w.string(p.Action.String(), true) }, readAction},
	}
}

// Heads are the names of the fields of a plan beside its lines, in their order.
func Heads() []string {
	var names []string
	for _, h := range heads() {
		names = append(names, h.name)
	}
	return append(names, setField, linesField)
}
