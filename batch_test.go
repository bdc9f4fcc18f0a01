package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/ui/command"
)

// commanded is the program over a demo, as a script runs it: by its command line, without a
// terminal.
type commanded struct {
	*demo.Server
	t      *testing.T
	config string
	change func(*command.World) // of what the program touches outside; nil for nothing
}

// overDemo starts a demo, and writes the configuration of whoever administers its systems.
func overDemo(t *testing.T, o demo.Options) *commanded {
	t.Helper()
	server, err := demo.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	c := &commanded{Server: server, t: t, config: filepath.Join(t.TempDir(), "config.toml")}
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	var text strings.Builder
	for _, s := range c.Systems() {
		key := filepath.Join(filepath.Dir(c.config), s.Name)
		fmt.Fprintf(&text, "[[system]]\nname = %q\nkind = %q\nurl = %q\n", s.Name, s.Kind, s.URL)
		secret := s.Token
		if secret == "" {
			secret = s.Password
			fmt.Fprintf(&text, "username = %q\npassword_file = %q\n", s.Username, key)
		} else {
			fmt.Fprintf(&text, "token_file = %q\n", key)
		}
		write(t, key, secret)
	}
	write(t, c.config, text.String())
	return c
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// run is a command line with the configuration in it, and what came of it.
func (c *commanded) run(args ...string) (code int, out, errs string) {
	c.t.Helper()
	return c.bare(append(args, "--config", c.config)...)
}

// bare is a command line as it stands.
func (c *commanded) bare(args ...string) (code int, out, errs string) {
	c.t.Helper()
	stdout, err := os.Create(filepath.Join(c.t.TempDir(), "stdout"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer stdout.Close()
	var stderr strings.Builder
	w := world()
	w.Args, w.Stdout, w.Stderr, w.Undumpable = args, stdout, &stderr, func() error { return nil }
	if w.Stdin, err = os.Open(os.DevNull); err != nil {
		c.t.Fatal(err)
	}
	defer w.Stdin.Close()
	if c.change != nil {
		c.change(&w)
	}
	code = command.Run(c.t.Context(), w)
	said, err := os.ReadFile(stdout.Name())
	if err != nil {
		c.t.Fatal(err)
	}
	return code, string(said), stderr.String()
}

// fault has the demo play one.
func (c *commanded) fault(spec string) {
	c.t.Helper()
	if err := c.Break(spec); err != nil {
		c.t.Fatal(err)
	}
}

// readOnly has a system be one that is read only, by the configuration.
func (c *commanded) readOnly(system string) {
	c.t.Helper()
	text, err := os.ReadFile(c.config)
	if err != nil {
		c.t.Fatal(err)
	}
	name := fmt.Sprintf("name = %q\n", system)
	write(c.t, c.config, strings.Replace(string(text), name, name+"read_only = true\n", 1))
}
