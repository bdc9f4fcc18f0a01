package stage

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// Complaints are the messages about each field of a request.
type Complaints map[string][]string

// ReadFields takes in a JSON object without looking at its values.
func ReadFields(w http.ResponseWriter, r *http.Request) (map[string]json.RawMessage, bool) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		Detail(w, http.StatusUnsupportedMediaType, fmt.Sprintf("Unsupported media type %q in request.", kind))
		return nil, false
	}
	raw, _ := io.ReadAll(r.Body) // in memory already
	if !json.Valid(raw) {
		Detail(w, http.StatusBadRequest, "JSON parse error - Expecting value: line 1 column 1 (char 0)")
		return nil, false
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || fields == nil {
		Reply(w, http.StatusBadRequest, Complaints{"non_field_errors": {"Invalid data. Expected a dictionary."}})
		return nil, false
	}
	return fields, true
}

// TextField reads a field that must be a text.
func TextField(fields map[string]json.RawMessage, name string, wrong Complaints) string {
	var value *string
	switch raw, given := fields[name]; {
	case !given:
		wrong[name] = []string{"This field is required."}
	case json.Unmarshal(raw, &value) != nil:
		wrong[name] = []string{"Not a valid string."}
	case value == nil:
		wrong[name] = []string{"This field may not be null."}
	case *value == "":
		wrong[name] = []string{"This field may not be blank."}
	default:
		return *value
	}
	return ""
}

// ReferenceField reads a field that names a row: a number, alone or as a text.
func ReferenceField(fields map[string]json.RawMessage, name string, wrong Complaints) int {
	raw, given := fields[name]
	if !given {
		wrong[name] = []string{"This field is required."}
		return 0
	}
	if string(raw) == "null" {
		wrong[name] = []string{"This field may not be null."}
		return 0
	}
	id, err := strconv.Atoi(strings.Trim(string(raw), `"`))
	if err != nil {
		wrong[name] = []string{"Incorrect type. Expected pk value."}
	}
	return id
}
