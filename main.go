// Authdeck is a terminal console with which admins keep the auth tokens of
// remote systems in order.
package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"os/user"
	"path/filepath"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/file"
	"authdeck/client/planfile"
	"authdeck/client/recall"
	"authdeck/client/record"
	"authdeck/client/signature"
	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/plan"
	"authdeck/model/review"
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

// readPlan reads a plan, and what was done for it.
func readPlan(path string) (command.PlanFile, error) {
	p, err := planfile.Read(path)
	if err != nil {
		return command.PlanFile{}, err
	}
	records, err := planfile.Records(p, path)
	if err != nil {
		return command.PlanFile{}, err
	}
	return command.PlanFile{Plan: p, Path: path, Ends: p.Ends(records)}, nil
}

// toSign reads a plan that is about to be signed by the SSH agent of this session.
func toSign(path, key string) (command.Signing, error) {
	s, err := planfile.ToSign(path, os.Getenv("SSH_AUTH_SOCK"), config.AtHome(key, os.Getenv("HOME")))
	if err != nil {
		return command.Signing{}, err
	}
	records, err := planfile.Records(s.Plan, path)
	if err != nil {
		return command.Signing{}, err
	}
	return command.Signing{PlanFile: command.PlanFile{Plan: s.Plan, Path: path, Ends: s.Plan.Ends(records)}, Key: s.Key.String(), Sign: s.Sign}, nil
}

// making is who makes plans, and where.
func making() plan.Making {
	var m plan.Making
	if me, err := user.Current(); err == nil {
		m.By = model.Clean(me.Username).String()
	}
	if host, err := os.Hostname(); err == nil {
		m.Host = model.Clean(host).String()
	}
	return m
}

// env is what the client may know of the world.
func env(journal *slog.Logger) client.Env {
	return client.Env{Getenv: os.Getenv, Version: command.Version(), Log: journal}
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
	systems, err := open(ctx, c, found, env(journal), keep(config.StateFolder(os.Getenv), found.Audit))
	systems.Theme, systems.Views = found.Theme, found.Views
	asked := recall.In(config.StateFolder(os.Getenv), journal)
	systems.Recall, systems.Remember = asked.Recall, asked.Remember
	systems.Plans = plansIn(filepath.Join(config.StateFolder(os.Getenv), "plans"))
	return systems, err
}

// plansIn keeps plans that are given no name in a folder.
func plansIn(folder string) plan.Files {
	return planfile.Files{
		Folder: folder, AtHome: func(path string) string { return config.AtHome(path, os.Getenv("HOME")) },
		Applier: signature.Applier{User: making().By, Agent: os.Getenv("SSH_AUTH_SOCK")},
	}
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
	var checks []model.Check
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
	started := command.DemoServer{
		Open: func(ctx context.Context, c command.Choice) (command.Systems, error) {
			return openDemo(ctx, c, server.Systems(), d.Record, journal)
		},
		Close: server.Close,
	}
	for _, s := range server.Systems() {
		started.Systems = append(started.Systems, s)
	}
	return started, nil
}

// openDemo opens the systems of a running demo. What is done there is no business of the
// record of real systems: it is recorded in a folder that somebody names, or nowhere.
func openDemo(ctx context.Context, c command.Choice, systems []demo.System, folder string, journal *slog.Logger) (command.Systems, error) {
	keeper := record.Nowhere()
	if folder != "" {
		whole, err := filepath.Abs(config.AtHome(folder, os.Getenv("HOME")))
		if err != nil {
			return command.Systems{}, fmt.Errorf("--record: %w", err)
		}
		keeper = keep(whole, config.Audit{})
	}
	var profiles []config.Profile
	for _, s := range systems {
		p, err := demoProfile(s)
		if err != nil {
			return command.Systems{}, err
		}
		profiles = append(profiles, p)
	}
	opened, err := open(ctx, c, config.Config{Profiles: profiles, Limits: review.Usual()}, env(journal), keeper)
	if err == nil {
		passing(&opened)
	}
	return opened, err
}

// passing keeps plans in a folder that goes with the demo; where there can be none, nowhere.
func passing(s *command.Systems) {
	folder, err := os.MkdirTemp("", "authdeck-demo-")
	if err != nil {
		return
	}
	closing := s.Close
	s.Plans = plansIn(folder)
	s.Close = func(ctx context.Context) {
		closing(ctx)
		_ = os.RemoveAll(folder) // what is left of it is harmless: plans hold no key
	}
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
func open(ctx context.Context, c command.Choice, of config.Config, env client.Env, keeper *record.Keeper) (command.Systems, error) {
	if c.System != "" {
		if _, err := config.Choose(of.Profiles, []string{c.System}); err != nil {
			return command.Systems{}, fmt.Errorf("--system: %w", err)
		}
	}
	apis := client.OpenAll(ctx, of.Profiles, env, client.Opening{ReadOnly: c.ReadOnly, Limits: of.Limits, Record: keeper, Unset: os.Unsetenv, Runs: func(p config.Profile) {
		fmt.Fprintf(os.Stderr, "authdeck: the credential of %s comes from a %s\n", p.Name, p.Credential)
	}})
	all := client.Together(apis)
	return command.Systems{All: apis, Union: all, Limits: of.Limits, Close: func(ctx context.Context) {
		client.CloseAll(ctx, append([]model.API{all}, apis...), env.Log)
	}}, nil
}
