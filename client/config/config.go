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

	"authdeck/client/courier"
	"authdeck/client/file"
	"authdeck/client/redact"
	"authdeck/client/seal"
	"authdeck/model"
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
	doc, err := file.Read(path, configLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Config{}, missingError{path, err}
	case err != nil:
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	found, err := parse(doc, expander{base: filepath.Dir(path), home: getenv("HOME")}, kinds)
	var at *lineError
	switch {
	case errors.As(err, &at):
		return Config{}, fmt.Errorf("%s:%d: %w", path, at.line, at.err)
	case err != nil:
		return Config{}, fmt.Errorf("%s: %w", path, err)
	}
	return found, nil
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

func parse(doc []byte, paths expander, kinds Kinds) (Config, error) {
	var file struct {
		Sealed  *[]string `toml:"age_recipients"`
		AtOnce  *int      `toml:"at_once"`
		Courier *[]string `toml:"key_command"`
		Systems []entry   `toml:"system"`
		Theme   theme     `toml:"theme"`
		Look    looks     `toml:"look"`
		Views   []view    `toml:"view"`
		Audit   Audit     `toml:"audit"`
	}
	decoder := toml.NewDecoder(bytes.NewReader(doc)).DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return Config{}, decodeError(err)
	}
	if len(file.Systems) == 0 {
		return Config{}, errors.New("there is no [[system]] in it; the least it needs is\n\n" + Example)
	}
	places := keyLinesOf(doc)
	if len(places.systems) == 0 && bytes.Contains(doc, []byte("[system]")) {
		return Config{}, errors.New("[system] takes two brackets: [[system]]")
	}
	profiles, err := profilesOf(file.Systems, places, paths, kinds)
	if err != nil {
		return Config{}, err
	}
	found := Config{Profiles: profiles, Audit: file.Audit}
	if found.Couriers, err = couriers(profiles, file.Courier); err != nil {
		return Config{}, places.atTop("key_command", fmt.Errorf("key_command: %w", err))
	}
	if found.Sealed, err = recipients(file.Sealed); err != nil {
		return Config{}, places.atTop("age_recipients", err)
	}
	if found.AtOnce, err = atOnce(file.AtOnce); err != nil {
		return Config{}, places.atTop("at_once", err)
	}
	if found.Theme, err = file.Theme.colours(); err != nil {
		return Config{}, places.inTable("theme", err)
	}
	if found.Limits, err = file.Look.limits(); err != nil {
		return Config{}, places.inTable("look", err)
	}
	for i, v := range file.Views {
		view, err := v.read(found.Views)
		if err != nil {
			return Config{}, places.inView(i, err)
		}
		found.Views = append(found.Views, view)
	}
	return found, nil
}

// profilesOf reads the systems, each under a name of its own.
func profilesOf(systems []entry, places keyLines, paths expander, kinds Kinds) ([]Profile, error) {
	var found []Profile
	for i, e := range systems {
		profile, err := e.profile(paths, kinds)
		if err == nil && slices.ContainsFunc(found, func(p Profile) bool { return p.Name == e.Name }) {
			err = wrong("name", "%q is the name of two systems; every name stands once", e.Name)
		}
		if err != nil {
			return nil, places.of(i, err)
		}
		found = append(found, profile)
	}
	return found, nil
}

func decodeError(err error) error {
	if strict, ok := errors.AsType[*toml.StrictMissingError](err); ok {
		first := strict.Errors[0]
		line, _ := first.Position()
		return &lineError{line, fmt.Errorf("%s is an unknown key; %s", quoted(strings.Join(first.Key(), ".")), possible(first.Key()[0]))}
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
