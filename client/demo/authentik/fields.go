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
	notAText   = "Not a valid string."
	notASlug   = `Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.`
)

// fieldReader puts the value of a field where it belongs; what it cannot put it
// complains about, of several things at once.
type fieldReader func(raw json.RawMessage) (complaints []string)

// readers are those of the fields that a request may write, in the row given.
func (a *server) readers(t *token) map[string]fieldReader {
	return map[string]fieldReader{
		"identifier":  func(raw json.RawMessage) []string { return a.readIdentifier(raw, t) },
		"managed":     func(raw json.RawMessage) []string { return a.readManaged(raw, t) },
		"user":        func(raw json.RawMessage) []string { return a.readOwner(raw, t) },
		"intent":      func(raw json.RawMessage) []string { return readIntent(raw, &t.intent) },
		"description": func(raw json.RawMessage) []string { return readText(raw, &t.description) },
		"expires":     func(raw json.RawMessage) []string { return a.readTime(raw, &t.expires) },
		"expiring":    func(raw json.RawMessage) []string { return readBool(raw, &t.expiring) },
	}
}

// readText takes a number for a text and cuts space off its ends.
func readText(raw json.RawMessage, to *string) []string {
	var value any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	_ = d.Decode(&value) // valid already
	switch v := value.(type) {
	case nil:
		return []string{nullField}
	case string:
		*to = strings.TrimSpace(v)
	case json.Number:
		*to = v.String()
	default:
		return []string{notAText}
	}
	if strings.ContainsRune(*to, 0) {
		return []string{stage.NullCharacters}
	}
	return nil
}

// readIdentifier complains about the length, the NUL and the form, as the validators of
// the field come; what is no text at all is no slug either.
func (a *server) readIdentifier(raw json.RawMessage, t *token) []string {
	wrong := readText(raw, &t.identifier)
	switch {
	case slices.Equal(wrong, []string{notAText}):
		return []string{notASlug}
	case slices.Equal(wrong, []string{nullField}):
		return wrong
	case t.identifier == "":
		return []string{blankField}
	}
	if utf8.RuneCountInString(t.identifier) > 255 {
		wrong = append([]string{"Ensure this field has no more than 255 characters."}, wrong...)
	}
	if !regexp.MustCompile(`^[-a-zA-Z0-9_]+$`).MatchString(t.identifier) {
		wrong = append(wrong, notASlug)
	}
	if a.another(t, func(other token) bool {
		return other.identifier == t.identifier && (a.early() || !other.expired(a.Now()))
	}) {
		wrong = append(wrong, "Token with this identifier already exists.")
	}
	return wrong
}

// clashes says whether the database refuses a row that was found to be valid: from
// 2026.5 an identifier is not looked for among tokens whose date has passed.
func (a *server) clashes(t *token) bool {
	return a.another(t, func(other token) bool { return other.identifier == t.identifier })
}

func (a *server) readManaged(raw json.RawMessage, t *token) []string {
	if string(raw) == "null" {
		t.managed = ""
		return nil
	}
	if wrong := readText(raw, &t.managed); wrong != nil {
		return wrong
	}
	switch {
	case t.managed == "":
		return []string{blankField}
	case a.another(t, func(other token) bool { return other.managed == t.managed }):
		return []string{"Token with this Managed by authentik already exists."}
	}
	return nil
}

// another says whether a row that is not this one fits.
func (a *server) another(t *token, fits func(token) bool) bool {
	return slices.ContainsFunc(a.tokens.All(), func(other token) bool { return other.id != t.id && fits(other) })
}

// readOwner is for a new token alone: no token has its owner changed, if the
// request names one at all. A text may be a number, and an empty one is none.
func (a *server) readOwner(raw json.RawMessage, t *token) []string {
	var word string
	number := json.Unmarshal(raw, &word) != nil
	if number {
		word = string(raw)
	}
	switch id, err := strconv.Atoi(word); {
	case word == "null" && number, word == "":
		return []string{nullField}
	case err != nil && (!number || !strings.Contains("int float", stage.PythonType(raw))):
		return []string{stage.WrongPK(raw)}
	case err != nil || a.account(id) == nil:
		return []string{fmt.Sprintf(`Invalid pk "%s" - object does not exist.`, pythonNumber(word))}
	case t.owner != nil && t.owner != a.account(id):
		return []string{"User cannot be changed"}
	default:
		t.owner = a.account(id)
		return nil
	}
}

// pythonNumber is a number as the server writes it back; what no integer holds has become
// a fraction.
func pythonNumber(word string) string {
	if _, err := strconv.ParseInt(word, 10, 64); err == nil {
		return word
	}
	f, _ := strconv.ParseFloat(word, 64)
	return strconv.FormatFloat(f, 'g', -1, 64)
}

// readIntent takes a choice letter by letter, blanks too, and names what else came as
// Python writes it.
func readIntent(raw json.RawMessage, to *string) []string {
	if string(raw) == "null" {
		return []string{nullField}
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		text = strings.NewReplacer("true", "True", "false", "False").Replace(string(raw))
	}
	if !slices.Contains(intents(), text) {
		return []string{fmt.Sprintf(`"%s" is not a valid choice.`, text)}
	}
	*to = text
	return nil
}

// readTime takes null for none. The Python that 2026.5 runs on lets a day end at 24:00.
func (a *server) readTime(raw json.RawMessage, to *time.Time) []string {
	if string(raw) == "null" {
		*to = time.Time{}
		return nil
	}
	midnight := regexp.MustCompile(`T24:00(:00)?`)
	var days int
	if !a.early() && midnight.Match(raw) {
		raw, days = midnight.ReplaceAll(raw, []byte("T00:00:00")), 1
	}
	at, err := stage.ReadDateTime(raw)
	if err != nil {
		return []string{err.Error()}
	}
	*to = at.AddDate(0, 0, days).Truncate(time.Microsecond)
	return nil
}

func readBool(raw json.RawMessage, to *bool) []string {
	if string(raw) == "null" {
		return []string{nullField}
	}
	value, ok := stage.ReadBoolean(raw)
	if !ok {
		return []string{stage.NotBoolean}
	}
	*to = value
	return nil
}
