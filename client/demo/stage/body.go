package stage

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"unicode/utf8"
)

const formMemory = 1 << 20 // of a form in parts, as much as a request may have

// Body is how a server reads the body of a request; what it leaves out is the
// framework's own way.
type Body struct {
	Forms       bool                            // takes forms too, in which every value is a text
	Unsupported string                          // what it says of another type, if not the framework's sentence
	Whole       string                          // the name under which it complains about the whole
	Null        string                          // of a body that is null
	NoObject    func(raw []byte) string         // of another that is no object, as a detail; nil for a complaint
	Broken      func(raw []byte) (words string) // of what is no JSON; nil for Python's words
}

// Fields takes in an object without looking at its values. No body is an empty one.
func (b Body) Fields(w http.ResponseWriter, r *http.Request) (map[string]json.RawMessage, bool) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	raw, _ := io.ReadAll(r.Body) // in memory already
	r.Body = io.NopCloser(bytes.NewReader(raw))
	switch {
	case len(raw) == 0:
		return map[string]json.RawMessage{}, true
	case kind == "application/json":
		return b.object(w, recoded(raw, params["charset"]))
	case b.Forms && kind == "application/x-www-form-urlencoded" && r.ParseForm() == nil:
		return formFields(r.PostForm), true
	case b.Forms && kind == "multipart/form-data":
		if r.ParseMultipartForm(formMemory) != nil { //nolint:gosec // the body is bounded already
			Detail(w, http.StatusBadRequest, "Multipart form parse error - Invalid boundary in multipart: None")
			return nil, false
		}
		return formFields(r.MultipartForm.Value), true
	case b.Unsupported != "":
		Detail(w, http.StatusUnsupportedMediaType, b.Unsupported)
	default:
		Detail(w, http.StatusUnsupportedMediaType, fmt.Sprintf("Unsupported media type %q in request.", r.Header.Get("Content-Type")))
	}
	return nil, false
}

// recoded is a body that says it has letters of two bytes, and so is none to who reads it
// that way (seen on authentik, which says that its first letter is not expected).
func recoded(raw []byte, charset string) []byte {
	if slices.Contains([]string{"", "utf-8", "UTF-8", "utf8"}, charset) {
		return raw
	}
	return append([]byte{0xff}, raw...)
}

func (b Body) object(w http.ResponseWriter, raw []byte) (map[string]json.RawMessage, bool) {
	var fields map[string]json.RawMessage
	whole := b.Whole
	if whole == "" {
		whole = "non_field_errors"
	}
	switch {
	case !json.Valid(raw) || !utf8.Valid(raw):
		words := JSONError
		if b.Broken != nil {
			words = b.Broken
		}
		Detail(w, http.StatusBadRequest, "JSON parse error - "+words(raw))
	case string(bytes.TrimSpace(raw)) == "null":
		null := b.Null
		if null == "" {
			null = "No data provided"
		}
		Reply(w, http.StatusBadRequest, Complaints{whole: {null}})
	case json.Unmarshal(raw, &fields) != nil && b.NoObject != nil:
		Detail(w, http.StatusBadRequest, b.NoObject(raw))
	case fields == nil:
		Reply(w, http.StatusBadRequest, Complaints{whole: {NotADictionary(raw)}})
	default:
		return fields, true
	}
	return nil, false
}

func formFields(form url.Values) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	for name := range form {
		fields[name], _ = json.Marshal(Last(form, name))
	}
	return fields
}

// NotADictionary is what the framework says of a body that is no object.
func NotADictionary(raw json.RawMessage) string {
	return fmt.Sprintf("Invalid data. Expected a dictionary, but got %s.", PythonType(raw))
}

// WrongPK is what it says of what cannot name a row.
func WrongPK(raw json.RawMessage) string {
	return fmt.Sprintf("Incorrect type. Expected pk value, received %s.", PythonType(raw))
}

// PythonType is what Python calls the type of a value.
func PythonType(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || raw[0] == 'n':
		return "NoneType"
	case raw[0] == '"':
		return "str"
	case raw[0] == '[':
		return "list"
	case raw[0] == '{':
		return "dict"
	case raw[0] == 't' || raw[0] == 'f':
		return "bool"
	case bytes.ContainsAny(raw, ".eE"):
		return "float"
	default:
		return "int"
	}
}
