package config

import (
	"regexp"
	"strconv"

	"authdeck/client/redact"
	"authdeck/model"
)

// quoted is a value in the wrong place as an error shows it: a slip of the pen is,
// but nothing that could be a key. The line is named, so that nothing is missed.
func quoted(value string) string {
	if len(value) <= 24 && quotable.MatchString(value) && !redact.LooksLikeKey(value) {
		return strconv.Quote(value)
	}
	return "what stands here"
}

// quotable are words with a number behind at most, and numbers of a version.
var quotable = regexp.MustCompile(`^([A-Za-z]+([ ._-][A-Za-z]+)*[ ._-]?[0-9]?|[0-9.]{1,6})$`)

// shownName is a name out of the configuration as it is shown where it works.
func shownName(name string) model.Text {
	if redact.LooksLikeKey(name) {
		return model.Clean(redact.Hidden)
	}
	return model.Clean(name)
}
