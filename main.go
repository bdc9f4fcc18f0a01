// Authdeck is a terminal console with which admins keep the auth tokens of
// remote systems in order.
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/file"
	"authdeck/client/recall"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/model/report"
	"authdeck/model/review"
	"authdeck/model/traffic"
	"authdeck/ui/batch"
	"authdeck/ui/command"
	"authdeck/ui/terminal"
)

func main() {
	log.SetOutput(io.Discard) // net/http writes whole answers to it, keys included, over the screen
	client.Collect(client.Getenv)
	os.Exit(command.Run(context.Background(), world()))
}

// world names everything that the program touches outside itself.
func world() command.World {
	here := client.Machine{Getenv: client.Getenv}
	return command.World{
		World:      batchWorld(),
		Args:       os.Args[1:],
		Version:    command.Version(),
		FaultHelp:  demo.FaultHelp(),
		Settings:   client.Settings(client.Getenv),
		Undumpable: terminal.Undumpable,
		Console:    openConsole,
		StartDemo:  startDemo,
		Diagnose:   diagnose,
		Export: func(ctx context.Context, api model.API, e model.Export) (model.Exported, error) {
			e.Path = config.AtHome(e.Path, client.Getenv("HOME"))
			return client.Export(ctx, api, e)
		},
		Verify: func(path string) (audit.Report, error) { return record.Verify(client.RecordAt(path, client.Getenv)) },
		Entries: func(path string, f audit.Filter, take func(audit.Entry) error) (int, error) {
			return record.Each(client.RecordAt(path, client.Getenv), f, take)
		},
		Rotate:      putAside,
		ReportOn:    reportOn,
		ToSign:      here.ToSign,
		Unfinished:  client.Unfinished(client.Getenv),
		DismissPlan: here.DismissPlan,
		Welcome:     here.Welcome,
	}
}

// batchWorld names what of it commands without a screen touch.
func batchWorld() batch.World {
	here := client.Machine{Getenv: client.Getenv}
	return batch.World{
		Getenv:      client.Getenv,
		Stdin:       os.Stdin,
		Stdout:      os.Stdout,
		Stderr:      os.Stderr,
		ConfigPath:  config.Path("", atHome),
		RecordPath:  filepath.Join(config.StateFolder(atHome), record.FileName),
		Known:       here.Known,
		OpenLog:     func(path string) (io.WriteCloser, error) { return file.Append(path) },
		Open:        openConfigured,
		Keep:        here.Keep,
		NewFile:     here.NewFile,
		Sealer:      client.Sealer,
		Courier:     client.Courier,
		TokenRow:    client.TokenRow,
		Safe:        here.Safe,
		Rotations:   here.Rotations,
		ReadSecret:  here.ReadSecret,
		Rows:        client.WriteRows,
		Columns:     client.Columns,
		Each:        client.EachToken,
		Seed:        client.SeedOf,
		WriteFile:   here.WriteFile,
		WriteNew:    here.WriteNew,
		WriteShared: here.WriteShared,
		ReadFile:    here.ReadFile,
		ReadPlan:    client.ReadPlan,
		Making:      client.Making(),
	}
}

// atHome is an environment in which nothing is set but a home, as manuals write it.
func atHome(name string) string { return map[string]string{"HOME": "~"}[name] }

// env is what the client may know of the world.
func env(journal *slog.Logger) client.Env {
	return client.Env{Getenv: client.Getenv, Version: command.Version(), Log: journal, Traffic: traffic.NewRing(traffic.Most), Runs: func(p config.Profile) {
		if batch.IsTerminal(os.Stderr) { // nobody answers in a mail
			fmt.Fprintf(os.Stderr, "authdeck: %s\n", client.CredentialFrom(p))
		}
	}}
}

// configuration reads the configuration.
func configuration(path string) (config.Config, error) {
	return config.Load(config.Path(path, client.Getenv), client.Getenv, client.Kinds())
}

// openConfigured opens the systems of the configuration.
func openConfigured(ctx context.Context, c batch.Choice, journal *slog.Logger) (batch.Systems, error) {
	found, e, err := chosen(c, "", journal)
	if err != nil {
		return batch.Systems{}, err
	}
	return open(ctx, c, found, e, client.KeptOf(found, client.Getenv)).Systems, nil
}

// openConsole opens them for the console.
func openConsole(ctx context.Context, c batch.Choice, first string, lend command.Lender, journal *slog.Logger) (command.Systems, error) {
	found, e, err := chosen(c, first, journal)
	if err != nil {
		return command.Systems{}, err
	}
	e.Lend = lend
	systems := open(ctx, c, found, e, client.KeptOf(found, client.Getenv))
	asked := recall.In(config.StateFolder(client.Getenv), journal)
	systems.Theme, systems.Recall, systems.Remember = found.Theme, asked.Recall, asked.Remember
	return systems, nil
}

