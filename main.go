// Authdeck is a terminal console with which admins keep the auth tokens of
// remote systems in order.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/custody"
	"authdeck/client/demo"
	"authdeck/client/file"
	"authdeck/client/recall"
	"authdeck/client/record"
	"authdeck/client/seal"
	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/plan"
	"authdeck/model/review"
	"authdeck/model/traffic"
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
		ConfigPath: config.Path("", atHome),
		RecordPath: filepath.Join(config.StateFolder(atHome), record.FileName),
		FaultHelp:  demo.FaultHelp(),
		Undumpable: terminal.Undumpable,
		OpenLog:    func(path string) (io.WriteCloser, error) { return file.Append(path) },
		Open:       openConfigured,
		StartDemo:  startDemo,
		Diagnose:   diagnose,
		Keep: func(under, name string, key model.Secret) (string, error) {
			return config.WriteKey(config.KeyFolder(under, os.Getenv), name, key)
		},
		Export: func(ctx context.Context, api model.API, e model.Export) (model.Exported, error) {
			e.Path = config.AtHome(e.Path, os.Getenv("HOME"))
			return client.Export(ctx, api, e)
		},
		Verify: func(path string) (audit.Report, error) { return record.Verify(recordAt(path)) },
		Entries: func(path string, f audit.Filter, take func(audit.Entry) error) (int, error) {
			return record.Each(recordAt(path), f, take)
		},
		Each:     client.EachToken,
		ReadPlan: readPlan,
		ToSign:   toSign,
		Making:   making(),
		Safe:     func() model.Safe { return custody.In(keysAt(nil)) },
		Welcome:  func() string { return model.Clean(config.Rescued(config.KeyFolder("", os.Getenv))).String() },
	}
}

// atHome is an environment in which nothing is set but a home, as manuals write it.
func atHome(name string) string { return map[string]string{"HOME": "~"}[name] }

// recordAt is the record at a path, or that of what is done in configured systems.
func recordAt(path string) string {
	return cmp.Or(config.AtHome(path, os.Getenv("HOME")), filepath.Join(config.StateFolder(os.Getenv), record.FileName))
}

// keep keeps a record in a folder.
func keep(folder string, how config.Audit) *record.Keeper {
	return record.Keep(record.Options{Folder: folder, Getenv: os.Getenv, WantsReason: how.RequireReason, Syslog: how.Syslog})
}

// env is what the client may know of the world.
func env(journal *slog.Logger) client.Env {
	return client.Env{Getenv: os.Getenv, Version: command.Version(), Log: journal, Traffic: traffic.NewRing(traffic.Most)}
}

// keysAt is where keys lie that come to configured systems.
func keysAt(to seal.Recipients) custody.Place {
	state := config.StateFolder(os.Getenv)
	return custody.Place{
		Sealed: filepath.Join(state, "undelivered"), Identity: filepath.Join(state, "identity.txt"), To: to, Files: config.KeyFolder("", os.Getenv),
		Later: "authdeck keys shows it, and so does the next start.",
	}
}

// kept is where that is kept which comes of what is done.
type kept struct {
	record *record.Keeper
	path   string        // of that record; empty for none
	keys   *custody.Safe // until somebody has them
	plans  plan.Files    // that are given no name
}

// keptOf is where it is kept of configured systems.
func keptOf(c config.Config) kept {
	state := config.StateFolder(os.Getenv)
	return kept{keep(state, c.Audit), recordAt(""), custody.In(keysAt(c.Sealed)), plansIn(filepath.Join(state, "plans"))}
}

// keptOfDemo is where it is kept of a demo: in a folder that goes with it. What is done there
// is no business of the record of real systems: it is recorded in a folder that somebody
// names, or nowhere.
func keptOfDemo(folder, recorded string) (kept, error) {
	k := kept{record.Nowhere(), "", custody.In(custody.Place{
		Sealed: filepath.Join(folder, "undelivered"), Identity: filepath.Join(folder, "identity.txt"), Files: config.KeyFolder("", os.Getenv),
		Later: "it goes with the demo.",
	}), plansIn(filepath.Join(folder, "plans"))}
	if recorded == "" {
		return k, nil
	}
	whole, err := filepath.Abs(config.AtHome(recorded, os.Getenv("HOME")))
	if err != nil {
		return k, fmt.Errorf("--record: %w", err)
	}
	k.record, k.path = keep(whole, config.Audit{}), filepath.Join(whole, record.FileName)
	return k, nil
}

// configuration reads the configuration.
func configuration(path string) (config.Config, error) {
	return config.Load(config.Path(path, os.Getenv), os.Getenv, client.Kinds())
}

