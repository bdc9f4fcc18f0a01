package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"authdeck/client/file"
	"authdeck/client/redact"
	"authdeck/model/setting"
)

// The words around what somebody has said, in a file that is new.
const (
	initHead = `# The configuration of authdeck: which systems there are, and where their credentials come
# from. No credential stands in it.
#
#   authdeck config check   looks at it, and at what it names on this machine
#   authdeck config show    says what holds, and where each value comes from
#   authdeck doctor         asks the systems
`
	initTail = `
# Another system is another [[system]]. What wants a look is told in spans; these hold anyway:
#
# [look]
# expires_within = "14d"
# older_than     = "1y"
# unused_for     = "90d"
`
)

// initial is a system of a new file, in the order in which it is written.
type initial struct {
	Name            string   `toml:"name" comment:"What you call it, and which kind of system it is."`
	Kind            string   `toml:"kind"`
	URL             string   `toml:"url"`
	Username        string   `toml:"username,omitempty" comment:"It signs in with a password."`
	TokenEnv        string   `toml:"token_env,omitempty" comment:"The variable that holds the token when authdeck starts."`
	TokenFile       string   `toml:"token_file,omitempty" comment:"The first line of this file is the token; only its owner may read it (chmod 600)."`
	TokenCommand    []string `toml:"token_command,omitempty" comment:"It prints the token; no shell is between."`
	PasswordEnv     string   `toml:"password_env,omitempty" comment:"The variable that holds the password when authdeck starts."`
	PasswordFile    string   `toml:"password_file,omitempty" comment:"The first line of this file is the password; only its owner may read it (chmod 600)."`
	PasswordCommand []string `toml:"password_command,omitempty" comment:"It prints the password; no shell is between."`
	Production      bool     `toml:"production,omitempty" comment:"Its name turns red, and changes want a name typed."`
}

// initialOf is a system as a new file has it.
func initialOf(s setting.System) initial {
	i := initial{Name: s.Name, Kind: s.Kind, URL: s.URL, Username: s.Username, Production: s.Production}
	if s.Username == "" {
		i.TokenEnv, i.TokenFile, i.TokenCommand = s.Variable, s.File, s.Command
	} else {
		i.PasswordEnv, i.PasswordFile, i.PasswordCommand = s.Variable, s.File, s.Command
	}
	return i
}

// entry is the system as it will be read.
func (i initial) entry() entry {
	return entry{
		Name: i.Name, Kind: i.Kind, URL: i.URL, Username: i.Username, Production: i.Production,
		TokenEnv: i.TokenEnv, TokenFile: i.TokenFile, TokenCommand: i.TokenCommand,
		PasswordEnv: i.PasswordEnv, PasswordFile: i.PasswordFile, PasswordCommand: i.PasswordCommand,
	}
}

// Amiss says what is wrong with what is said of a system so far, as the file would be refused
// for it; nil for nothing. Of what is said last it is asked: name, kind, url, username, variable,
// file or command.
func Amiss(s setting.System, said string, kinds Kinds) error {
	if err := misplaced(s, said); err != nil {
		return err
	}
	e := initialOf(s).entry()
	var err error
	switch said {
	case "name":
		err = e.named()
	case "kind":
		_, err = e.ofKind(kinds)
	case "url":
		_, err = e.address()
	case "username":
		_, err = e.way(kinds[s.Kind])
	default:
		_, err = e.credential(expander{})
	}
	if w, ok := errors.AsType[*keyError](err); ok {
		return errors.New(w.text) // whoever asked knows of what
	}
	return err
}

// misplaced refuses what looks like a key where something else has to stand: it would lie in a
// file that is no place for it.
func misplaced(s setting.System, said string) error {
	switch {
	case said == "username" && redact.LooksLikeKey(s.Username):
		return errors.New("this looks like a key; a user name is shown in many places")
	case said == "file" && redact.LooksLikeKey(s.File) && !isThere(s.File):
		return errors.New("this looks like a key; give the path of the file that holds it")
	case said == "command" && slices.ContainsFunc(s.Command, redact.LooksLikeKey):
		return errors.New("an argument looks like a key; give a command that knows it from elsewhere")
	case said == "file" && strings.ContainsRune(s.File, 0), said == "command" && strings.ContainsRune(strings.Join(s.Command, ""), 0):
		return errors.New("there is a NUL in it, which no program can be given")
	}
	return nil
}

// isThere reports whether there is something at a path, which so is no key, whatever it looks like.
func isThere(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// Init writes a configuration with some systems where none is, whole or not at all, for its
// owner alone. Nothing is ever written over: the error of a file that is there already is an
// [fs.ErrExist]. A path that is said is seen from where it was said, and not from the file.
func Init(path string, systems []setting.System, kinds Kinds) error {
	if err := fitting(systems, kinds); err != nil {
		return err
	}
	content, err := compose(systems, kinds)
	if err != nil {
		return err
	}
	made := missing(filepath.Dir(path))
	err = file.MakeFolder(filepath.Dir(path))
	if err == nil {
		err = create(path, content)
	}
	if err != nil {
		for _, folder := range made { // those that hold something stay
			_ = os.Remove(folder)
		}
	}
	return err
}

// create writes the file.
func create(path string, content []byte) error {
	d, err := file.Begin(path, false)
	if err != nil {
		return notWritten(path, err)
	}
	defer d.Drop()
	if _, err := d.Write(content); err != nil {
		return notWritten(path, err)
	}
	if err := d.Keep(); err != nil {
		return notWritten(path, err)
	}
	return nil
}

func notWritten(path string, err error) error {
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: %w, and it stays as it is; add a [[system]] to it by hand, or name another file with --config", path, err)
	}
	return fmt.Errorf("%s was not written: %w", path, err)
}

// missing are the folders that will have to be made, the innermost first.
func missing(folder string) (all []string) {
	for {
		if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
			return all
		}
		all = append(all, folder)
		folder = filepath.Dir(folder)
	}
}

// fitting says whether systems can be written as they were said.
func fitting(systems []setting.System, kinds Kinds) error {
	for _, s := range systems {
		for _, said := range []string{"name", "kind", "url", "username", "variable", "file", "command"} {
			if err := Amiss(s, said, kinds); err != nil {
				return fmt.Errorf("%s: %s: %w", quoted(s.Name), said, err)
			}
		}
	}
	return nil
}

// compose is the text of a new file. What was said has to be what will be read.
func compose(systems []setting.System, kinds Kinds) ([]byte, error) {
	var text strings.Builder
	text.WriteString(initHead)
	for _, s := range systems {
		var err error
		if s.File, err = fromHere(s.File); err != nil {
			return nil, err
		}
		described, err := toml.Marshal(initialOf(s))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", quoted(s.Name), err)
		}
		text.WriteString("\n[[system]]\n")
		text.Write(described)
	}
	text.WriteString(initTail)
	_, _, err := parse([]byte(text.String()), expander{}, kinds)
	if at, is := errors.AsType[*lineError](err); is {
		err = at.err // the line of a file that is not there helps nobody
	}
	return []byte(text.String()), err
}

// fromHere is a path that means the same wherever it stands.
func fromHere(path string) (string, error) {
	if path == "" || strings.HasPrefix(path, "~/") {
		return path, nil
	}
	return filepath.Abs(path)
}