// chosen is the configuration with the systems that are wanted of it. A name of which there is
// none is a mistake, and told before anything is run for a credential; a command of one system
// sees the credential of none, of those that are not asked either.
func chosen(c batch.Choice, first string, journal *slog.Logger) (config.Config, client.Env, error) {
	e := env(journal)
	found, err := configuration(c.Config)
	if err != nil {
		return found, e, err
	}
	if !filepath.IsAbs(config.StateFolder(client.Getenv)) {
		return found, e, errors.New("there is no home folder, so that nothing could be recorded: set HOME or XDG_STATE_HOME")
	}
	if path := config.Path(c.Config, client.Getenv); config.Changeable(path) != "" {
		fmt.Fprintf(os.Stderr, "authdeck: %s: %s\n", model.Clean(path), config.Changeable(path))
	}
	e.Getenv = config.UnsetCredentials(found.Profiles, client.Getenv, os.Unsetenv)
	if found.Profiles, err = config.Choose(found.Profiles, c.Systems); err == nil && first != "" {
		_, err = config.Choose(found.Profiles, []string{first})
	}
	if err != nil {
		return found, e, err
	}
	if found.Sealed, err = client.SealedTo(c.Recipients, found.Sealed); err == nil {
		found.Couriers, err = client.HandedTo(c.KeyCommand, found.Profiles, found.Couriers)
	}
	return found, e, err
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
	e.Getenv = config.UnsetCredentials(found.Profiles, client.Getenv, os.Unsetenv) // a command of one system sees the credential of none
	return client.DiagnoseAll(ctx, chosen, found, client.Getenv, e), nil
}

// putAside has the record go on in a new file.
func putAside() (command.PutAside, error) {
	a, err := record.Rotate(record.Options{Folder: config.StateFolder(client.Getenv), Getenv: client.Getenv})
	return command.PutAside(a), err
}

// reportOn reads what somebody has in the systems that are named, or in all, and what is on
// record of it. Nothing can be done there meanwhile: what is done is recorded, and nothing is.
func reportOn(ctx context.Context, a command.Asked, journal *slog.Logger) (report.Report, error) {
	if _, err := os.Stat(client.RecordAt(a.Record, client.Getenv)); a.Record != "" && err != nil { // one that is named is not taken for empty
		return report.Report{}, fmt.Errorf("--record: %w", err)
	}
	found, e, err := chosen(batch.Choice{Config: a.Config, Systems: a.Systems}, "", journal)
	if err != nil {
		return report.Report{}, err
	}
	systems := open(ctx, batch.Choice{}, found, e, client.Kept{})
	defer systems.Close(ctx)
	who := client.Making()
	return client.ReportOn(ctx, systems.Union, a.Name, client.RecordAt(a.Record, client.Getenv), report.Reading{By: who.By, Machine: who.Host})
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
	var ways []client.Entrance // as the administrator
	started := command.DemoServer{
		Open: func(ctx context.Context, c batch.Choice, first string) (command.Systems, error) {
			to, err := client.SealedTo(c.Recipients, nil)
			if err != nil {
				return command.Systems{}, err
			}
			k, err := client.KeptOfDemo(folder, d.Record, to, client.Getenv)
			if err != nil {
				return command.Systems{}, err
			}
			systems, err := openDemo(ctx, c, first, ways, journal, k)
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
		ways = append(ways, client.Entrance{Name: s.Name, Kind: s.Kind, URL: s.URL, Token: s.Token, Username: s.Username, Password: s.Password})
	}
	started.Lend = func(path string) (func(), error) {
		return client.Lend(config.AtHome(path, client.Getenv("HOME")), ways)
	}
	return started, nil
}

// openDemo opens the systems of a running demo.
func openDemo(ctx context.Context, c batch.Choice, first string, ways []client.Entrance, journal *slog.Logger, k client.Kept) (command.Systems, error) {
	var profiles []config.Profile
	for _, w := range ways {
		p, err := w.Profile()
		if err != nil {
			return command.Systems{}, err
		}
		profiles = append(profiles, p)
	}
	if first != "" {
		if _, err := config.Choose(profiles, []string{first}); err != nil {
			return command.Systems{}, fmt.Errorf("--system: %w", err)
		}
	}
	return open(ctx, c, config.Config{Profiles: profiles, Limits: review.Usual()}, env(journal), k), nil
}

// open opens the systems of the profiles.
func open(ctx context.Context, c batch.Choice, of config.Config, env client.Env, k client.Kept) command.Systems {
	apis := client.OpenAll(ctx, of.Profiles, env, client.Opening{ReadOnly: c.ReadOnly, Limits: of.Limits, Record: k.Record, Custody: k.Keys, Unset: os.Unsetenv})
	all := client.Together(apis)
	return command.Systems{Systems: batch.Systems{
		All: apis, Union: all, Limits: of.Limits, Views: of.Views, Asked: env.Traffic, Record: k.Path, Safe: k.Keys, Plans: k.Plans, AtOnce: of.AtOnce,
		Hand: k.Hand, Rotations: k.Rotations, Seal: of.Sealed.Sealer(),
		Close: func(ctx context.Context) { client.CloseAll(ctx, append([]model.API{all}, apis...), env.Log) },
	}, Report: k.Reports(all, client.Getenv("HOME"))}
}
