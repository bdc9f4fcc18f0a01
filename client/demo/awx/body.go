package awx

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"

	"authdeck/client/demo/stage"
)

const formMemory = 1 << 20 // of a form in parts, as much as a request may have

// readJSON takes in a JSON object and nothing else. No body is an empty one.
func readJSON(w http.ResponseWriter, r *http.Request, otherType string) (map[string]json.RawMessage, bool) {
	raw, _ := io.ReadAll(r.Body) // in memory already
	fields := map[string]json.RawMessage{}
	if len(raw) == 0 {
		return fields, true
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		stage.Detail(w, http.StatusUnsupportedMediaType, otherType)
		return nil, false
	}
	switch {
	case !json.Valid(raw):
		stage.Detail(w, http.StatusBadRequest, "JSON parse error - Expecting value: line 1 column 1 (char 0)")
	case json.Unmarshal(raw, &fields) != nil:
		stage.Detail(w, http.StatusBadRequest, "JSON parse error - not a JSON object")
	case fields == nil:
		stage.Reply(w, http.StatusBadRequest, stage.Complaints{"__all__": {"No data provided"}})
	default:
		return fields, true
	}
	return nil, false
}

// readJSONOrForm takes forms as well, in which every value is a text.
func readJSONOrForm(w http.ResponseWriter, r *http.Request) (map[string]json.RawMessage, bool) {
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var form url.Values
	switch kind {
	case "application/x-www-form-urlencoded":
		if r.ParseForm() == nil {
			form = r.PostForm
		}
	case "multipart/form-data":
		if r.ParseMultipartForm(formMemory) == nil { //nolint:gosec // the body is bounded already
			form = r.MultipartForm.Value
		}
	default:
		return readJSON(w, r, fmt.Sprintf("Unsupported media type %q in request.", kind))
	}
	if form == nil {
		stage.Detail(w, http.StatusBadRequest, "Malformed request.")
		return nil, false
	}
	fields := map[string]json.RawMessage{}
	for name, values := range form {
		fields[name], _ = json.Marshal(values[len(values)-1])
	}
	return fields, true
}
