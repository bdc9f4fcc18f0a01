package client

import (
	"cmp"
	"fmt"
	"os"
	"os/user"
	"path/filepath"

	"authdeck/client/config"
	"authdeck/client/courier"
	"authdeck/client/custody"
	"authdeck/client/planfile"
	"authdeck/client/record"
	"authdeck/client/rotations"
	"authdeck/client/seal"
	"authdeck/client/signature"
	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/model/rotation"
)

// Kept is where that is kept which comes of what is done. With the zero value nothing can be
// done: it could not be recorded.
type Kept struct {
	Record *record.Keeper
	Path   string        // of that record; empty for none
	Keys   *custody.Safe // new keys, until somebody has them; nil for nowhere
	Plans  plan.Files    // plans that are given no name, and the ways of their keys; nil for nowhere
	Hand   model.Courier // the commands that take new keys; nil for none

	Rotations rotation.Book // tokens of which one takes the other's place; nil for nowhere
}

// SealedTo are those to whom keys are sealed: who is named on the command line, else those of
// the configuration.
func SealedTo(named []string, otherwise seal.Recipients) (seal.Recipients, error) {
	if len(named) == 0 {
		return otherwise, nil
	}
	to, err := seal.To(named)
	if err != nil {
		return nil, fmt.Errorf("to whom keys are sealed: %w", err)
	}
	return to, nil
}

// HandedTo is what takes the new keys of systems: a command that was named, for all of them, else
// those of the configuration.
func HandedTo(argv []string, profiles []config.Profile, otherwise courier.Commands) (courier.Commands, error) {
	if len(argv) == 0 {
		return otherwise, nil
	}
	command, err := courier.Parse(argv)
	if err != nil {
		return nil, fmt.Errorf("--key-to-command: %w", err)
	}
	all := courier.Commands{}
	for _, p := range profiles {
		all[p.Name] = command
	}
	return all, nil
}

// KeptOf is where it is kept of configured systems.
func KeptOf(c config.Config, getenv func(string) string) Kept {
	state := config.StateFolder(getenv)
	return Kept{
		Record: keeperIn(state, c.Audit, getenv), Path: RecordAt("", getenv),
		Keys: custody.In(KeysAt(c.Sealed, getenv)), Hand: c.Couriers,
		Plans: plansIn(plansOf(getenv), outlets{c.Sealed, c.Couriers}, getenv), Rotations: RotationsOf(getenv),
	}
}

// KeptOfDemo is where it is kept of a demo: in a folder that goes with it. What is done there
// is no business of the record of real systems: it is recorded in a folder that somebody
// names, or nowhere.
func KeptOfDemo(folder, recorded string, to seal.Recipients, getenv func(string) string) (Kept, error) {
	k := Kept{
		Record: record.Nowhere(), Plans: plansIn(filepath.Join(folder, "plans"), outlets{to: to}, getenv), Rotations: rotations.In(filepath.Join(folder, "rotations")),
		Keys: custody.In(custody.Place{
			Sealed: filepath.Join(folder, "undelivered"), Identity: filepath.Join(folder, "identity.txt"), To: to,
			Files: config.KeyFolder("", getenv), Later: "it goes with the demo.",
		}),
	}
	if recorded == "" {
		return k, nil
	}
	whole, err := filepath.Abs(config.AtHome(recorded, getenv("HOME")))
	if err != nil {
		return k, fmt.Errorf("--record: %w", err)
	}
	k.Record, k.Path = keeperIn(whole, config.Audit{}, getenv), filepath.Join(whole, record.FileName)
	return k, nil
}

// KeysAt is where keys lie that come to configured systems.
func KeysAt(to seal.Recipients, getenv func(string) string) custody.Place {
	state := config.StateFolder(getenv)
	return custody.Place{
		Sealed: filepath.Join(state, "undelivered"), Identity: filepath.Join(state, "identity.txt"), To: to, Files: config.KeyFolder("", getenv),
		Later: "authdeck keys shows it, and so does the next start.",
	}
}

// RotationsOf is where rotations of configured systems are remembered.
func RotationsOf(getenv func(string) string) rotation.Book {
	return rotations.In(filepath.Join(config.StateFolder(getenv), "rotations"))
}

// RecordAt is the record at a path, or that of what is done in configured systems.
func RecordAt(path string, getenv func(string) string) string {
	return cmp.Or(config.AtHome(path, getenv("HOME")), filepath.Join(config.StateFolder(getenv), record.FileName))
}

func keeperIn(folder string, how config.Audit, getenv func(string) string) *record.Keeper {
	return record.Keep(record.Options{Folder: folder, Getenv: getenv, WantsReason: how.RequireReason, Syslog: how.Syslog})
}

// Making is who makes plans, and where.
func Making() plan.Making {
	var m plan.Making
	if me, err := user.Current(); err == nil {
		m.By = model.Clean(me.Username).String()
	}
	if host, err := os.Hostname(); err == nil {
		m.Host = model.Clean(host).String()
	}
	return m
}

// Unfinished looks for plans of configured systems that were left in the middle.
func Unfinished(getenv func(string) string) func() ([]plan.Unfinished, error) {
	return func() ([]plan.Unfinished, error) { return planfile.Unfinished(plansOf(getenv)) }
}

// plansOf is the folder for plans that are given no name.
func plansOf(getenv func(string) string) string {
	return filepath.Join(config.StateFolder(getenv), "plans")
}

// outlets are where new keys can go beside a file in clear.
type outlets struct {
	to       seal.Recipients
	couriers model.Courier
}

// plansIn keeps plans that are given no name in a folder.
func plansIn(folder string, keys outlets, getenv func(string) string) plan.Files {
	return planfile.Files{
		Folder: folder, AtHome: func(path string) string { return config.AtHome(path, getenv("HOME")) },
		Applier: signature.Applier{User: Making().By, Agent: getenv("SSH_AUTH_SOCK")},
		To:      keys.to, Courier: keys.couriers,
	}
}
