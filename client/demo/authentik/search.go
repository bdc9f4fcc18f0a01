package authentik

import (
	"encoding/json"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"authdeck/client/demo/stage"
)

// searchWords takes what stands in quotes for one, as newer REST frameworks do
// (rest_framework/filters.py, search_smart_split; seen on 2025.12.4).
func searchWords(search string) []string {
	parts := regexp.MustCompile(`(?:[^\s'"]*(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s'"]*)+|\S+`)
	var words []string
	for _, part := range parts.FindAllString(search, -1) {
		part = strings.Trim(part, ",")
		if n := len(part); n > 1 && strings.ContainsRune(`"'`, rune(part[0])) && part[0] == part[n-1] {
			quote := part[:1]
			words = append(words, strings.NewReplacer(`\`+quote, quote, `\\`, `\`).Replace(part[1:n-1]))
			continue
		}
		words = append(words, slices.DeleteFunc(strings.Split(part, ","), func(word string) bool { return word == "" })...)
	}
	return words
}

// narrowed are the rows that a query asks for, in its order; if there is something wrong
// with it, it has answered.
func narrowed[T any](w http.ResponseWriter, q url.Values, set stage.FilterSet[T], rows []T) ([]T, bool) {
	if stage.HasNull(q, "search") {
		stage.Invalid(w, stage.NullCharacters)
		return nil, false
	}
	wrong := stage.Complaints{}
	for name := range set.Filters {
		if stage.HasNull(q, name) {
			wrong[name] = []string{stage.NullCharacters}
		}
	}
	if len(wrong) == 0 {
		rows, wrong = set.Apply(q, rows)
	}
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return nil, false
	}
	return rows, true
}

// byAttributes keeps the users who have attributes, which a query gives as JSON; ok is
// whether it is.
func byAttributes(q url.Values, rows []*account) (kept []*account, ok bool) {
	asked := stage.Last(q, "attributes")
	if asked == "" {
		return rows, true
	}
	var wanted map[string]any
	if json.Unmarshal([]byte(asked), &wanted) != nil {
		return nil, false
	}
	return slices.DeleteFunc(rows, func(c *account) bool {
		for name, value := range wanted {
			if !reflect.DeepEqual(c.attributes[name], value) {
				return true
			}
		}
		return false
	}), true
}
