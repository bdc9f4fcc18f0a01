package awx

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"authdeck/client/demo/stage"
)

// fields are those of a request, as they came.
type fields = map[string]json.RawMessage

// readFields takes a body that is not there for an empty one. The version of the product
// is not told where the body cannot be read, because AWX asks who it is only after that.
func (a *server) readFields(w http.ResponseWriter, r *http.Request) (fields, bool) {
	raw, _ := io.ReadAll(r.Body) // in memory already
	r.Body = io.NopCloser(bytes.NewReader(raw))
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	object := json.Unmarshal(raw, &fields{}) == nil
	if a.generation.IsGateway() {
		if kind == "application/json" && len(raw) > 0 && json.Valid(raw) && !object && r.Method == http.MethodPost {
			a.crash(w) // and so does null, which is no object here
			return nil, false
		}
		if kind == "application/json" && len(raw) > 0 && !json.Valid(raw) {
			w.Header().Del(productVersion)
		}
		return stage.Body{Forms: true}.Fields(w, r)
	}
	if len(raw) > 0 && (kind != "application/json" || !object) {
		w.Header().Del(productVersion)
	}
	return stage.Body{
		Unsupported: "You did not use correct Content-Type in your HTTP request. " +
			"If you are using our REST API, the Content-Type must be application/json",
		Whole: "__all__", Null: "This field may not be null.",
		NoObject: func([]byte) string { return "JSON parse error - not a JSON object" },
		Broken:   func(raw []byte) string { return stage.JSONError(raw) + "\nPossible cause: trailing comma." },
	}.Fields(w, r)
}

// text reads a field of words, as the framework does: a number is one, and the blanks
// around it are cut off.
func text(raw json.RawMessage) (value, complaint string) {
	var number json.Number
	switch {
	case json.Unmarshal(raw, &value) == nil:
	case stage.PythonType(raw) == "int" || stage.PythonType(raw) == "float":
		_ = json.Unmarshal(raw, &number)
		value = number.String()
	default:
		return "", "Not a valid string."
	}
	if strings.ContainsRune(value, 0) {
		return "", stage.NullCharacters
	}
	return strings.TrimSpace(value), ""
}

// words are the two fields that a request may set.
func (a *server) words(given fields, description, scope string, wrong stage.Complaints) (newDescription, newScope string) {
	if raw, there := given["description"]; there {
		var complaint string
		if description, complaint = a.description(raw); complaint != "" {
			wrong["description"] = []string{complaint}
		}
	}
	if raw, there := given["scope"]; there {
		var complaint string
		if scope, complaint = a.scope(raw); complaint != "" {
			wrong["scope"] = []string{complaint}
		}
	}
	return description, scope
}

// description is empty in AWX for what is null, a list or an object.
func (a *server) description(raw json.RawMessage) (value, complaint string) {
	switch kind := stage.PythonType(raw); {
	case kind == "NoneType" && a.generation.IsGateway():
		return "", "This field may not be null."
	case !a.generation.IsGateway() && slices.Contains([]string{"NoneType", "list", "dict"}, kind):
		return "", ""
	}
	return text(raw)
}

func (a *server) scope(raw json.RawMessage) (value, complaint string) {
	value, complaint = text(raw)
	if a.generation.IsGateway() {
		return value, a.gatewayScope(raw, value, complaint)
	}
	words := strings.Fields(value)
	if stage.PythonType(raw) != "str" || !isScope(words, a.scopes()) {
		return "", a.scopeRule()
	}
	return value, ""
}

// scopeRule shows the list as Python prints one.
func (a *server) scopeRule() string {
	return fmt.Sprintf("Must be a simple space-separated string with allowed scopes ['%s'].", strings.Join(a.scopes(), "', '"))
}

// gatewayScope goes word by word, and takes what stands between two blanks for one.
func (a *server) gatewayScope(raw json.RawMessage, value, complaint string) string {
	switch {
	case stage.PythonType(raw) == "NoneType":
		return "This field may not be null."
	case complaint != "":
		return complaint
	case value == "":
		return "This field may not be blank."
	}
	words := strings.Split(value, " ")
	for _, word := range words {
		if !slices.Contains(a.scopes(), word) {
			return fmt.Sprintf("Invalid scope: %s. Must be one of: %s", word, strings.Join(a.scopes(), ", "))
		}
	}
	if !isScope(words, a.scopes()) {
		return a.scopeRule()
	}
	return ""
}

func (a *server) scopes() []string {
	if a.generation == Gateway {
		return []string{"read", "write", "openid", "roles"}
	}
	return []string{"read", "write"}
}

// isScope wants words that are known, and none of them twice.
func isScope(words, known []string) bool {
	words = slices.Sorted(slices.Values(words))
	return len(words) > 0 && len(slices.Compact(slices.Clone(words))) == len(words) &&
		!slices.ContainsFunc(words, func(word string) bool { return !slices.Contains(known, word) })
}

// appField is the application that a request names, nil for a personal token.
func (a *server) appField(given fields, rule appRule, wrong stage.Complaints) *application {
	const name = "application"
	raw, there := given[name]
	none := !there || slices.Contains([]string{"null", `""`}, string(raw))
	switch {
	case rule == appIgnored || rule == appOptional && none:
		return nil
	case !there:
		wrong[name] = []string{"This field is required."}
		return nil
	case none:
		wrong[name] = []string{"This field may not be null."}
		return nil
	}
	id, complaint := a.primaryKey(raw)
	app := a.appByID(id)
	switch {
	case complaint != "":
		wrong[name] = []string{complaint}
		return nil
	case app == nil:
		wrong[name] = []string{fmt.Sprintf(`Invalid pk "%d" - object does not exist.`, id)}
	}
	return app
}

// primaryKey reads a number, also one between quotes; a fraction is cut off.
func (a *server) primaryKey(raw json.RawMessage) (id int, complaint string) {
	value, _ := text(raw)
	n, err := strconv.ParseFloat(value, 64)
	switch kind := stage.PythonType(raw); {
	case kind == "dict" && !a.generation.IsGateway():
		return 0, "Incorrect type. Expected pk value, received OrderedDict." // AWX keeps the order of what it reads
	case err != nil || kind == "bool" || kind == "str" && strings.Contains(value, "."):
		return 0, stage.WrongPK(raw)
	}
	return int(n), ""
}
