// Package batchtest holds what a command wrote against the contract that it is under, and plays who
// answers it at a terminal, for a test. It must not know any command.
package batchtest

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// Holds looks whether what was written is a document that docs/authdeck-1.schema.json knows, or
// is one a line, and has no field of which that does not tell.
func Holds(t testing.TB, written []byte) {
	t.Helper()
	documents := [][]byte{written}
	if !json.Valid(written) {
		documents = bytes.Split(bytes.TrimSuffix(written, []byte("\n")), []byte("\n"))
	}
	schema := compiled(t)
	for _, document := range documents {
		var bare bytes.Buffer
		if err := json.Compact(&bare, document); err != nil {
			t.Errorf("it is no JSON: %v in %.300q", err, document)
			continue
		}
		if !strings.HasPrefix(bare.String(), `{"schema":"authdeck/1","kind":"`) {
			t.Errorf("a document begins with what it is, and not with %.60q", bare.String())
		}
		value, err := jsonschema.UnmarshalJSON(&bare)
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Errorf("it is not as docs/authdeck-1.schema.json has it: %.900s\n%.600s", err.Error(), document)
			return // the others are wrong in the same way, most likely
		}
	}
}

const schemaName = "authdeck-1.schema.json"

// compiled is the schema, closed: a reader ignores a field that it does not know, and a test does
// not.
func compiled(t testing.TB) *jsonschema.Schema {
	t.Helper()
	open, err := jsonschema.UnmarshalJSON(bytes.NewReader(Document(t, schemaName)))
	if err != nil {
		t.Fatal(err)
	}
	root, _ := open.(map[string]any)
	shut(root)
	root["unevaluatedProperties"] = false
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaName, root); err != nil {
		t.Fatal(err)
	}
	delete(root, "$id")
	schema, err := compiler.Compile(schemaName)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// shut closes each object that stands in a field or in an array. Those that are put together of
// several are closed where all of them are.
func shut(schema any) {
	at, _ := schema.(map[string]any)
	for keyword, below := range at {
		switch keyword {
		case "properties":
			fields, _ := below.(map[string]any)
			for _, field := range fields {
				shutField(field)
			}
		case "items":
			shutField(below)
		case "$defs":
			named, _ := below.(map[string]any)
			for _, one := range named {
				shut(one)
			}
		}
	}
}

func shutField(field any) {
	shut(field)
	if at, is := field.(map[string]any); is {
		at["unevaluatedProperties"] = false
	}
}

// Document is a file of docs.
func Document(t testing.TB, name string) []byte {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
		if folder == filepath.Dir(folder) {
			t.Fatal("the root of this repository is not above the test")
		}
		folder = filepath.Dir(folder)
	}
	content, err := fs.ReadFile(os.DirFS(filepath.Join(folder, "docs")), name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
