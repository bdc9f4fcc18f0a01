// Package replay_test holds the mirrors against what real servers answered: each recorded
// request is sent to the mirror in its turn, and the client reads each recorded answer.
//
// The recordings are in testdata, an exchange a line, in the order in which they were
// made: lists are cut to a row, long texts are cut, keys are replaced, and what the
// situation decides stands in braces. What does not agree yet is in testdata/exceptions,
// with its reason; an exception that agrees has to go.
package replay_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// recording is one exchange with a real server.
type recording struct {
	ID       string // the system and the line of the whole recording
	Server   string
	As       string // who asked
	Method   string
	Path     string
	Body     *string
	Header   map[string]string // where the request had others than usual
	Before   [][]string        // method, path and body of what was done before, and not recorded
	Status   int
	Type     string
	Allow    *string
	Location string
	Answer   json.RawMessage // none for a page; a text for one that was cut within its first row
	Cut      bool            // a list that had more rows
}

// recorded are the exchanges with one system.
func recorded(t *testing.T, system string) []recording {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", system+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var all []recording
	for line := range bytes.Lines(raw) {
		var r recording
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		all = append(all, r)
	}
	return all
}

// exceptions are the reasons why recordings do not agree, by their ID. What the client
// does not read has /read behind it.
func exceptions(t *testing.T, system string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "exceptions", system+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, reason, _ := strings.Cut(line, " ")
		if strings.TrimSpace(reason) == "" {
			t.Errorf("%s is excepted without a reason", id)
		}
		all[id] = reason
	}
	return all
}
