package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"authdeck/client/courier"
	"authdeck/client/file"
	"authdeck/client/redact"
	"authdeck/client/seal"
	"authdeck/model"
	"authdeck/model/query"
	"authdeck/model/review"
)

// Example is a configuration that works as it stands, for messages and manuals.
const Example = `[[system]]
name      = "shop"
kind      = "hamgam"
url       = "https://shop.example.com"
token_env = "SHOP_TOKEN"`

// configLimit is in bytes; a [[system]] is some hundred.
const configLimit = 1 << 20

// Config is what a configuration file says.
type Config struct {
	Profiles []Profile // one at least
	Theme    model.Theme
	Limits   review.Limits    // from when on a token wants a look
	Views    []model.View     // the questions that were given names
	Audit    Audit            // how what is done is recorded
	Sealed   seal.Recipients  // to whom keys are sealed that were not handed over; nil for an identity of this machine
	Couriers courier.Commands // what takes the new keys of a system, by its name; none for one that has none
	AtOnce   int              // lines of a plan that are under way at once; 0 where it does not say
}

// Load reads a configuration file. It is strict: what it does not understand is
// an error with file and line, and nothing is replaced by a default. The error
// of a missing file is an [fs.ErrNotExist] and says what to do.
func Load(path string, getenv func(string) string, kinds Kinds) (Config, error) {
	_, found, err := load(path, getenv, kinds)
	return found, err
}

// load is [Load] with what stands in the file.
func load(path string, getenv func(string) string, kinds Kinds) (document, Config, error) {
	if path == "" {
		return document{}, Config{}, errors.New("there is no home folder in which a configuration could be: set HOME, or name one by --config or $AUTHDECK_CONFIG")
	}
	doc, err := file.Read(path, configLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return document{}, Config{}, missingError{path, err}
	case err != nil:
		return document{}, Config{}, fmt.Errorf("%s: %w", path, err)
	}
	d, found, err := parse(doc, besides(path, getenv), kinds)
	var at *lineError
	switch {
	case errors.As(err, &at):
		return d, Config{}, fmt.Errorf("%s:%d: %w", path, at.line, at.err)
	case err != nil:
		return d, Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return d, found, nil
}

// besides has the paths of a configuration begin where it stands.
func besides(path string, getenv func(string) string) expander {
	return expander{base: filepath.Dir(path), home: getenv("HOME")}
}

// missingError is the error of a configuration that is not there.
type missingError struct {
	path string
	error
}

// Error tells somebody new what to do.
func (m missingError) Error() string {
	return "there is no configuration at " + m.path + "\n\nThe least it needs is\n\n" + Example +
		"\n\nTo be asked for what it needs: authdeck config init\nTo look around without one:    authdeck demo"
}

func (m missingError) Unwrap() error { return m.error }

// Choose keeps the profiles that are named, in their order, or all if none is. A
// name that no profile has is an error with the names that there are.
func Choose(all []Profile, names []string) ([]Profile, error) {
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	var chosen []Profile
	for _, p := range all {
		known = append(known, p.Name)
		if slices.Contains(names, p.Name) {
			chosen = append(chosen, p)
		}
	}
	for _, name := range names {
		if !slices.Contains(known, name) {
			has := "; the configuration has: "
			if near := query.Nearest(strings.ToLower(name), known); near != "" {
				has = "; is it " + near + "? The configuration has: "
			}
			return nil, fmt.Errorf("there is no system %s%s%s", quoted(name), has, strings.Join(known, ", "))
		}
	}
	return chosen, nil
}

// lineError is an error at a line of the file, counted from 1.
type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }
func (e *lineError) Unwrap() error { return e.err }

// decodeErrors are a decoder's complaints: each key that it does not know, or the one thing
// behind which it reads nothing.
func decodeErrors(err error) (faults []error) {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		for _, one := range strict.Errors {
			line, _ := one.Position()
			faults = append(faults, &lineError{line, fmt.Errorf("%s is an unknown key; %s", quoted(strings.Join(one.Key(), ".")), possible(one.Key()[0]))})
		}
		return faults
	}
	if syntax, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := syntax.Position()
		return []error{&lineError{line, errors.New(plainSyntax(syntax))}}
	}
	return []error{err}
}

// plainSyntax is a decoder's complaint in the words of the file: go-toml names
// Go's types where a value is of another kind than the key takes, and may quote
// what it read.
func plainSyntax(err *toml.DecodeError) string {
	text := strings.TrimPrefix(err.Error(), "toml: ")
	if kind, _, ok := strings.Cut(strings.TrimPrefix(text, "cannot decode TOML "), " into "); ok && len(err.Key()) > 0 {
		return fmt.Sprintf("%s: it does not take a value of kind %s", err.Key()[len(err.Key())-1], kind)
	}
	if strings.Contains(text, "array table in a struct") { // there are two tables that are no lists
		return fmt.Sprintf("[[%[1]s]] takes one bracket: [%[1]s]", strings.Join(err.Key(), "."))
	}
	if len(text) > longestComplaint || redact.LooksLikeKey(text) {
		return "what stands here cannot be read as TOML; it is not quoted, for it may be a key"
	}
	return text
}

// longestComplaint is in bytes, of a decoder's that does not quote the file.
const longestComplaint = 200

// possible says what may stand in a table of the file, or in the file itself.
func possible(table string) string {
	switch table {
	case "theme":
		return "a [theme] may have: " + keysOf[theme]()
	case "look":
		return "a [look] may have: " + keysOf[looks]()
	case "audit":
		return "an [audit] may have: " + keysOf[Audit]()
	case "audit_syslog", "require_reason":
		return "how things are recorded stands in [audit], which may have: " + keysOf[Audit]()
	case "view":
		return "a [[view]] may have: " + keysOf[view]()
	case "system":
		return "a [[system]] may have: " + keysOf[entry]()
	default:
		return "it may stand in a [[system]], if at all, which may have: " + keysOf[entry]() + "; beside them there may be a [theme], a [look], an [audit], and some [[view]], and above all of them age_recipients, at_once and key_command"
	}
}

// keysOf are the keys of a table, for a sentence.
func keysOf[T any]() string {
	var keys []string
	for field := range reflect.TypeFor[T]().Fields() {
		keys = append(keys, field.Tag.Get("toml"))
	}
	return strings.Join(keys, ", ")
}
