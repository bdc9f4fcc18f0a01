package authentik

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"authdeck/client/demo/stage"
)

const (
	nullField  = "This field may not be null."
	blankField = "This field may not be blank."
)

// fieldReader puts the value of a field where it belongs; what it cannot put it
// complains about.
type fieldReader func(raw json.RawMessage) (complaint string)

// readers are those of the fields that a request may write, in the row given.
func (a *server) readers(t *token) map[string]fieldReader {
	return map[string]fieldReader{
		"identifier":  func(raw json.RawMessage) string { return a.readIdentifier(raw, t) },
		"managed":     func(raw json.RawMessage) string { return a.readManaged(raw, t) },
		"user":        func(raw json.RawMessage) string { return a.readOwner(raw, t) },
		"intent":      func(raw json.RawMessage) string { return readIntent(raw, &t.intent) },
		"description": func(raw json.RawMessage) string { return readText(raw, &t.description) },
		"expires":     func(raw json.RawMessage) string { return readTime(raw, &t.expires) },
		"expiring":    func(raw json.RawMessage) string { return readBool(raw, &t.expiring) },
	}
}

// readText takes a number for a text and cuts space off its ends.
func readText(raw json.RawMessage, to *string) string {
	var value any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	_ = d.Decode(&value) // valid already
	switch v := value.(type) {
	case nil:
		return nullField
	case string:
		*to = strings.TrimSpace(v)
	case json.Number:
		*to = v.String()
	default:
		return "Not a valid string."
	}
	if strings.ContainsRune(*to, 0) {
		return "Null characters are not allowed."
	}
	return ""
}

func (a *server) readIdentifier(raw json.RawMessage, t *token) string {
	if complaint := readText(raw, &t.identifier); complaint != "" {
		return complaint
	}
	switch {
	case t.identifier == "":
		return blankField
	case !regexp.MustCompile(`^[-a-zA-Z0-9_]+$`).MatchString(t.identifier):
		return "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."
	case utf8.RuneCountInString(t.identifier) > 255:
		return "Ensure this field has no more than 255 characters."
	case a.another(t, func(other token) bool {
		return other.identifier == t.identifier && (a.old() || !other.expired(a.Now()))
	}):
		return "Token with this identifier already exists."
	}
	return ""
}

// clashes says whether the database refuses a row that was found to be valid: from
// 2026.5 an identifier is not looked for among tokens whose date has passed.
func (a *server) clashes(t *token) bool {
	return a.another(t, func(other token) bool { return other.identifier == t.identifier })
}

func (a *server) readManaged(raw json.RawMessage, t *token) string {
	if string(raw) == "null" {
		t.managed = ""
		return ""
	}
	if complaint := readText(raw, &t.managed); complaint != "" {
		return complaint
	}
	switch {
	case t.managed == "":
		return blankField
	case a.another(t, func(other token) bool { return other.managed == t.managed }):
		return "Token with this Managed by authentik already exists."
	}
	return ""
}

// another says whether a row that is not this one fits.
func (a *server) another(t *token, fits func(token) bool) bool {
	return slices.ContainsFunc(a.tokens.All(), func(other token) bool { return other.id != t.id && fits(other) })
}

// readOwner is for a new token alone: no token has its owner changed, if the
// request names one at all.
func (a *server) readOwner(raw json.RawMessage, t *token) string {
	wrong := stage.Complaints{}
	id := stage.ReferenceField(map[string]json.RawMessage{"user": raw}, "user", wrong)
	if len(wrong) > 0 {
		return wrong["user"][0]
	}
	c := a.account(id)
	switch {
	case c == nil:
		return fmt.Sprintf(`Invalid pk "%d" - object does not exist.`, id)
	case t.owner != nil && t.owner != c:
		return "User cannot be changed"
	}
	t.owner = c
	return ""
}

func readIntent(raw json.RawMessage, to *string) string {
	if complaint := readText(raw, to); complaint != "" {
		return complaint
	}
	if !slices.Contains(intents(), *to) {
		return fmt.Sprintf(`"%s" is not a valid choice.`, *to)
	}
	return ""
}

// readTime takes null for none.
func readTime(raw json.RawMessage, to *time.Time) string {
	if string(raw) == "null" {
		*to = time.Time{}
		return ""
	}
	var text string
	_ = json.Unmarshal(raw, &text) // what is no text is no time either
	at, ok := parseTime(text)
	if !ok {
		return "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
	}
	*to = at
	return ""
}

// parseTime takes what has no zone for UTC.
func parseTime(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC().Truncate(time.Microsecond), true
		}
	}
	return time.Time{}, false
}

func readBool(raw json.RawMessage, to *bool) string {
	if string(raw) == "null" {
		return nullField
	}
	value, err := strconv.ParseBool(strings.Trim(string(raw), `"`))
	if err != nil {
		return "Must be a valid boolean."
	}
	*to = value
	return ""
}
