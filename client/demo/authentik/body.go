package authentik

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"authdeck/client/demo/stage"
)

// readFields takes a request without a body for an empty object.
func (a *server) readFields(w http.ResponseWriter, r *http.Request) (map[string]json.RawMessage, bool) {
	if a.early() && !utf8Body(r) { // nobody has foreseen that
		serverError(w, r)
		return nil, false
	}
	return stage.Body{Broken: orjsonError}.Fields(w, r)
}

// utf8Body reports whether a body is in the letters that it should be in.
func utf8Body(r *http.Request) bool {
	raw, _ := io.ReadAll(r.Body) // in memory already
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return utf8.Valid(raw)
}

// orjsonError says in the words of orjson, with which this server reads, where a text
// stops to be JSON (seen on 2025.12.4 and 2026.5.0-rc1).
func orjsonError(raw []byte) string {
	if !utf8.Valid(raw) && raw[0] != 0xff { // what begins with this is in letters of two bytes
		return stage.JSONError(raw)
	}
	var wrong *json.SyntaxError
	var value any
	_ = errors.As(json.Unmarshal(raw, &value), &wrong)
	words, at := "unexpected character", 0
	if wrong == nil {
		return place(words, raw, at)
	}
	at = int(wrong.Offset) - 1
	switch said := wrong.Error(); {
	case strings.HasPrefix(said, "unexpected end"):
		words, at = "unexpected end of data", len(raw)
	case strings.HasSuffix(said, "after top-level value"):
		words = "unexpected content after document"
	case strings.HasSuffix(strings.TrimRight(string(raw[:max(0, at)]), " \t\r\n"), ",") && strings.ContainsAny(string(raw[at:at+1]), "}]"):
		words, at = "trailing comma is not allowed", strings.LastIndexByte(string(raw[:at]), ',')
	}
	return place(words, raw, at)
}

// place names a byte of a text by its line, its column and its letter.
func place(words string, raw []byte, at int) string {
	before := string(raw[:min(at, len(raw))])
	line := before[strings.LastIndexByte(before, '\n')+1:]
	return fmt.Sprintf("%s: line %d column %d (char %d)", words,
		strings.Count(before, "\n")+1, utf8.RuneCountInString(line)+1, utf8.RuneCountInString(before))
}
