package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"authdeck/client/file"
	"authdeck/client/redact"
)

// Example is a configuration that works as it stands, for messages and manuals.
const Example = `[[system]]
name      = "shop"
kind      = "hamgam"
url       = "https://shop.example.com"
token_env = "SHOP_TOKEN"`

// configLimit is in bytes; a [[system]] is some hundred.
const configLimit = 1 << 20

// Path is where the configuration is looked for: the flag's value, else
// $AUTHDECK_CONFIG, else authdeck/config.toml in the user's configuration
// folder of the XDG specification.
func Path(flag string, getenv func(string) string) string {
	if flag != "" {
		return flag
	}
	if path := getenv("AUTHDECK_CONFIG"); path != "" {
		return path
	}
	folder := getenv("XDG_CONFIG_HOME")
	if !filepath.IsAbs(folder) { // the specification says to ignore a relative one
		folder = filepath.Join(getenv("HOME"), ".config")
	}
	return filepath.Join(folder, "authdeck", "config.toml")
}

// Load reads a configuration file. It is strict: what it does not understand is
// an error with file and line, and nothing is replaced by a default. The error
// of a missing file is an [fs.ErrNotExist] and says what to do.
func Load(path string, getenv func(string) string, kinds Kinds) ([]Profile, error) {
	doc, err := file.Read(path, configLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missingError{path, err}
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	profiles, err := parse(doc, expander{base: filepath.Dir(path), home: getenv("HOME")}, kinds)
	var at *lineError
	switch {
	case errors.As(err, &at):
		return nil, fmt.Errorf("%s:%d: %w", path, at.line, at.err)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return profiles, nil
}

// missingError is the error of a configuration that is not there.
type missingError struct {
	path string
	error
}

// Error tells somebody new what to do.
func (m missingError) Error() string {
	return "there is no configuration at " + m.path + "\n\nThe least it needs is\n\n" + Example +
		"\n\nTo look around without one: authdeck demo"
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
			return nil, fmt.Errorf("there is no system %s; the configuration has: %s", quoted(name), strings.Join(known, ", "))
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

func parse(doc []byte, paths expander, kinds Kinds) ([]Profile, error) {
	var file struct {
		Systems []entry `toml:"system"`
	}
	decoder := toml.NewDecoder(bytes.NewReader(doc)).DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, decodeError(err)
	}
	if len(file.Systems) == 0 {
		return nil, errors.New("there is no [[system]] in it; the least it needs is\n\n" + Example)
	}
	places := keyLinesOf(doc)
	if len(places) == 0 && bytes.Contains(doc, []byte("[system]")) {
		return nil, errors.New("[system] takes two brackets: [[system]]")
	}
	var profiles []Profile
	for i, e := range file.Systems {
		profile, err := e.profile(paths, kinds)
		if err == nil && slices.ContainsFunc(profiles, func(p Profile) bool { return p.Name == e.Name }) {
			err = wrong("name", "%q is the name of two systems; every name stands once", e.Name)
		}
		if err != nil {
			return nil, places.of(i, err)
		}
		profiles = append(profiles, profile)
	}
	return profiles, nil
}

func decodeError(err error) error {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		first := strict.Errors[0]
		line, _ := first.Position()
		return &lineError{line, fmt.Errorf("%s is an unknown key; a [[system]] may have: %s",
			quoted(strings.Join(first.Key(), ".")), strings.Join(entryKeys(), ", "))}
	}
	if syntax, ok := errors.AsType[*toml.DecodeError](err); ok {
		line, _ := syntax.Position()
		return &lineError{line, errors.New(plainSyntax(syntax))}
	}
	return err
}

// plainSyntax is a decoder's complaint in the words of the file: go-toml names
// Go's types where a value is of another kind than the key takes, and may quote
// what it read.
func plainSyntax(err *toml.DecodeError) string {
	text := strings.TrimPrefix(err.Error(), "toml: ")
	if kind, _, ok := strings.Cut(strings.TrimPrefix(text, "cannot decode TOML "), " into "); ok && len(err.Key()) > 0 {
		return fmt.Sprintf("%s: it does not take a value of kind %s", err.Key()[len(err.Key())-1], kind)
	}
	if len(text) > longestComplaint || redact.LooksLikeKey(text) {
		return "what stands here cannot be read as TOML; it is not quoted, for it may be a key"
	}
	return text
}

// longestComplaint is in bytes, of a decoder's that does not quote the file.
const longestComplaint = 200

func entryKeys() []string {
	var keys []string
	for field := range reflect.TypeFor[entry]().Fields() {
		keys = append(keys, field.Tag.Get("toml"))
	}
	return keys
}
