package config

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

// keyLines are the lines of the keys of each [[system]]; the empty key is the
// header's.
type keyLines []map[string]int

// of puts a complaint about system i at its line. A system that was written
// inline has no line of its own, and none is made up.
func (p keyLines) of(i int, err error) error {
	key := ""
	if w, ok := errors.AsType[*keyError](err); ok {
		key = w.key
	}
	if i >= len(p) {
		return fmt.Errorf("system %d: %w", i+1, err)
	}
	line, ok := p[i][key]
	if !ok {
		line = p[i][""]
	}
	if key == "" {
		err = errors.New(strings.TrimPrefix(err.Error(), ": "))
	}
	return &lineError{line, err}
}

// keyLinesOf finds the lines. The document has been decoded before, so that it
// parses is certain.
func keyLinesOf(doc []byte) keyLines {
	var found keyLines
	parser := unstable.Parser{}
	parser.Reset(doc)
	for parser.NextExpression() {
		node := parser.Expression()
		keys := node.Key()
		if !keys.Next() {
			continue
		}
		line := parser.Shape(keys.Node().Raw).Start.Line
		switch {
		case node.Kind == unstable.ArrayTable:
			found = append(found, map[string]int{"": line})
		case node.Kind == unstable.KeyValue && len(found) > 0:
			found[len(found)-1][string(keys.Node().Data)] = line
		}
	}
	return found
}
