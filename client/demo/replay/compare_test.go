package replay_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"authdeck/client/demo/demotest"
)

// differences says in what an answer of the mirror is not as the real one: in status,
// type, methods, and the keys and types of what it tells; of errors in their words too.
func differences(r recording, a demotest.Answer) []string {
	var wrong []string
	differ := func(what, theirs, mirror any) {
		wrong = append(wrong, fmt.Sprintf("%s is %v, and was %v", what, mirror, theirs))
	}
	if a.Status != r.Status {
		differ("status", r.Status, a.Status)
	}
	if got := a.Header.Get("Content-Type"); got != r.Type && r.Status != http.StatusNoContent {
		differ("type", r.Type, got)
	}
	if allow := a.Header.Get("Allow"); r.Allow != nil && allow != *r.Allow {
		differ("Allow", *r.Allow, allow)
	} else if r.Allow == nil && allow != "" {
		differ("Allow", "none", allow)
	}
	if got := a.Header.Get("Location"); r.Status/100 == 3 && pathOf(got) != pathOf(r.Location) {
		differ("Location", r.Location, got)
	}
	if r.Method == http.MethodHead || len(wrong) > 0 {
		return wrong
	}
	return append(wrong, told(r, a)...)
}

// pathOf is where a link leads below a host, without the numbers that the scene decides.
func pathOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	return regexp.MustCompile(`\d+|\{[^}]*\}|[0-9a-f]{32}`).ReplaceAllString(u.Path, "N")
}

func told(r recording, a demotest.Answer) []string {
	if len(r.Answer) == 0 {
		if a.Body != "" && r.Status == http.StatusNoContent {
			return []string{"there is a body"}
		}
		return nil
	}
	var theirs, mirror any
	if err := unmarshal(r.Answer, &theirs); err != nil {
		return []string{err.Error()}
	}
	if text, cut := theirs.(string); cut && strings.HasSuffix(text, "…") {
		if !strings.HasPrefix(a.Body, strings.TrimSuffix(text, "…")) {
			return []string{fmt.Sprintf("it begins with %.20q, and began with %q", a.Body, text)}
		}
		var rows []any
		if strings.HasPrefix(text, "[") && (unmarshal([]byte(a.Body), &rows) != nil || len(rows) == 0) {
			return []string{fmt.Sprintf("it has no rows, and had some: %.60q", a.Body)} // more is not recorded
		}
		return nil
	}
	if err := unmarshal([]byte(a.Body), &mirror); err != nil {
		return []string{fmt.Sprintf("no JSON: %.60q", a.Body)}
	}
	if r.Status >= http.StatusBadRequest {
		return words(theirs, mirror)
	}
	return append(shapes("", theirs, mirror), echoes(r, theirs, mirror)...)
}

// echoes compares what became of the values that were sent: what the real server kept,
// the mirror keeps, and what it made something else of is something else here.
func echoes(r recording, theirs, mirror any) (wrong []string) {
	was, object := theirs.(map[string]any)
	is, same := mirror.(map[string]any)
	var sent map[string]any
	if r.Body == nil || !object || !same || unmarshal([]byte(*r.Body), &sent) != nil {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		value, told := was[key]
		text, _ := value.(string)
		given, _ := sent[key].(string)
		if key == "user" || !told || sent[key] == nil || strings.Contains(given, "{") || strings.HasSuffix(text, "…") {
			continue // a number of the scene's, or not told, or the scene's own, or cut
		}
		if kept := reflect.DeepEqual(value, sent[key]); kept != reflect.DeepEqual(is[key], sent[key]) {
			wrong = append(wrong, fmt.Sprintf("%s is %v, and was %v where %v was sent", key, is[key], value, sent[key]))
		}
	}
	return wrong
}

func unmarshal(raw []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return d.Decode(to)
}

// moment is a time in a sentence, which is never the same.
var moment = regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?`)

func words(theirs, mirror any) []string {
	said := func(v any) string {
		raw, _ := json.Marshal(v) // keys in order
		return moment.ReplaceAllString(string(raw), "TIME")
	}
	if was, is := said(theirs), said(mirror); was != is {
		return []string{fmt.Sprintf("it says %s, and said %s", is, was)}
	}
	return nil
}

// free are objects whose keys are data and no names of fields.
var free = []string{"attributes", "settings", "flags"}

// rowsOwn are the keys that AWX has only in a row of which they are true: the application
// of a token among its links, for one.
var rowsOwn = []string{"application", "organization", "created_by", "modified_by", "last_job"}

// shapes compares keys and types. What is null on one side is anything on the other: it
// is a matter of the row.
func shapes(at string, theirs, mirror any) []string {
	if theirs == nil || mirror == nil {
		return nil
	}
	if reflect.TypeOf(theirs) != reflect.TypeOf(mirror) {
		return []string{fmt.Sprintf("%s is %T, and was %T", at, mirror, theirs)}
	}
	switch was := theirs.(type) {
	case map[string]any:
		is := mirror.(map[string]any)
		if slices.Contains(free, at[strings.LastIndex(at, ".")+1:]) {
			return nil
		}
		return objects(at, was, is)
	case []any:
		return lists(at, was, mirror.([]any))
	}
	return nil
}

func objects(at string, was, is map[string]any) []string {
	var wrong []string
	for _, key := range slices.Sorted(maps.Keys(was)) {
		if _, there := is[key]; !there {
			if slices.Contains(rowsOwn, key) {
				continue
			}
			wrong = append(wrong, fmt.Sprintf("%s.%s is missing", at, key))
			continue
		}
		wrong = append(wrong, shapes(at+"."+key, was[key], is[key])...)
	}
	for _, key := range slices.Sorted(maps.Keys(is)) {
		if _, there := was[key]; !there && !slices.Contains(rowsOwn, key) {
			wrong = append(wrong, fmt.Sprintf("%s.%s was not there", at, key))
		}
	}
	return wrong
}

// lists wants a row of the mirror's for each that was recorded, and none where there
// was none.
func lists(at string, was, is []any) []string {
	switch {
	case len(is) == 0 && at != "" && at != ".results":
		return nil // whether a row has any is its own matter
	case len(was) == 0 && at != "" && at != ".results":
		return nil
	case len(was) == 0 && len(is) > 0:
		return []string{fmt.Sprintf("%s has rows, and had none", at)}
	case len(was) > 0 && len(is) == 0:
		return []string{fmt.Sprintf("%s has no rows, and had some", at)}
	}
	for _, row := range was {
		var nearest []string
		for i, other := range is {
			wrong := shapes(at+"[]", row, other)
			if i == 0 || len(wrong) < len(nearest) {
				nearest = wrong
			}
		}
		if len(nearest) > 0 {
			return nearest
		}
	}
	return nil
}
