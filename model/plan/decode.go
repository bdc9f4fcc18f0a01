package plan

import (
	"bytes"
	"strconv"
)

// Decode reads a plan as [Plan.Encode] writes it. Whatever is not as it is written is a
// fault, with the place at which it is: a field that is not known here may change what the
// others mean, and one that stands twice means two things.
func Decode(data []byte) (*Plan, error) {
	r := &reader{data: data, seen: map[string]string{}}
	p := &Plan{}
	if err := r.plan(p); err != nil {
		return nil, err
	}
	return p, nil
}

func (r *reader) plan(p *Plan) error {
	if err := r.take('{'); err != nil {
		return err
	}
	for i, h := range heads() {
		if err := r.begin(h.name, i == 0); err != nil {
			return err
		}
		if err := h.read(r, p); err != nil {
			return err
		}
	}
	if err := r.setting(p); err != nil {
		return err
	}
	if err := r.lines(p); err != nil {
		return err
	}
	if err := r.take('}'); err != nil {
		return err
	}
	if r.blank(); r.at < len(r.data) {
		return r.fail("something follows the plan")
	}
	return nil
}

// shortest is how few bytes a line can have: no file makes room for more lines than it holds.
const shortest = 150

// begin reads the name of a field that has to come now.
func (r *reader) begin(name string, first bool) error {
	if !first {
		if err := r.take(','); err != nil {
			return err
		}
	}
	if err := r.named(name); err != nil {
		return err
	}
	from := r.at
	said, err := r.string()
	if err != nil {
		return err
	}
	if said != name {
		r.at = from
		return r.fail("“" + name + "” has to be here")
	}
	return r.take(':')
}

// named fails where the name of a field has to come now, and something else does that is none:
// the one that is missing is named, and not a quotation mark.
func (r *reader) named(name string) error {
	if r.blank(); r.at < len(r.data) && r.data[r.at] != '"' {
		return r.fail("“" + name + "” has to be here")
	}
	return nil
}

func (r *reader) lines(p *Plan) error {
	if err := r.take('['); err != nil {
		return err
	}
	if r.next(']') {
		return nil
	}
	all := fieldsByName()
	many := min(bytes.Count(r.data[r.at:], []byte("{")), (len(r.data)-r.at)/shortest)
	p.Lines = make([]Line, 0, many)
	objects := make(map[[2]string]int, many)
	for {
		r.blank()
		from := r.at
		p.Lines = append(p.Lines, Line{})
		l := &p.Lines[len(p.Lines)-1]
		if err := r.line(l, len(p.Lines), all); err != nil {
			return err
		}
		object := [2]string{l.System, l.Token.ID}
		if before, twice := objects[object]; twice {
			r.at = from
			return r.fail("it is the same token as line " + strconv.Itoa(before))
		}
		objects[object] = len(p.Lines)
		if !r.next(',') {
			return r.take(']')
		}
	}
}

// known is a field, and its place among them.
type known struct {
	field
	bit uint64
}

// table is the fields by their names, and those that have to be there.
type table struct {
	by   map[string]known
	must uint64
}

func fieldsByName() table {
	t := table{by: map[string]known{}}
	for i, f := range fields() {
		t.by[f.name] = known{f, 1 << i}
		if f.must {
			t.must |= 1 << i
		}
	}
	return t
}

func (r *reader) line(l *Line, number int, all table) error {
	from := r.at
	if err := r.take('{'); err != nil {
		return err
	}
	if err := r.numbered(number); err != nil {
		return err
	}
	var had uint64
	for r.next(',') {
		bit, err := r.field(l, had, all)
		if err != nil {
			return err
		}
		had |= bit
	}
	if err := r.take('}'); err != nil {
		return err
	}
	switch {
	case had&all.must != all.must:
		r.at = from
		return r.fail("“" + missing(had) + "” is missing")
	case l.System == "" || l.Token.ID == "":
		r.at = from
		return r.fail("the system or the id is empty")
	}
	return nil
}

func missing(had uint64) string {
	for i, f := range fields() {
		if f.must && had&(1<<i) == 0 {
			return f.name
		}
	}
	return ""
}

func (r *reader) numbered(number int) error {
	if err := r.begin(numberField, true); err != nil {
		return err
	}
	r.blank()
	from := r.at
	for r.at < len(r.data) && r.data[r.at] >= '0' && r.data[r.at] <= '9' {
		r.at++
	}
	if string(r.data[from:r.at]) != strconv.Itoa(number) {
		r.at = from
		return r.fail("this is line " + strconv.Itoa(number) + ", and says another number")
	}
	return nil
}

// field reads one field of a line that has had some.
func (r *reader) field(l *Line, had uint64, all table) (uint64, error) {
	r.blank()
	from := r.at
	name, err := r.known()
	if err != nil {
		return 0, err
	}
	f, is := all.by[name]
	switch {
	case !is:
		r.at = from
		return 0, r.fail("“" + quoted(name) + "” is no field of a line")
	case had&f.bit != 0:
		r.at = from
		return 0, r.fail("“" + name + "” stands twice")
	}
	if err := r.take(':'); err != nil {
		return 0, err
	}
	r.blank()
	return f.bit, f.read(r, l)
}

func readSchema(r *reader, _ *Plan) error {
	r.blank()
	from := r.at
	said, err := r.string()
	if err != nil {
		return err
	}
	if said != Schema {
		r.at = from
		return r.fail("the form is “" + quoted(said) + "”, and only “" + Schema + "” can be read")
	}
	return nil
}

func readMade(r *reader, p *Plan) error {
	r.blank()
	from := r.at
	said, err := r.string()
	if err != nil {
		return err
	}
	if p.Made, err = readTime(said); err != nil {
		r.at = from
		return r.fail("it is a time in UTC, such as 2026-11-30T12:00:00Z")
	}
	return nil
}

func readAction(r *reader, p *Plan) error {
	r.blank()
	from := r.at
	said, err := r.string()
	if err != nil {
		return err
	}
	for _, a := range Actions() {
		if a.String() == said {
			p.Action = a
			return nil
		}
	}
	r.at = from
	return r.fail("“" + quoted(said) + "” is nothing that a plan can be of")
}
