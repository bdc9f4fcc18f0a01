// Authdeck is a terminal console with which admins keep the auth tokens of
// remote systems in order.
package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/custody"
	"authdeck/client/demo"
	"authdeck/client/file"
	"authdeck/client/planfile"
	"authdeck/client/recall"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/report"
	"authdeck/model/review"
	"authdeck/model/rotation"
	"authdeck/model/traffic"
	"authdeck/ui/command"
	"authdeck/ui/terminal"
)

func main() {
	log.SetOutput(io.Discard) // net/http writes whole answers to it, keys included, over the screen
	collect()
	os.Exit(command.Run(context.Background(), world()))
}

// collect has the collector run less often than it would for the little that a console holds,
// and as often as ever where that is much. Who has said otherwise in the environment is heeded.
func collect() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(client.GCPercent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(client.MemoryLimit)
	}
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
		ReadSecret: func(path string, limit int64) ([]byte, error) {
			return file.ReadPrivate(config.AtHome(path, os.Getenv("HOME")), limit)
		},
		OpenLog:   func(path string) (io.WriteCloser, error) { return file.Append(path) },
		Open:      openConfigured,
		StartDemo: startDemo,
		Diagnose:  diagnose,
		Keep: func(under, name string, key model.Secret) (string, error) {
			return config.WriteKey(config.KeyFolder(under, os.Getenv), name, key)
		},
		Export: func(ctx context.Context, api model.API, e model.Export) (model.Exported, error) {
			e.Path = config.AtHome(e.Path, os.Getenv("HOME"))
			return client.Export(ctx, api, e)
		},
		Verify: func(path string) (audit.Report, error) { return record.Verify(client.RecordAt(path, os.Getenv)) },
		Entries: func(path string, f audit.Filter, take func(audit.Entry) error) (int, error) {
			return record.Each(client.RecordAt(path, os.Getenv), f, take)
		},
		Rotate:   putAside,
		ReportOn: reportOn,
		WriteFile: func(path string, replace bool, content []byte) error {
			return client.WriteFile(config.AtHome(path, os.Getenv("HOME")), replace, content)
		},
		Each:        client.EachToken,
		ReadPlan:    readPlan,
		ToSign:      toSign,
		Unfinished:  client.Unfinished(os.Getenv),
		DismissPlan: func(path string) error { return planfile.Dismiss(config.AtHome(path, os.Getenv("HOME"))) },
		Making:      client.Making(),
		Safe:        func() model.Safe { return custody.In(client.KeysAt(nil, os.Getenv)) },
		Rotations:   func() rotation.Book { return client.RotationsOf(os.Getenv) },
		Welcome:     func() string { return model.Clean(config.Rescued(config.KeyFolder("", os.Getenv))).String() },
	}
}

// atHome is an environment in which nothing is set but a home, as manuals write it.
func atHome(name string) string { return map[string]string{"HOME": "~"}[name] }

// readPlan reads a plan, and what was done for it.
func readPlan(path string) (command.PlanFile, error) {
	path = planfile.At(path)
	p, err := planfile.Read(path)
	if err != nil {
		return command.PlanFile{}, err
	}
	ends, err := planfile.Ends(p, path)
	return command.PlanFile{Plan: p, Path: path, Ends: ends}, err
}

// toSign reads a plan that is about to be signed by the SSH agent of this session.
func toSign(path, key string) (command.Signing, error) {
	path = planfile.At(path)
	s, err := planfile.ToSign(path, os.Getenv("SSH_AUTH_SOCK"), config.AtHome(key, os.Getenv("HOME")))
	if err != nil {
		return command.Signing{}, err
	}
	ends, err := planfile.Ends(s.Plan, path)
	return command.Signing{PlanFile: command.PlanFile{Plan: s.Plan, Path: path, Ends: ends}, Key: s.Key.String(), Sign: s.Sign}, err
}

