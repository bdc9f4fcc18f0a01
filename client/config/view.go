package config

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"authdeck/client/redact"
	"authdeck/model"
	"authdeck/model/query"
)

// view is one [[view]] of the file.
type view struct {
	Name  string `toml:"name"`
	Query string `toml:"query"`
}

// longestView is in letters, of a name.
const longestView = 40

// printable is a name that is shown as it was written.
var printable = regexp.MustCompile(`^\S(?:.*\S)?$`)

// read checks a view against those before it and those that are there anyway.
func (v view) read(before []model.View) (model.View, error) {
	name := model.Clean(v.Name)
	switch {
	case !printable.MatchString(v.Name) || name.Changed() || utf8.RuneCountInString(v.Name) > longestView:
		return model.View{}, wrong("name", "%s is no name of a view; it takes 1 to %d letters, and no blank at its ends", quoted(v.Name), longestView)
	case redact.LooksLikeKey(v.Name):
		return model.View{}, wrong("name", "this looks like a key; a name is shown everywhere")
	case redact.LooksLikeKey(v.Query):
		return model.View{}, wrong("query", "there is something in it that looks like a key; it would be sent to every system that is asked")
	}
	for _, other := range append(query.Views(), before...) {
		if strings.EqualFold(other.Name.String(), v.Name) {
			return model.View{}, wrong("name", "%s is the name of two views; every name stands once", quoted(v.Name))
		}
	}
	return model.View{Name: name, Query: v.Query}, v.question()
}

// question checks that tokens or users can be asked for it.
func (v view) question() error {
	if strings.TrimSpace(v.Query) == "" {
		return wrong("query", "it is missing, such as %q", "is:stale")
	}
	_, err := query.Parse(v.Query, query.Tokens())
	if err == nil {
		return nil
	}
	if _, also := query.Parse(v.Query, query.Users()); also == nil {
		return nil
	}
	if at, is := errors.AsType[*query.Error](err); is {
		return wrong("query", "at “%s”: %s", model.Clean(part(v.Query, at.From, at.To)), at.Words)
	}
	return wrong("query", "%v", err)
}

// part are the letters of a text from one place to another.
func part(text string, from, to int) string {
	letters := []rune(text)
	to = min(to, len(letters))
	return string(letters[min(from, to):to])
}