// openConfigured opens the systems of the configuration.
func openConfigured(ctx context.Context, c command.Choice, journal *slog.Logger) (command.Systems, error) {
	found, err := configuration(c.Config)
	if err != nil {
		return command.Systems{}, err
	}
	systems, err := open(ctx, c, found, env(journal), keptOf(found))
	systems.Theme, systems.Views = found.Theme, found.Views
	asked := recall.In(config.StateFolder(os.Getenv), journal)
	systems.Recall, systems.Remember = asked.Recall, asked.Remember
	return systems, err
}

// diagnose checks the systems that are named, or all, and the record of what is done there.
func diagnose(ctx context.Context, path string, names []string, journal *slog.Logger) ([]model.Check, error) {
	found, err := configuration(path)
	if err != nil {
		return nil, err
	}
	chosen, err := config.Choose(found.Profiles, names)
	if err != nil {
		return nil, err
	}
	e := env(journal)
	e.Getenv = config.UnsetCredentials(found.Profiles, os.Getenv, os.Unsetenv) // a command of one system sees the credential of none
	checks := custody.In(keysAt(found.Sealed)).Checks()
	for _, p := range chosen {
		checks = append(checks, client.Diagnose(ctx, p, e)...)
	}
	return append(checks, record.Check(config.StateFolder(os.Getenv))), nil
}

// startDemo starts the demo, whose systems other clients can use as well.
func startDemo(ctx context.Context, d command.Demo, journal *slog.Logger) (command.DemoServer, error) {
	quirks, err := demo.ParseQuirks(d.Quirks)
	if err != nil {
		return command.DemoServer{}, err
	}
	server, err := demo.Start(ctx, demo.Options{
		Seed: d.Seed, Users: d.Users, Tokens: d.Tokens, AWX: demo.Generation(d.AWX), Quirks: quirks, Faults: d.Faults,
		Listen: d.Listen, Ports: d.Ports, Calm: !d.Hostile, Log: journal,
	})
	if err != nil {
		return command.DemoServer{}, err
	}
	folder := filepath.Join(os.TempDir(), "authdeck-demo-"+strings.ToLower(rand.Text()))
	started := command.DemoServer{
		Open: func(ctx context.Context, c command.Choice) (command.Systems, error) {
			k, err := keptOfDemo(folder, d.Record)
			if err != nil {
				return command.Systems{}, err
			}
			return openDemo(ctx, c, server.Systems(), journal, k)
		},
		Close: func() error {
			_ = os.RemoveAll(folder)
			return server.Close()
		},
	}
	for _, s := range server.Systems() {
		started.Systems = append(started.Systems, s)
	}
	return started, nil
}

// openDemo opens the systems of a running demo.
func openDemo(ctx context.Context, c command.Choice, systems []demo.System, journal *slog.Logger, k kept) (command.Systems, error) {
	var profiles []config.Profile
	for _, s := range systems {
		p, err := demoProfile(s)
		if err != nil {
			return command.Systems{}, err
		}
		profiles = append(profiles, p)
	}
	return open(ctx, c, config.Config{Profiles: profiles, Limits: review.Usual()}, env(journal), k)
}

// demoProfile enters a demo system as its administrator: by token, where the
// system has tokens that can be had before a sign-in.
func demoProfile(s demo.System) (config.Profile, error) {
	p, err := config.NewProfile(client.Kinds(), s.Name, s.Kind, s.URL, config.Given(model.NewSecret(cmp.Or(s.Token, s.Password))))
	if err != nil || s.Token != "" {
		return p, err
	}
	return p.SignInWith(s.Username)
}

// open opens the systems of the profiles; a command that gives a credential is named
// before it runs.
func open(ctx context.Context, c command.Choice, of config.Config, env client.Env, k kept) (command.Systems, error) {
	if c.System != "" {
		if _, err := config.Choose(of.Profiles, []string{c.System}); err != nil {
			return command.Systems{}, fmt.Errorf("--system: %w", err)
		}
	}
	apis := client.OpenAll(ctx, of.Profiles, env, client.Opening{ReadOnly: c.ReadOnly, Limits: of.Limits, Record: k.record, Custody: k.keys, Unset: os.Unsetenv, Runs: func(p config.Profile) {
		fmt.Fprintf(os.Stderr, "authdeck: the credential of %s comes from a %s\n", p.Name, p.Credential)
	}})
	all := client.Together(apis)
	return command.Systems{All: apis, Union: all, Limits: of.Limits, Asked: env.Traffic, Record: k.path, Safe: k.keys, Plans: k.plans, Close: func(ctx context.Context) {
		client.CloseAll(ctx, append([]model.API{all}, apis...), env.Log)
	}}, nil
}
