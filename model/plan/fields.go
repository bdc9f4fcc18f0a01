package plan

import (
	"time"

	"authdeck/model"
)

// field is one of a line in a file: its name, which stays what it is, and how its value is
// written and read. A field that is empty is left out, unless it has to be there.
type field struct {
	name  string
	must  bool
	write func(*writer, *Line) bool // false for empty
	read  func(*reader, *Line) error
}

// fields are those of a line, in the order in which they are written.
func fields() []field {
	return []field{
		said("system", true, func(l *Line) *string { return &l.System }),
		said("system_kind", true, func(l *Line) *string { return &l.Kind }),
		said("system_host", true, func(l *Line) *string { return &l.Host }),
		bare("id", true, func(l *Line) *string { return &l.Token.ID }),
		text("name", func(l *Line) *model.Text { return &l.Token.Name }),
		text("kind", func(l *Line) *model.Text { return &l.Token.Kind }),
		bare("owner_id", false, func(l *Line) *string { return &l.Token.Owner.ID }),
		text("owner", func(l *Line) *model.Text { return &l.Token.Owner.Username }),
		text("owner_name", func(l *Line) *model.Text { return &l.Token.Owner.FullName }),
		text("owner_email", func(l *Line) *model.Text { return &l.Token.Owner.Email }),
		text("owner_kind", func(l *Line) *model.Text { return &l.Token.Owner.Kind }),
		answer("owner_active", func(l *Line) *model.Answer { return &l.Token.Owner.Active }),
		answer("owner_admin", func(l *Line) *model.Answer { return &l.Token.Owner.Admin }),
		text("description", func(l *Line) *model.Text { return &l.Token.Description }),
		text("scope", func(l *Line) *model.Text { return &l.Token.Scope }),
		text("managed", func(l *Line) *model.Text { return &l.Token.Managed }),
		moment("created", func(l *Line) *model.When { return &l.Token.Created }),
		moment("updated", func(l *Line) *model.When { return &l.Token.Updated }),
		moment("expires", func(l *Line) *model.When { return &l.Token.Expires }),
		moment("last_used", func(l *Line) *model.When { return &l.Token.LastUsed }),
		word("state", states(), func(l *Line) *model.State { return &l.Token.State }),
		text("note", func(l *Line) *model.Text { return &l.Token.Note }),
		text("app", func(l *Line) *model.Text { return &l.Token.App }),
		truth("own", func(l *Line) *bool { return &l.Token.Own }),
		truth("rolls", func(l *Line) *bool { return &l.Token.Rolls }),
		bare("version", false, func(l *Line) *string { return &l.Token.Version }),
		{"says", false, func(w *writer, l *Line) bool { return w.list(l.Says) }, func(r *reader, l *Line) (err error) {
			l.Says, err = r.list()
			return err
		}},
		said("cannot", false, func(l *Line) *string { return &l.Cannot }),
		{"risks", false, writeRisks, readRisks},
	}
}

// Fields are the names of the fields of a line, in their order.
func Fields() []string {
	names := []string{numberField}
	for _, f := range fields() {
		names = append(names, f.name)
	}
	return names
}

// numberField stands first in each line, and is its number.
const numberField = "n"

// said is a string that is shown as it is.
func said(name string, must bool, of func(*Line) *string) field {
	return field{name, must, func(w *writer, l *Line) bool {
		return w.string(*of(l), must)
	}, func(r *reader, l *Line) (err error) {
		*of(l), err = r.clean()
		return err
	}}
}

// bare is a string that is given back to where it came from as it came, and not shown.
func bare(name string, must bool, of func(*Line) *string) field {
	return field{name, must, func(w *writer, l *Line) bool {
		return w.string(*of(l), must)
	}, func(r *reader, l *Line) (err error) {
		*of(l), err = r.known()
		return err
	}}
}

// text is written as it came, so that it is compared with what the system says then; what is
// no plain letter is escaped.
func text(name string, of func(*Line) *model.Text) field {
	return field{name, false, func(w *writer, l *Line) bool {
		return w.text(*of(l))
	}, func(r *reader, l *Line) error {
		came, err := r.known()
		*of(l) = model.Clean(came)
		return err
	}}
}

// moment is a time, or one of three words, as docs/export.md has them; to the last digit,
// because it is compared.
func moment(name string, of func(*Line) *model.When) field {
	return field{name, true, func(w *writer, l *Line) bool {
		return w.string(whenWord(*of(l)), true)
	}, func(r *reader, l *Line) (err error) {
		*of(l), err = readWhen(r)
		return err
	}}
}

const (
	unknown = "unknown"
	never   = "never"
	none    = "n/a"
)

func whenWord(w model.When) string {
	at, _ := w.Time()
	switch w.Knowledge() {
	case model.Known:
		return at.Format(time.RFC3339Nano)
	case model.Never:
		return never
	case model.NotApplicable:
		return none
	case model.Unknown:
	}
	return unknown
}

func readWhen(r *reader) (model.When, error) {
	from := r.at
	said, err := r.string()
	if err != nil {
		return model.When{}, err
	}
	switch said {
	case never:
		return model.Not(model.Never), nil
	case none:
		return model.Not(model.NotApplicable), nil
	case unknown:
		return model.When{}, nil
	}
	at, err := readTime(said)
	if err != nil {
		r.at = from
		return model.When{}, r.fail("it is a time such as 2026-11-30T12:00:00Z, never, n/a or unknown")
	}
	return model.At(at), nil
}

// readTime takes a time in UTC as it is written, and no other way to write it.
func readTime(said string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339Nano, said)
	if err == nil && (at.IsZero() || at.UTC().Format(time.RFC3339Nano) != said) {
		err = model.Fail(model.Invalid, "not in UTC")
	}
	return at.UTC(), err
}

// word is one of a few.
func word[T comparable](name string, words map[string]T, of func(*Line) *T) field {
	back := map[T]string{}
	for said, is := range words {
		back[is] = said
	}
	return field{name, true, func(w *writer, l *Line) bool {
		return w.string(back[*of(l)], true)
	}, func(r *reader, l *Line) error {
		from := r.at
		said, err := r.string()
		if err != nil {
			return err
		}
		is, known := words[said]
		if !known {
			r.at = from
			return r.fail("it is none of its words")
		}
		*of(l) = is
		return nil
	}}
}

func states() map[string]model.State {
	return map[string]model.State{"active": model.Active, "expired": model.Expired, "revoked": model.Revoked, unknown: model.Unclear}
}

func answer(name string, of func(*Line) *model.Answer) field {
	return word(name, map[string]model.Answer{"yes": model.Yes, "no": model.No, unknown: model.Unsaid}, of)
}

func truth(name string, of func(*Line) *bool) field {
	return word(name, map[string]bool{"yes": true, "no": false}, of)
}

func writeRisks(w *writer, l *Line) bool {
	words := make([]string, len(l.Risks))
	for i, r := range l.Risks {
		words[i] = string(r)
	}
	return w.list(words)
}

// readRisks takes those that are known, each once and in their order: of a risk that nobody
// knows here nobody is warned.
func readRisks(r *reader, l *Line) error {
	from := r.at
	words, err := r.list()
	if err != nil {
		return err
	}
	at := 0
	for _, risk := range Risks() {
		if at < len(words) && words[at] == string(risk) {
			l.Risks = append(l.Risks, risk)
			at++
		}
	}
	if at < len(words) {
		r.at = from
		return r.fail("“" + quoted(words[at]) + "” is no risk that is known here, or stands twice or out of its order")
	}
	return nil
}
