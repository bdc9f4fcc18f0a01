// Authdeck is a terminal console with which admins keep the auth tokens of
// remote systems in order.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"runtime/debug"
	"slices"

	"authdeck/client"
	"authdeck/client/config"
)

func main() {
	log.SetOutput(io.Discard) // net/http writes whole answers to it, keys included, over the screen
	os.Exit(run())
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	text := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && text == "(devel)" {
			text += " " + s.Value
		}
	}
	return text
}

// profiles reads the configuration.
func (o *options) profiles() ([]config.Profile, error) {
	return config.Load(config.Path(o.config, os.Getenv), os.Getenv, client.Kinds())
}

// open runs the console on the profiles.
func (o *options) open(ctx context.Context, env client.Env, profiles []config.Profile) error {
	first := 0
	if o.system != "" {
		if _, err := config.Choose(profiles, []string{o.system}); err != nil {
			return fmt.Errorf("--system: %w", err)
		}
		first = slices.IndexFunc(profiles, func(p config.Profile) bool { return p.Name == o.system })
	}
	apis := client.OpenAll(ctx, profiles, env, client.Opening{ReadOnly: o.readOnly, Unset: os.Unsetenv, Runs: func(p config.Profile) {
		fmt.Fprintf(os.Stderr, "authdeck: the credential of %s comes from a %s\n", p.Name, p.Credential)
	}})
	defer client.CloseAll(ctx, apis, env.Log)
	return o.show(apis, first, env.Log) //nolint:contextcheck // a question to a system ends with the person who waits for it, not with main
}
