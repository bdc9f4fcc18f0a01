package config

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"authdeck/client/courier"
	"authdeck/client/redact"
	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/model/review"
	"authdeck/model/setting"
)

// Show is every value that holds, with what gave it. A configuration that [Load] refuses is
// refused here with the same words.
func Show(at setting.Place, getenv func(string) string, kinds Kinds) ([]setting.Setting, error) {
	d, found, err := load(at.Path, getenv, kinds)
	if err != nil {
		return nil, err
	}
	s := shower{path: at.Path, document: d, found: found, paths: besides(at.Path, getenv)}
	s.top()
	for i := range d.Systems {
		s.system(i)
	}
	s.table("look", d.Look, usualLooks())
	for i, v := range d.Views {
		s.view(i, v)
	}
	s.table("audit", d.Audit, nil)
	s.table("theme", d.Theme, nil)
	return s.all, nil
}

// shower puts together what holds.
type shower struct {
	document
	path  string
	found Config
	paths expander
	all   []setting.Setting
}

func (s *shower) add(table, name, key string, value model.Text, from setting.Origin) {
	s.all = append(s.all, setting.Setting{Table: table, Name: model.Clean(name), Key: key, Value: value, From: from})
}

// from is the line of a key, or nothing if the file does not have it. A table that was written
// inline has no lines of its own.
func (s *shower) from(lines map[string]int, key string, said bool) setting.Origin {
	line := lines[key]
	if line == 0 && !said {
		return setting.Origin{}
	}
	return setting.Origin{How: setting.File, Name: s.path, Line: line}
}

// top are the values that stand above all tables.
func (s *shower) top() {
	var sealed []string
	if s.Sealed != nil {
		sealed = *s.Sealed
	}
	to := model.Clean(strings.Join(sealed, ", ")) // nobody's secret
	if len(sealed) == 0 {
		to = model.Clean("an identity of this machine")
	}
	s.add("", "", "age_recipients", to, s.from(s.places.top, "age_recipients", s.Sealed != nil))
	atOnce := plan.AtOnce
	if s.AtOnce != nil {
		atOnce = *s.AtOnce
	}
	s.add("", "", "at_once", model.Clean(fmt.Sprint(atOnce)), s.from(s.places.top, "at_once", s.AtOnce != nil))
	command := none()
	if s.Courier != nil {
		command = model.Clean(courierOf(*s.Courier))
	}
	s.add("", "", "key_command", command, s.from(s.places.top, "key_command", s.Courier != nil))
}

// system are the values of one system: those of its keys that it has, and of the others what
// holds without them.
func (s *shower) system(i int) {
	var lines map[string]int
	if i < len(s.places.systems) {
		lines = s.places.systems[i]
	}
	e, p := s.Systems[i], s.found.Profiles[i]
	for field, value := range reflect.ValueOf(e).Fields() {
		key := field.Tag.Get("toml")
		said := !value.IsZero()
		from := s.from(lines, key, said)
		shown := s.shown(key, value, p)
		if shown.Empty() {
			shown = s.without(key, p)
		}
		if key == "key_command" && !said && s.Courier != nil {
			from = s.from(s.places.top, key, true)
		}
		if !shown.Empty() {
			s.add("system", e.Name, key, shown, from)
		}
	}
}

// shown is the value of a key of a system, as a person may see it; empty where it has none.
func (s *shower) shown(key string, value reflect.Value, p Profile) model.Text {
	if value.Kind() == reflect.Pointer {
		if value.IsNil() {
			return model.Text{}
		}
		value = value.Elem()
	}
	switch said := value.Interface().(type) {
	case bool:
		return model.Clean(fmt.Sprint(said))
	case []string:
		switch {
		case len(said) == 0:
			return model.Text{}
		case key == "key_command":
			return model.Clean(courierOf(said))
		}
		return model.Clean(p.Credential.String() + withheld(len(said)-1))
	case string:
		return s.text(key, said, p)
	}
	return model.Text{}
}

// text is a text of a system. What gives a credential is named as it is named everywhere.
func (s *shower) text(key, said string, p Profile) model.Text {
	switch {
	case said == "":
		return model.Text{}
	case key == "url":
		return model.Clean(p.URL().Scheme + "://" + p.URL().Host + redact.Redactor{}.Text(p.URL().EscapedPath()))
	case strings.HasPrefix(key, "token_"), strings.HasPrefix(key, "password_"):
		return model.Clean(p.Credential.String())
	case isPath(key):
		if redact.LooksLikeKey(said) {
			return model.Clean(redact.Hidden)
		}
		return model.Clean(s.paths.expand(said))
	}
	return model.Clean(redact.Redactor{}.Text(said))
}

// isPath reports whether a key takes the path of a file.
func isPath(key string) bool {
	switch key {
	case "ca_file", "require_signature", "client_cert", "client_key":
		return true
	}
	return false
}

// without is what holds where a system does not have a key; empty for nothing to speak of.
func (s *shower) without(key string, p Profile) model.Text {
	switch key {
	case "auth":
		return model.Clean(p.Way)
	case "generation":
		if len(p.takes.Generations) > 0 {
			return model.Clean("what it is found to be")
		}
	case "key_command":
		if s.Courier != nil {
			return model.Clean(courierOf(*s.Courier))
		}
		return none()
	case "ca_file":
		return model.Clean("those that this machine trusts")
	case "require_signature":
		return none()
	}
	return model.Text{}
}

func (s *shower) view(i int, v view) {
	var lines map[string]int
	if i < len(s.places.views) {
		lines = s.places.views[i]
	}
	s.add("view", v.Name, "query", model.Clean(v.Query), s.from(lines, "query", true))
}

// table are the values of a table that stands once, and what is usual where it says nothing.
func (s *shower) table(name string, table any, usual map[string]string) {
	for field, value := range reflect.ValueOf(table).Fields() {
		key := field.Tag.Get("toml")
		said := !value.IsZero()
		text := usual[key]
		switch {
		case value.Kind() == reflect.Bool:
			text = fmt.Sprint(value.Bool())
		case said:
			text = redact.Redactor{}.Text(fmt.Sprint(reflect.Indirect(value).Interface()))
		case text == "":
			text = "the console's own"
		}
		s.add(name, "", key, model.Clean(text), s.from(s.places.tables[name], key, said))
	}
}

// usualLooks is what [look] means where it does not say.
func usualLooks() map[string]string {
	days := func(d time.Duration) string { return fmt.Sprintf("%dd", d/(24*time.Hour)) }
	usual := review.Usual()
	return map[string]string{"expires_within": days(usual.Soon), "older_than": days(usual.Old), "unused_for": days(usual.Unused)}
}

func none() model.Text { return model.Clean("none") }

// withheld says that a command has more arguments: they may be anything.
func withheld(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return ", whose argument is not shown"
	}
	return fmt.Sprintf(", whose %d arguments are not shown", n)
}

// courierOf is a command that takes keys, as it is shown everywhere.
func courierOf(argv []string) string {
	c, err := courier.Parse(argv)
	if err != nil {
		return redact.Hidden
	}
	return c.String()
}
