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
	authentikNull  = "This field may not be null."
	authentikBlank = "This field may not be blank."
)

// authentikReader puts the value of a field where it belongs; what it cannot put it
// complains about.
type authentikReader func(raw json.RawMessage) (complaint string)

// readers are those of the fields that a request may write, in the row given.
func (a *authentik) readers(t *authentikRow) map[string]authentikReader {
	return map[string]authentikReader{
		"identifier":  func(raw json.RawMessage) string { return a.readIdentifier(raw, t) },
		"managed":     func(raw json.RawMessage) string { return a.readManaged(raw, t) },
		"user":        func(raw json.RawMessage) string { return a.readOwner(raw, t) },
		"intent":      func(raw json.RawMessage) string { return authentikIntent(raw, &t.intent) },
		"description": func(raw json.RawMessage) string { return authentikText(raw, &t.description) },
		"expires":     func(raw json.RawMessage) string { return authentikTime(raw, &t.expires) },
		"expiring":    func(raw json.RawMessage) string { return authentikBool(raw, &t.expiring) },
	}
}

// authentikText takes a number for a text and cuts space off its ends.
func authentikText(raw json.RawMessage, to *string) string {
	var value any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	_ = d.Decode(&value) // valid already
	switch v := value.(type) {
	case nil:
		return authentikNull
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

func (a *authentik) readIdentifier(raw json.RawMessage, t *authentikRow) string {
	if complaint := authentikText(raw, &t.identifier); complaint != "" {
		return complaint
	}
	switch {
	case t.identifier == "":
		return authentikBlank
	case !regexp.MustCompile(`^[-a-zA-Z0-9_]+$`).MatchString(t.identifier):
		return "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."
	case utf8.RuneCountInString(t.identifier) > 255:
		return "Ensure this field has no more than 255 characters."
	case a.another(t, func(other authentikRow) bool {
		return other.identifier == t.identifier && (a.old() || !other.expired(a.Now()))
	}):
		return "Token with this identifier already exists."
	}
	return ""
}

// clashes says whether the database refuses a row that was found to be valid: from
// 2026.5 an identifier is not looked for among tokens whose date has passed.
func (a *authentik) clashes(t *authentikRow) bool {
	return a.another(t, func(other authentikRow) bool { return other.identifier == t.identifier })
}

func (a *authentik) readManaged(raw json.RawMessage, t *authentikRow) string {
	if string(raw) == "null" {
		t.managed = ""
		return ""
	}
	if complaint := authentikText(raw, &t.managed); complaint != "" {
		return complaint
	}
	switch {
	case t.managed == "":
		return authentikBlank
	case a.another(t, func(other authentikRow) bool { return other.managed == t.managed }):
		return "Token with this Managed by authentik already exists."
	}
	return ""
}

// another says whether a row that is not this one fits.
func (a *authentik) another(t *authentikRow, fits func(authentikRow) bool) bool {
	return slices.ContainsFunc(a.tokens.All(), func(other authentikRow) bool { return other.id != t.id && fits(other) })
}

// readOwner is for a new token alone: no token has its owner changed, if the
// request names one at all.
func (a *authentik) readOwner(raw json.RawMessage, t *authentikRow) string {
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

func authentikIntent(raw json.RawMessage, to *string) string {
	if complaint := authentikText(raw, to); complaint != "" {
		return complaint
	}
	if !slices.Contains(authentikIntents(), *to) {
		return fmt.Sprintf(`"%s" is not a valid choice.`, *to)
	}
	return ""
}

// authentikTime takes null for none.
func authentikTime(raw json.RawMessage, to *time.Time) string {
	if string(raw) == "null" {
		*to = time.Time{}
		return ""
	}
	var text string
	_ = json.Unmarshal(raw, &text) // what is no text is no time either
	at, ok := authentikMoment(text)
	if !ok {
		return "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
	}
	*to = at
	return ""
}

// authentikMoment takes what has no zone for UTC.
func authentikMoment(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at.UTC().Truncate(time.Microsecond), true
		}
	}
	return time.Time{}, false
}

func authentikBool(raw json.RawMessage, to *bool) string {
	if string(raw) == "null" {
		return authentikNull
	}
	value, err := strconv.ParseBool(strings.Trim(string(raw), `"`))
	if err != nil {
		return "Must be a valid boolean."
	}
	*to = value
	return ""
}
