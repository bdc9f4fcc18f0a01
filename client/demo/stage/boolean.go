package stage

import (
	"encoding/json"
	"slices"
	"strings"
)

// NotBoolean is what the framework says of what is neither true nor false.
const NotBoolean = "Must be a valid boolean."

// ReadBoolean reads a field that is true or false, in the words that the framework takes
// for either, or as a number.
func ReadBoolean(raw json.RawMessage) (value, ok bool) {
	var word string
	if json.Unmarshal(raw, &word) != nil {
		var n float64
		if json.Unmarshal(raw, &n) == nil && string(raw) != "null" {
			return n == 1, n == 0 || n == 1
		}
		word = string(raw)
		if word != "true" && word != "false" {
			return false, false
		}
	}
	return booleanWord(word)
}

func booleanWord(word string) (value, ok bool) {
	word = strings.ToLower(word)
	switch {
	case slices.Contains([]string{"t", "y", "yes", "true", "on", "1"}, word):
		return true, true
	case slices.Contains([]string{"f", "n", "no", "false", "off", "0"}, word):
		return false, true
	}
	return false, false
}

// FilterBoolean reads a filter, which takes fewer words; any other is as if it were not
// there (seen on authentik 2025.12.4 and 2026.5.0-rc1).
func FilterBoolean(word string) (value, filters bool) {
	switch strings.ToLower(word) {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}
