package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// keyLines are the lines of the keys of each [[system]], and of those of the [theme]; the
// empty key is the header's.
type keyLines struct {
	systems []map[string]int
	theme   map[string]int
}

// of puts a complaint about system i at its line. A system that was written
// inline has no line of its own, and none is made up.
func (p keyLines) of(i int, err error) error {
	if i >= len(p.systems) {
		return fmt.Errorf("system %d: %w", i+1, err)
	}
	return at(p.systems[i], err)
}

// ofTheme puts a complaint about the theme at its line.
func (p keyLines) ofTheme(err error) error {
	if len(p.theme) == 0 {
		return fmt.Errorf("theme: %w", err)
	}
	return at(p.theme, err)
}

func at(lines map[string]int, err error) error {
	key := ""
	if w, ok := errors.AsType[*keyError](err); ok {
		key = w.key
	}
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
	found := keyLines{theme: map[string]int{}}
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
	switch last := len(p.systems) - 1; {
	case path[0] == "theme":
		p.theme[key] = line
	case item:
		p.systems = append(p.systems, map[string]int{"": line})
	case last >= 0:
		p.systems[last][key] = line
	}
}
