package stage

import (
	"maps"
	"net/http"
)

// Field is what OPTIONS tells of one field, in the words of the server: type, required,
// read_only, label, help_text and more.
type Field map[string]any

// Fields are the fields of each method of a path.
type Fields map[string]map[string]Field

// NewField is a field with what the framework tells of every one.
func NewField(kind, label string, required, readOnly bool) Field {
	return Field{"type": kind, "required": required, "read_only": readOnly, "label": label}
}

// With adds what only some fields have, such as help_text, max_length or choices.
func (f Field) With(name string, value any) Field {
	f[name] = value
	return f
}

// withOptions adds the method that says what a path can do. It asks for what the least
// of the others asks for.
func (f Framework) withOptions(view View, actions Methods) Methods {
	all := maps.Clone(actions)
	need, first := AllRights, true
	for _, a := range actions {
		if first || a.Need < need {
			need, first = a.Need, false
		}
	}
	endpoint := "choices"
	if need == Anyone {
		endpoint = "probe"
	}
	if _, own := actions[http.MethodOptions]; !own {
		all[http.MethodOptions] = Serve(endpoint, need, func(w http.ResponseWriter, _ *http.Request, caller *User) {
			Reply(w, http.StatusOK, f.metadata(view, caller))
		})
	}
	if view.NoHead {
		all[http.MethodHead] = Serve("", need, func(w http.ResponseWriter, r *http.Request, _ *User) { MethodNotAllowed(w, r, actions) })
	}
	return all
}

// metadata leaves actions out where there are none to tell of, as the framework does.
func (f Framework) metadata(view View, caller *User) map[string]any {
	told := map[string]any{
		"name": view.Name, "description": view.Description,
		"renders": OrEmpty(f.Renders), "parses": OrEmpty(f.Parses),
	}
	actions := Fields{}
	for method, fields := range view.Actions {
		if view.May == nil || caller != nil && view.May(caller, method) {
			actions[method] = fields
		}
	}
	if len(actions) > 0 {
		told["actions"] = actions
	}
	maps.Copy(told, view.More)
	return told
}

// OrEmpty is a list that is written as one even if there is nothing in it.
func OrEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
