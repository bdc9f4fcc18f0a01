package query

// Parse reads a question about what has these fields. Its error is an [*Error]: nothing
// that cannot be read means something all the same.
func Parse[T any](typed string, fields []Field[T]) (Query, error) {
	s, bad := newScanner(typed)
	if bad != nil {
		return Query{}, bad
	}
	p := parser{scanner: s, known: entries(fields)}
	where, bad := p.any()
	if bad != nil {
		return Query{}, bad
	}
	return Query{Where: where, Sorts: p.sorts}, nil
}

type parser struct {
	*scanner
	known []Entry
	sorts []Sort
	field string // the word before, where that is the name of a field
}

const either = "or"

// any are alternatives; nil where there is no condition at all.
func (p *parser) any() (Condition, *Error) {
	var found Any
	for {
		p.skip()
		begin := p.at
		all, bad := p.all()
		if bad != nil {
			return nil, bad
		}
		more := p.skip() && p.word(either)
		if all == nil && (more || len(found) > 0) {
			return nil, p.wrong(begin, p.at, "“or” stands between two conditions; write it in quotes to look for it")
		}
		if all != nil {
			found = append(found, all)
		}
		if !more {
			break
		}
	}
	switch len(found) {
	case 0:
		return nil, nil //nolint:nilnil // no condition is a condition
	case 1:
		return found[0], nil
	}
	return found, nil
}

// all are conditions that hold together; nil for none.
func (p *parser) all() (Condition, *Error) {
	var found All
	p.field = ""
	for p.skip() {
		if p.depth > 0 && p.typed[p.at] == ')' || p.before(either) {
			break
		}
		c, bad := p.one()
		if bad != nil {
			return nil, bad
		}
		if c != nil {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil //nolint:nilnil // no condition is a condition
	case 1:
		return found[0], nil
	}
	return found, nil
}

// before reports whether one of the words comes next.
func (p *parser) before(words ...string) bool {
	at := p.at
	found := p.word(words...)
	p.at = at
	return found
}

// one is a condition; nil for what says something else, as a sort does.
func (p *parser) one() (Condition, *Error) {
	begin, before := p.at, p.field
	p.field = ""
	if p.takes('-') {
		if p.ends() {
			return Word{"-"}, nil
		}
		c, bad := p.one()
		switch {
		case bad != nil:
			return nil, bad
		case c == nil:
			return nil, p.wrong(begin, p.at, "“-” turns a condition round, and this is none")
		}
		return Not{c}, nil
	}
	if p.takes('(') {
		return p.group(begin)
	}
	if p.takes('"') {
		text, bad := p.quoted()
		switch {
		case bad != nil:
			return nil, bad
		case !visible(text):
			return nil, p.wrong(begin, p.at, "there is nothing between the quotes that can be seen")
		case !p.ends():
			return nil, p.wrong(p.at, p.at+1, "a blank comes after a closing quote")
		}
		return Word{text}, nil
	}
	if name, op := p.name(); op != "" {
		return p.test(begin, name, op)
	}
	return p.plain(begin, before)
}

func (p *parser) group(begin int) (Condition, *Error) {
	p.depth++
	c, bad := p.any()
	switch {
	case bad != nil:
		return nil, bad
	case !p.takes(')'):
		return nil, p.wrong(begin, begin+1, "this is not closed; write it in quotes to look for it")
	case c == nil:
		return nil, p.wrong(begin, p.at, "there is nothing in the parentheses; write them in quotes to look for them")
	}
	p.depth--
	if !p.ends() {
		return nil, p.wrong(p.at, p.at+1, "a blank comes after a closing parenthesis")
	}
	return c, nil
}
