package query

import (
	"math"
	"strings"
	"time"

	"authdeck/model"
)

// word is a word somewhere in the texts of a row. What a row does not tell, nobody wrote
// there: a word is found or it is not.
func (c *compiler[T]) word(w Word) rule[T] {
	c.words = true
	wanted := c.fold(w.Text)
	return func(row *Row[T]) model.Answer { return model.AnswerOf(strings.Contains(row.words, wanted)) }
}

// text compares a text. Where a field has several, such as the names of an owner, one of them
// is enough. That a text is unknown is true of an empty one of which the system tells nothing.
func (c *compiler[T]) text(at int, op Op, v Value) rule[T] {
	name, wanted, exact := c.fields[at].Name, c.fold(v.Text), c.fields[at].Exact
	if exact {
		wanted, op = v.Text, Equal
	}
	fits := fitting(op, wanted)
	silent := model.Unsaid
	if op == Has && wanted == Unknown {
		silent = model.Yes
	}
	return func(row *Row[T]) model.Answer {
		text := row.texts[at]
		if text == "" && row.From != nil && row.From.Silent[name] {
			return silent
		}
		for one := range strings.SplitSeq(text, between) {
			shown, hides := strings.CutSuffix(one, altered)
			if fits(shown) && (op != Equal || !hides) {
				return model.Yes
			}
		}
		return model.No
	}
}

// fitting is whether a text is what is wanted: a part of it, the whole of it where there is a
// star or nothing is wanted, or exactly.
func fitting(op Op, wanted string) func(text string) bool {
	switch {
	case op == Equal || wanted == "":
		return func(text string) bool { return text == wanted }
	case strings.Contains(wanted, "*"):
		parts := strings.Split(wanted, "*")
		return func(text string) bool { return matches(parts, text) }
	}
	return func(text string) bool { return strings.Contains(text, wanted) }
}

// matches reports whether a text is these parts with anything between them.
func matches(parts []string, text string) bool {
	first, last := parts[0], parts[len(parts)-1]
	if len(text) < len(first)+len(last) || !strings.HasPrefix(text, first) || !strings.HasSuffix(text, last) {
		return false
	}
	text = text[len(first) : len(text)-len(last)]
	for _, part := range parts[1 : len(parts)-1] {
		_, rest, found := strings.Cut(text, part)
		if !found {
			return false
		}
		text = rest
	}
	return true
}

func numbered[T any](f Field[T], op Op, v Value) rule[T] {
	least, most := int64(math.MinInt64), int64(math.MaxInt64)
	if v.From.kind == number {
		least = v.From.count
	}
	if v.To.kind == number {
		most = v.To.count
	}
	switch op {
	case Less:
		least, most = math.MinInt64, most-1
	case AtMost:
		least = math.MinInt64
	case More:
		least, most = least+1, math.MaxInt64
	case AtLeast:
		most = math.MaxInt64
	case Has, Equal:
	}
	return func(row *Row[T]) model.Answer {
		n, told := f.Number(row.Item)
		switch {
		case v.Text == Unknown:
			return model.AnswerOf(!told)
		case !told:
			return model.Unsaid
		}
		return model.AnswerOf(n >= least && n <= most)
	}
}

// timed compares a moment. What is not known cannot be told; what never was or will be is
// further off than every span, and on no day; what does not apply is neither.
func (c *compiler[T]) timed(f Field[T], op Op, v Value) rule[T] {
	if knowledge, is := v.absence(); is {
		return func(row *Row[T]) model.Answer { return model.Same(f.When(row.Item), knowledge) }
	}
	begin, end := c.between(f.Kind == Past, op, v)
	never := model.AnswerOf(v.reachesNever(op))
	return func(row *Row[T]) model.Answer {
		when := f.When(row.Item)
		switch when.Knowledge() {
		case model.Known:
		case model.Never:
			return never
		case model.NotApplicable:
			return model.No
		case model.Unknown:
			return model.Unsaid
		}
		at, _ := when.Time()
		return model.AnswerOf((begin.IsZero() || !at.Before(begin)) && (end.IsZero() || at.Before(end)))
	}
}

// absence is the knowledge that a word for it names.
func (v Value) absence() (model.Knowledge, bool) {
	switch v.Text {
	case Never:
		return model.Never, true
	case Unknown:
		return model.Unknown, true
	case Nothing:
		return model.NotApplicable, true
	}
	return model.Known, false
}

// reachesNever reports whether a value holds what is infinitely far off: a span does that
// has no upper end.
func (v Value) reachesNever(op Op) bool {
	switch op {
	case More, AtLeast:
		return v.From.kind == span
	case Has:
		return v.From.kind == span && v.To.kind == open
	case Equal, Less, AtMost:
	}
	return false
}

// between are the moments from the first of which on, and before the second, a value holds;
// zero for no end. Of a span ahead only what is ahead is meant: what is over expires no
// more.
func (c *compiler[T]) between(back bool, op Op, v Value) (begin, end time.Time) {
	now := c.at.Now
	from, to := v.From, v.To
	switch op {
	case Less, AtMost:
		from = Point{}
	case More, AtLeast:
		to = Point{}
	case Has, Equal:
	}
	spans := from.kind == span || to.kind == span
	if spans && back {
		from, to = to, from // the longer ago, the earlier
	}
	if from.kind != open {
		begin = from.begin(now, back)
		if op == More {
			begin = from.end(now, back)
		}
	}
	if to.kind != open {
		end = to.end(now, back)
		if op == Less {
			end = to.begin(now, back)
		}
	}
	if spans && begin.IsZero() && !back {
		begin = now
	}
	return begin, end
}
