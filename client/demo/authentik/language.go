package authentik

import (
	"fmt"
	"regexp"
	"strings"
)

// userQuery reads a search for users that is one in the query language of 2026.5, such as
// `is_active = True and path = "users"`; what cannot be read is searched for as it stands
// (seen on 2026.5.0-rc1). Brackets, lists and orders are not played.
func userQuery(search string) (fits func(*account) bool, ok bool) {
	var either []func(*account) bool
	for _, part := range regexp.MustCompile(` +or +`).Split(strings.TrimSpace(search), -1) {
		var all []func(*account) bool
		for _, term := range regexp.MustCompile(` +and +`).Split(part, -1) {
			one, ok := userTerm(term)
			if !ok {
				return nil, false
			}
			all = append(all, one)
		}
		either = append(either, func(c *account) bool { return every(all, c) })
	}
	return func(c *account) bool {
		for _, one := range either {
			if one(c) {
				return true
			}
		}
		return false
	}, true
}

func every(all []func(*account) bool, c *account) bool {
	for _, one := range all {
		if !one(c) {
			return false
		}
	}
	return true
}

// userTerm is a field, a comparison, and a text in quotes or a word of Python's.
func userTerm(term string) (func(*account) bool, bool) {
	fields := map[string]func(*account) string{
		"username": func(c *account) string { return c.Username }, "name": func(c *account) string { return c.FullName() },
		"email": func(c *account) string { return c.Email }, "path": func(c *account) string { return c.path },
		"type": func(c *account) string { return c.kind }, "is_active": func(c *account) string { return pythonBool(c.Active) },
	}
	m := regexp.MustCompile(`^(\w+) *(=|!=|~|!~) *(?:"((?:[^"\\]|\\.)*)"|(True|False))$`).FindStringSubmatch(term)
	if m == nil || fields[m[1]] == nil || (m[4] != "") != (m[1] == "is_active") {
		return nil, false
	}
	of, wanted, not := fields[m[1]], m[3]+m[4], strings.HasPrefix(m[2], "!")
	return func(c *account) bool {
		fits := of(c) == wanted
		if strings.HasSuffix(m[2], "~") {
			fits = strings.Contains(strings.ToLower(of(c)), strings.ToLower(wanted))
		}
		return fits != not
	}, true
}

func pythonBool(yes bool) string {
	word := fmt.Sprint(yes)
	return strings.ToUpper(word[:1]) + word[1:]
}