// env is what the client may know of the world.
func env(journal *slog.Logger) client.Env {
	return client.Env{Getenv: os.Getenv, Version: command.Version(), Log: journal, Traffic: traffic.NewRing(traffic.Most), Runs: func(p config.Profile) {
		fmt.Fprintf(os.Stderr, "authdeck: %s\n", client.CredentialFrom(p))
	}}
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
	if found.Sealed, err = client.SealedTo(c.Recipients, found.Sealed); err != nil {
		return command.Systems{}, err
	}
	systems, err := open(ctx, c, found, env(journal), client.KeptOf(found, os.Getenv))
	systems.Theme, systems.Views, systems.AtOnce = found.Theme, found.Views, found.AtOnce
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
	return client.DiagnoseAll(ctx, chosen, found, os.Getenv, e), nil
}

// putAside has the record go on in a new file.
func putAside() (command.PutAside, error) {
	a, err := record.Rotate(record.Options{Folder: config.StateFolder(os.Getenv), Getenv: os.Getenv})
	return command.PutAside(a), err
}

// reportOn reads what somebody has in the systems that are named, or in all, and what is on
// record of it. Nothing can be done there meanwhile: what is done is recorded, and nothing is.
func reportOn(ctx context.Context, a command.Asked, journal *slog.Logger) (report.Report, error) {
	found, err := configuration(a.Config)
	if err != nil {
		return report.Report{}, err
	}
	if _, err := os.Stat(client.RecordAt(a.Record, os.Getenv)); a.Record != "" && err != nil { // one that is named is not taken for empty
		return report.Report{}, fmt.Errorf("--record: %w", err)
	}
	e := env(journal)
	e.Getenv = config.UnsetCredentials(found.Profiles, os.Getenv, os.Unsetenv) // those of systems that are not asked too
	if found.Profiles, err = config.Choose(found.Profiles, a.Systems); err != nil {
		return report.Report{}, err
	}
	systems, err := open(ctx, command.Choice{}, found, e, client.Kept{})
	if err != nil {
		return report.Report{}, err
	}
	defer systems.Close(ctx)
	all, is := systems.Union.(client.Everybody)
	if !is {
		return report.Report{}, errors.New("these systems cannot be asked for a person")
	}
	who := client.Making()
	return client.ReportOn(ctx, all, a.Name, client.RecordAt(a.Record, os.Getenv), report.Reading{By: who.By, Machine: who.Host})
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
			to, err := client.SealedTo(c.Recipients, nil)
			if err != nil {
				return command.Systems{}, err
			}
			k, err := client.KeptOfDemo(folder, d.Record, to, os.Getenv)
			if err != nil {
				return command.Systems{}, err
			}
			systems, err := openDemo(ctx, c, server.Systems(), journal, k)
			systems.Passing = true
			return systems, err
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
func openDemo(ctx context.Context, c command.Choice, systems []demo.System, journal *slog.Logger, k client.Kept) (command.Systems, error) {
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

// open opens the systems of the profiles.
func open(ctx context.Context, c command.Choice, of config.Config, env client.Env, k client.Kept) (command.Systems, error) {
	if c.System != "" {
		if _, err := config.Choose(of.Profiles, []string{c.System}); err != nil {
			return command.Systems{}, fmt.Errorf("--system: %w", err)
		}
	}
	env.Lend = c.Lend
	apis := client.OpenAll(ctx, of.Profiles, env, client.Opening{ReadOnly: c.ReadOnly, Limits: of.Limits, Record: k.Record, Custody: k.Keys, Unset: os.Unsetenv})
	all := client.Together(apis)
	return command.Systems{All: apis, Union: all, Limits: of.Limits, Asked: env.Traffic, Record: k.Path, Safe: k.Keys, Plans: k.Plans, Report: k.Reports(all, os.Getenv("HOME")), Hand: k.Hand, Rotations: k.Rotations, Close: func(ctx context.Context) {
		client.CloseAll(ctx, append([]model.API{all}, apis...), env.Log)
	}}, nil
}
