package wire

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"authdeck/client/redact"
)

// FieldErrors is what a server says is wrong: field names with messages. Messages
// without a field have the empty name. It is as it came; [Conn] takes out what
// must not be shown.
type FieldErrors map[string][]string

// ParseFieldErrors reads the body of an error in the manner of Django's REST
// framework and its like. Anything else, such as a gateway's HTML, explains nothing.
func ParseFieldErrors(body []byte) FieldErrors {
	if len(body) > maxErrorBody {
		return nil
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		if said := messages(body); len(said) > 0 {
			return FieldErrors{"": said}
		}
		return nil
	}
	c := FieldErrors{}
	for name, value := range fields {
		if slices.Contains(unnamed(), name) {
			name = ""
		}
		c[name] = append(c[name], messages(value)...)
	}
	return c
}

// maxErrorBody is how many bytes of an error are read for its words: nobody
// reads more of them.
const maxErrorBody = 64 << 10

// unnamed are the members under which servers complain about no field.
func unnamed() []string {
	return []string{"detail", "non_field_errors", "__all__", "error", "msg", "message"}
}

// deepest is how many objects and lists within each other are looked into for words.
const deepest = 5

// messages are the texts of a value: it may be one, a list of them (the 400 of a NUL
// in a search is a bare list), or objects that name what each is about.
func messages(value json.RawMessage) []string { return textsIn(value, deepest) }

func textsIn(value json.RawMessage, depth int) []string {
	var one string
	var many []json.RawMessage
	var named map[string]json.RawMessage
	var said []string
	switch {
	case depth == 0:
	case json.Unmarshal(value, &one) == nil:
		if one != "" {
			said = []string{one}
		}
	case json.Unmarshal(value, &many) == nil:
		for _, item := range many {
			said = append(said, textsIn(item, depth-1)...)
		}
	case json.Unmarshal(value, &named) == nil:
		for _, name := range slices.Sorted(maps.Keys(named)) {
			said = append(said, about(name, textsIn(named[name], depth-1))...)
		}
	}
	return said
}

// about are texts with the name of what they are about, where that is a field.
func about(name string, texts []string) []string {
	if slices.Contains(unnamed(), name) {
		return texts
	}
	for i := range texts {
		texts[i] = name + ": " + texts[i]
	}
	return texts
}

// redacted are field errors as they may be shown. JSON may spell a secret in more
// than one way, and a server may cut one in two: what is decoded is looked at, and
// the whole of it as one text.
func (c FieldErrors) redacted(hide redact.Redactor) FieldErrors {
	shown := FieldErrors{}
	var names, texts, all []string
	for _, name := range slices.Sorted(maps.Keys(c)) {
		as, fit := hide.Redact(name)
		if !fit {
			as = "[not shown]"
		}
		names = append(names, as)
		for _, said := range c[name] {
			text := hide.Text(said)
			shown[as] = append(shown[as], text)
			texts, all = append(texts, text), append(all, said)
		}
	}
	if slices.ContainsFunc([][]string{names, texts, shown.words()}, func(one []string) bool {
		return hide.Leaks(strings.Join(one, " "))
	}) {
		return FieldErrors{"": {redact.Withheld(all...)}}
	}
	return shown
}

// words are the texts, each with its name, in the order of the names.
func (c FieldErrors) words() []string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(c)) {
		for _, text := range c[name] {
			if name == "" {
				words = append(words, text)
				continue
			}
			words = append(words, name+": "+text)
		}
	}
	return words
}

func (c FieldErrors) has(field string) bool { return len(c[field]) > 0 }
