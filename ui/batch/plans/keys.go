package plans

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// wanted is where the new keys of a plan are wanted, as the command line says it.
type wanted struct {
	to      []string // a file, - for the output, or those to whom keys are sealed, as age:RECIPIENT each
	file    string   // of sealed keys
	command bool     // the words after -- are a command, or that of the configuration is meant
}

func (k *wanted) register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&k.to, "key-to", nil, "new keys go, an object a line, to a new `FILE` that only you can read, to - (a pipe), sealed to age:RECIPIENT, which may be repeated, or with age to age_recipients, or to command for key_command; ./age is a file")
	cmd.Flags().StringVar(&k.file, "key-file", "", "the new `FILE` of the keys that --key-to age seals; without it they go to a pipe")
	cmd.Flags().BoolVar(&k.command, "key-to-command", false, "each new key goes to the standard input of the command after --, in which {system}, {id}, {name} and {owner} stand for whose it is, or of key_command of the configuration")
}

// check says what of it cannot be meant. Argv is what stands after --.
func (k *wanted) check(argv []string) error {
	switch {
	case !k.command && len(argv) > 0:
		return errors.New("after -- stands a command that takes keys, and --key-to-command is not there")
	case k.command && len(k.to) > 0:
		return errors.New("--key-to and --key-to-command: a key goes to one place")
	}
	at, _, err := batch.PlaceOf(k.to)
	switch {
	case err != nil:
		return err
	case batch.Identity(k.file):
		return errors.New("--key-file takes the name of a file, and this is a secret key itself; it is not shown here, and by now it is in the history of the shell")
	case k.file != "" && at != batch.Sealed:
		return errors.New("--key-file is of --key-to age or age:RECIPIENT")
	}
	return nil
}

// choose has systems opened for it.
func (k *wanted) choose(c *batch.Choice, argv []string) {
	_, c.Recipients, _ = batch.PlaceOf(k.to) // looked at before
	if k.command {
		c.KeyCommand = argv
	}
}

// sealed reports whether they are sealed wherever they go: then none is in clear on the disk.
func (k *wanted) sealed() bool {
	at, _, err := batch.PlaceOf(k.to)
	return err == nil && at == batch.Sealed
}

// given reports whether a way was said.
func (k *wanted) given() bool { return len(k.to) > 0 || k.command }

// delivery is where the new keys go, as it was chosen before the first call.
type delivery struct {
	plan.Outlet

	path string // of the file, for a way that has one
}

// says is where that is, for a person.
func (d delivery) says() string {
	switch d.Way {
	case plan.InFile:
		return d.path
	case plan.Sealed:
		return d.path + ", sealed to " + d.Says
	case plan.ByCommand, plan.InPipe:
	}
	return d.Says
}

// delivery chooses the way of the keys of a plan.
func (a *application) delivery(ctx context.Context) (delivery, error) {
	k := &a.keys
	switch {
	case !a.plan.Action.MakesKey():
		return delivery{}, nil
	case !k.given() && (a.yes || !a.Attended()):
		return delivery{}, errors.New("new keys come of this plan: --key-to FILE, --key-to age:RECIPIENT or --key-to-command -- PROGRAM says where they go")
	case !k.given():
		usual := "~/authdeck-keys-" + time.Now().Format(time.DateOnly) + ".jsonl"
		said, err := a.Ask(ctx, "authdeck: new keys come of this plan; which new file do they go to? Enter takes "+usual+": ")
		if err != nil {
			return delivery{}, err
		}
		if k.to = []string{said}; said == "" {
			k.to = []string{usual}
		}
		if at, _, err := batch.PlaceOf(k.to); err == nil && at != batch.InFile {
			return delivery{}, fmt.Errorf("a file is asked for here; --key-to %s has to stand on the command line", model.Clean(said))
		}
	}
	return a.to(k)
}

// to is the way that was said.
func (a *application) to(k *wanted) (delivery, error) {
	at, _, err := batch.PlaceOf(k.to)
	switch {
	case err != nil:
		return delivery{}, err
	case k.command:
		return a.outlet(plan.ByCommand, "", "--key-to-command: no command stands after --, and no system of this plan has a key_command in the configuration")
	case at == batch.ByCommand:
		return a.outlet(plan.ByCommand, "", "--key-to command: no system of this plan has a key_command in the configuration")
	case at == batch.OnOutput, at == batch.Sealed && k.file == "":
		return a.piped(at == batch.Sealed)
	case at == batch.Sealed:
		return a.outlet(plan.Sealed, k.file, "--key-to age: the configuration names nobody to whom keys are sealed (age_recipients); --key-to age:RECIPIENT does")
	}
	return a.outlet(plan.InFile, k.to[0], "no file for keys can be written from here")
}

// outlet is a way that is open here, and its file can be made.
func (a *application) outlet(way plan.Way, path, none string) (delivery, error) {
	all := a.Plans.Outlets(a.plan)
	i := slices.IndexFunc(all, func(o plan.Outlet) bool { return o.Way == way })
	if i < 0 {
		return delivery{}, errors.New(none)
	}
	d := delivery{all[i], path}
	if d.Check == nil {
		return d, nil
	}
	whole, err := d.Check(path)
	d.path = whole
	return d, err
}

// standardOutput is what a journal calls it.
const standardOutput = "the standard output"

// piped has the keys go to whoever reads the output: never to a terminal.
func (a *application) piped(sealed bool) (delivery, error) {
	switch {
	case a.Shown() && sealed:
		return delivery{}, errors.New("--key-to age: the output is a terminal; --key-file FILE says where the sealed keys go")
	case a.Takes() != nil:
		return delivery{}, fmt.Errorf("--key-to %s: %w", map[bool]string{true: "age", false: "-"}[sealed], a.Takes())
	case a.json:
		return delivery{}, errors.New("--json: the keys go to the output, and nothing else does")
	}
	keys, err := a.Plans.Piped(a.Stdout, standardOutput, sealed)
	if err != nil {
		return delivery{}, fmt.Errorf("--key-to age: %w", err)
	}
	return delivery{Outlet: plan.Outlet{Way: plan.InPipe, Says: standardOutput, Open: func(string) (plan.Keys, error) { return keys, nil }}}, nil
}

// rescue has a key that nothing took, and that is not sealed either, put into a file of its own;
// nil where no key is to be on the disk in clear.
func (a *application) rescue() plan.Rescue {
	if a.keys.sealed() {
		return nil
	}
	return func(l *plan.Line, issued model.Issued) (string, error) {
		return a.Keep("", model.KeyFile(l.System, issued.Of(l.Token), time.Now(), model.WrittenKey), issued.Key)
	}
}
