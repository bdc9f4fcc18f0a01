package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// keyLines are the lines of the keys of each [[system]] and each [[view]], and of those of
// the tables that stand once; the empty key is the header's.
type keyLines struct {
	systems, views []map[string]int
	tables         map[string]map[string]int
	top            map[string]int // of the keys that stand in no table
}

// of puts a complaint about system i at its line. A system that was written
// inline has no line of its own, and none is made up.
func (p keyLines) of(i int, err error) error {
	return item("system", p.systems, i, err)
}

// inView is the same for view i.
func (p keyLines) inView(i int, err error) error { return item("view", p.views, i, err) }

func item(of string, items []map[string]int, i int, err error) error {
	if i >= len(items) {
		return fmt.Errorf("%s %d: %w", of, i+1, err)
	}
	return at(items[i], err)
}

// inTable puts a complaint about a table that stands once at its line.
func (p keyLines) inTable(name string, err error) error {
	if len(p.tables[name]) == 0 {
		return fmt.Errorf("%s: %w", name, err)
	}
	return at(p.tables[name], err)
}

// atTop puts a complaint about a key that stands in no table at its line.
func (p keyLines) atTop(key string, err error) error {
	if p.top[key] == 0 {
		return err
	}
	return &lineError{p.top[key], err}
}

func at(lines map[string]int, err error) error {
	key := keyOf(err)
	line, ok := lines[key]
	if !ok {
		line = lines[""]
	}
	if key == "" {
		err = errors.New(strings.TrimPrefix(err.Error(), ": "))
	}
	return &lineError{line, err}
}

// keyLinesOf finds the lines. The document has been decoded before, so that it
// parses is certain.
func keyLinesOf(doc []byte) keyLines {
	found := keyLines{tables: map[string]map[string]int{"theme": {}, "look": {}, "audit": {}}, top: map[string]int{}}
	var table []string // what the keys stand under
	parser := unstable.Parser{}
	parser.Reset(doc)
	for parser.NextExpression() {
		node := parser.Expression()
		var path []string
		line := 0
		for keys := node.Key(); keys.Next(); {
			path = append(path, string(keys.Node().Data))
			line = cmp.Or(line, parser.Shape(keys.Node().Raw).Start.Line)
		}
		if node.Kind == unstable.KeyValue {
			path = slices.Concat(table, path)
		} else {
			table = path
		}
		if len(path) > 0 {
			found.note(path, line, node.Kind == unstable.ArrayTable)
		}
	}
	return found
}

// note keeps the line of what stands at a path; a header of a list begins an item of it.
func (p *keyLines) note(path []string, line int, item bool) {
	key := ""
	if len(path) > 1 {
		key = path[1]
	}
	items := &p.systems
	if path[0] == "view" {
		items = &p.views
	}
	switch last := len(*items) - 1; {
	case p.tables[path[0]] != nil:
		p.tables[path[0]][key] = line
	case item:
		*items = append(*items, map[string]int{"": line})
	case last >= 0:
		(*items)[last][key] = line
	}
	if len(path) == 1 && !item {
		p.top[path[0]] = line
	}
}
