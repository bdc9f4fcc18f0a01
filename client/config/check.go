package config

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"authdeck/client/file"
	"authdeck/client/program"
	"authdeck/client/redact"
	"authdeck/model/setting"
)

// Check looks at a configuration: each fault for which [Load] would refuse it, and what else
// will not work as it is meant. No credential is read, no command runs, and nobody is asked.
// Where the file cannot be read as TOML, what stands behind that place is not looked at.
func Check(at setting.Place, getenv func(string) string, kinds Kinds) []setting.Finding {
	c := checker{path: at.Path, getenv: getenv, paths: besides(at.Path, getenv)}
	content, err := file.Read(at.Path, configLimit)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c.fault(errors.New("there is no configuration here; authdeck config init writes one"))
	case err != nil:
		return c.fault(err)
	}
	c.place()
	d, err := read(content)
	if err != nil {
		for _, fault := range decodeErrors(err) {
			c.fault(fault)
		}
	}
	if _, unknown := errors.AsType[*toml.StrictMissingError](err); err != nil && !unknown {
		at := c.found[len(c.found)-1].At.Line
		c.doubt(&lineError{at, errors.New("what stands behind this line is looked at once it is mended")})
		return c.found
	}
	_, faults := d.config(c.paths, kinds)
	for _, fault := range faults {
		c.fault(fault)
	}
	c.commands(d)
	for i, e := range d.Systems {
		for _, doubt := range c.system(e) {
			c.doubt(d.places.of(i, doubt))
		}
	}
	slices.SortStableFunc(c.found, func(a, b setting.Finding) int { return cmp.Compare(a.At.Line, b.At.Line) })
	return c.found
}

// checker puts together what was found.
type checker struct {
	path   string
	getenv func(string) string
	paths  expander
	found  []setting.Finding
}

func (c *checker) fault(err error) []setting.Finding { return c.note(err, false) }
func (c *checker) doubt(err error)                   { c.note(err, true) }

func (c *checker) note(err error, doubt bool) []setting.Finding {
	f := setting.Finding{At: setting.Origin{How: setting.File, Name: c.path}, Doubt: doubt}
	if at, is := errors.AsType[*lineError](err); is {
		f.At.Line, err = at.line, at.err
	}
	f.Words = err.Error()
	c.found = append(c.found, f)
	return c.found
}

// place looks at the file as such, and at what says where it is.
func (c *checker) place() {
	if said := Changeable(c.path); said != "" {
		c.doubt(errors.New(said))
	}
	folder := filepath.Dir(c.path)
	info, err := os.Stat(folder)
	if who := file.Strangers(folder); who != "" && err == nil && info.Mode()&fs.ModeSticky == 0 {
		c.doubt(errors.New("its folder " + who + ", and whoever changes it can put another configuration there; make it yours, and run chmod go-w on it"))
	}
	if folder := c.getenv("XDG_CONFIG_HOME"); folder != "" && !filepath.IsAbs(folder) {
		c.doubt(errors.New("$XDG_CONFIG_HOME is no whole path, so that it does not count"))
	}
}

// Changeable is a sentence about a configuration that somebody else can change; empty for another.
func Changeable(path string) string {
	who := file.Strangers(path)
	if who == "" {
		return ""
	}
	return "the file " + who + ", and whoever changes it decides where tokens are sent; make it yours, and run chmod go-w on it"
}

// commands looks for the program that takes the keys of all systems.
func (c *checker) commands(d document) {
	if d.Courier == nil || len(*d.Courier) == 0 {
		return
	}
	if err := startable("key_command", *d.Courier); err != nil {
		c.doubt(d.places.atTop("key_command", err))
	}
}

// system looks at what a system needs of this machine, as far as it is said rightly.
func (c *checker) system(e entry) (doubts []error) {
	for field, value := range reflect.ValueOf(e).Fields() {
		if value = reflect.Indirect(value); !value.IsValid() {
			continue
		}
		var doubt error
		switch said := value.Interface().(type) {
		case string:
			doubt = c.names(field.Tag.Get("toml"), said)
		case []string:
			doubt = startable(field.Tag.Get("toml"), said)
		}
		if doubt != nil {
			doubts = append(doubts, doubt)
		}
	}
	return doubts
}

// names is the doubt about what a key of a system names; nil for a key that names nothing.
func (c *checker) names(key, said string) error {
	switch {
	case said == "":
		return nil
	case key == "token_env", key == "password_env":
		if variable(said) && c.getenv(said) == "" {
			return wrong(key, "%s is not set here; export it before authdeck starts", shownName(said))
		}
	case key == "token_file", key == "password_file", key == "client_key":
		return c.private(key, said)
	case key == "ca_file", key == "client_cert":
		return c.trusted(key, said)
	case key == "token_credential", key == "password_credential":
		return c.handed(key, said)
	}
	return nil
}

// handed is the doubt about a credential that systemd passes.
func (c *checker) handed(key, name string) error {
	folder := c.getenv("CREDENTIALS_DIRECTORY")
	if !filepath.IsAbs(folder) {
		return wrong(key, "systemd passes no credentials here ($CREDENTIALS_DIRECTORY is not set); where authdeck is its service, check it there")
	}
	if _, err := os.Lstat(filepath.Join(folder, name)); err != nil {
		return wrong(key, "systemd does not pass %s: %v", shownName(name), file.Bare(err))
	}
	return nil
}

// private is the doubt about a file that is to be its owner's alone.
func (c *checker) private(key, path string) error {
	if err := file.Private(c.paths.expand(path)); err != nil {
		return wrong(key, "%s: %v", c.shown(path), err)
	}
	return nil
}

// trusted is the doubt about a file that anybody may read, and only its owner change.
func (c *checker) trusted(key, path string) error {
	f, err := file.Open(c.paths.expand(path))
	if err != nil {
		return wrong(key, "%s: %v", c.shown(path), err)
	}
	_ = f.Close()
	if who := file.Strangers(c.paths.expand(path)); who != "" {
		return wrong(key, "%s %s, and whoever changes it decides whom authdeck believes; make it yours or root's, and run chmod go-w on it", c.shown(path), who)
	}
	return nil
}

// shown is a path of the file in a sentence.
func (c *checker) shown(path string) string {
	if redact.LooksLikeKey(path) {
		return redact.Hidden
	}
	return c.paths.expand(path)
}

// startable is the doubt about a command whose program cannot be found.
func startable(key string, argv []string) error {
	if len(argv) == 0 || argv[0] == "" {
		return nil
	}
	if _, err := program.Find(argv[0]); err != nil {
		return wrong(key, "%s cannot be started: %v; install it, or write its whole path", shownName(argv[0]), err)
	}
	return nil
}
