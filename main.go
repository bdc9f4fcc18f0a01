// Authdeck is a terminal console with which admins keep the auth tokens of
// remote systems in order.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"slices"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/file"
	"authdeck/model"
	"authdeck/ui/command"
	"authdeck/ui/terminal"
)

func main() {
	log.SetOutput(io.Discard) // net/http writes whole answers to it, keys included, over the screen
	os.Exit(command.Run(context.Background(), world()))
}

// world names everything that the program touches outside itself.
func world() command.World {
	return command.World{
		Args:       os.Args[1:],
		Version:    command.Version(),
		Getenv:     os.Getenv,
		Stdin:      os.Stdin,
		Stdout:     os.Stdout,
		Stderr:     os.Stderr,
		ConfigPath: config.Path("", func(name string) string { return map[string]string{"HOME": "~"}[name] }),
		FaultHelp:  demo.FaultHelp(),
		Undumpable: terminal.Undumpable,
		OpenLog:    func(path string) (io.WriteCloser, error) { return file.Append(path) },
		Open:       openConfigured,
		OpenDemo:   openDemo,
		ServeDemo:  serveDemo,
		Diagnose:   diagnose,
		Keep: func(under, name string, key model.Secret) (string, error) {
			return config.WriteKey(config.KeyFolder(under, os.Getenv), name, key)
		},
		Welcome: func() string { return model.Clean(config.Rescued(config.KeyFolder("", os.Getenv))).String() },
	}
}

// env is what the client may know of the world.
func env(journal *slog.Logger) client.Env {
	return client.Env{Getenv: os.Getenv, Version: command.Version(), Log: journal}
}

// profiles reads the configuration.
func profiles(path string) ([]config.Profile, error) {
	return config.Load(config.Path(path, os.Getenv), os.Getenv, client.Kinds())
}

// openConfigured opens the systems of the configuration.
func openConfigured(ctx context.Context, c command.Choice, journal *slog.Logger) (command.Systems, error) {
	all, err := profiles(c.Config)
	if err != nil {
		return command.Systems{}, err
	}
	return open(ctx, c, all, env(journal))
}

// diagnose checks the systems that are named, or all.
func diagnose(ctx context.Context, path string, names []string, journal *slog.Logger) ([]model.Check, error) {
	all, err := profiles(path)
	if err != nil {
		return nil, err
	}
	chosen, err := config.Choose(all, names)
	if err != nil {
		return nil, err
	}
	e := env(journal)
	e.Getenv = config.UnsetCredentials(all, os.Getenv, os.Unsetenv) // a command of one system sees the credential of none
	var checks []model.Check
	for _, p := range chosen {
		checks = append(checks, client.Diagnose(ctx, p, e)...)
	}
	return checks, nil
}

func startDemo(ctx context.Context, d command.Demo, journal *slog.Logger) (*demo.Server, error) {
	return demo.Start(ctx, demo.Options{
		Seed: d.Seed, Users: d.Users, Tokens: d.Tokens, AWX: demo.Generation(d.AWX), Faults: d.Faults, Listen: d.Listen, Log: journal,
	})
}

// serveDemo starts the demo, and has its systems as they are told of.
func serveDemo(ctx context.Context, d command.Demo, journal *slog.Logger) (command.DemoServer, error) {
	server, err := startDemo(ctx, d, journal)
	if err != nil {
		return command.DemoServer{}, err
	}
	served := command.DemoServer{Close: server.Close}
	for _, s := range server.Systems() {
		served.Systems = append(served.Systems, s)
	}
	return served, nil
}

// openDemo opens the systems of a demo that ends with them.
func openDemo(ctx context.Context, d command.Demo, c command.Choice, journal *slog.Logger) (command.Systems, error) {
	server, err := startDemo(ctx, d, journal)
	if err != nil {
		return command.Systems{}, err
	}
	systems, err := openServed(ctx, c, server, journal)
	if err != nil {
		_ = server.Close()
		return command.Systems{}, err
	}
	end := systems.Close
	systems.Close = func(ctx context.Context) {
		end(ctx)
		_ = server.Close()
	}
	return systems, nil
}

// openServed opens the systems of a running demo.
func openServed(ctx context.Context, c command.Choice, server *demo.Server, journal *slog.Logger) (command.Systems, error) {
	var all []config.Profile
	for _, s := range server.Systems() {
		p, err := demoProfile(s)
		if err != nil {
			return command.Systems{}, err
		}
		all = append(all, p)
	}
	return open(ctx, c, all, env(journal))
}

// demoProfile enters a demo system as its administrator: by token, where the
// system has tokens that can be had before a sign-in.
func demoProfile(s demo.System) (config.Profile, error) {
	if s.Token != "" {
		return config.NewProfile(client.Kinds(), s.Name, s.Kind, s.URL, config.Given(model.NewSecret(s.Token)))
	}
	p, err := config.NewProfile(client.Kinds(), s.Name, s.Kind, s.URL, config.Given(model.NewSecret(s.Password)))
	if err != nil {
		return p, err
	}
	return p.SignInWith(s.Username)
}

// open opens the profiles.
func open(ctx context.Context, c command.Choice, profiles []config.Profile, env client.Env) (command.Systems, error) {
	first := 0
	if c.System != "" {
		if _, err := config.Choose(profiles, []string{c.System}); err != nil {
			return command.Systems{}, fmt.Errorf("--system: %w", err)
		}
		first = slices.IndexFunc(profiles, func(p config.Profile) bool { return p.Name == c.System })
	}
	apis := client.OpenAll(ctx, profiles, env, client.Opening{ReadOnly: c.ReadOnly, Unset: os.Unsetenv, Runs: func(p config.Profile) {
		fmt.Fprintf(os.Stderr, "authdeck: the credential of %s comes from a %s\n", p.Name, p.Credential)
	}})
	return command.Systems{All: apis, First: first, Close: func(ctx context.Context) { client.CloseAll(ctx, apis, env.Log) }}, nil
}
