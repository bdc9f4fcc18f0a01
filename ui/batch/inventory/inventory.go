package inventory

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"authdeck/model"
	lines "authdeck/model/inventory"
	"authdeck/ui/batch"
)

// options are what the flags of these commands say.
type options struct {
	batch.World
	batch.Flags

	version string // of authdeck
	json    bool
	without []string // classes of changes that nobody wants to hear of
}

// Inventory is the command, with those below it.
func Inventory(w batch.World, log *string, version string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "inventory",
		Short: "Keep the evidence of an access review: every token, and what changed since.",
		Long: "An inventory is a file with a line for every token of every system, without its key. Each line\n" +
			"holds the one before, so that what was changed, taken out or cut off is told (docs/inventory.md).\n\n" + batch.ExitCodes,
		Args: batch.Takes(0, 0),
	}
	o := &options{World: w, version: version}
	cmd.AddCommand(o.saveCommand(log), o.verifyCommand(), o.diffCommand())
	return cmd
}

// sum is what is said of one inventory.
type sum struct {
	Path    string  `json:"path"`
	Verdict verdict `json:"verdict"`
	Tokens  int     `json:"tokens"`
	Hash    string  `json:"hash"`
	Whole   bool    `json:"whole"` // every system was read to its end
	lines.Head
}

// fault is what is said of one that is not as it was written.
type fault struct {
	Path    string  `json:"path"`
	Verdict verdict `json:"verdict"`
	Line    int     `json:"line"`
	Words   string  `json:"words"`
}

// verdict is whether an inventory is as it was written.
type verdict string

const (
	good     verdict = "good"
	tampered verdict = "tampered"
)

// tell says what an inventory is, in a line or for programs.
func (o *options) tell(to io.Writer, path string, s lines.Sum) error {
	if o.json {
		return batch.Document(to, "inventory-sum", sum{model.Clean(path).String(), good, s.Tokens, s.Hash, s.Whole(), s.Head})
	}
	_, err := fmt.Fprintf(to, "%s: %s in %s, the last line has the hash %s\n",
		model.Clean(path), counted(s.Tokens, "token"), counted(len(s.Head.Systems), "system"), s.Hash)
	return batch.Fail(err)
}

// lacking says of each system that was not read to its end why.
func (o *options) lacking(s lines.Sum) {
	for _, one := range s.Head.Systems {
		if !one.Whole {
			o.Say("%s is not whole in it: %s", one.Name, one.Why)
		}
	}
}

func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

func (o *options) verifyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "verify FILE",
		Short: "Say whether an inventory is as it was written.",
		Long: "Reads an inventory to its end, and says its last hash, or the line that is not as it was written\n" +
			"(exit code 3). Who can write to the file can write all of it anew: hold the hash against one that\n" +
			"was noted elsewhere.",
		Args: batch.Takes(1, 1),
		RunE: func(_ *cobra.Command, args []string) error { return o.verify(args[0]) },
	}
	o.jsonFlag(cmd)
	return cmd
}

func (o *options) verify(path string) error {
	s, err := o.sum(path)
	if err != nil {
		return errors.Join(o.Heard(o.tellFault(path, err)), err)
	}
	o.lacking(s)
	return o.tell(o.Stdout, path, s)
}

// sum reads an inventory to its end.
func (o *options) sum(path string) (lines.Sum, error) {
	r, closes, err := o.open(path)
	if err != nil {
		return lines.Sum{}, err
	}
	defer closes()
	s, err := r.Verify()
	if err != nil {
		return s, faulty(path, err)
	}
	return s, nil
}

// tellFault tells programs which line is not as it was written.
func (o *options) tellFault(path string, err error) error {
	wrong, is := errors.AsType[*lines.LineError](err)
	if !is || !o.json {
		return nil
	}
	return batch.Document(o.Stdout, "inventory-fault", fault{model.Clean(path).String(), tampered, wrong.Line, model.Clean(wrong.Words).String()})
}

func (o *options) jsonFlag(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&o.json, "json", false, "for programs, as docs/json.md has it")
}

// open opens an inventory for reading.
func (o *options) open(path string) (r *lines.Reader, closes func(), err error) {
	f, err := o.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", model.Clean(path), err)
	}
	r, err = lines.Open(f)
	if err != nil {
		_ = f.Close()
		return nil, nil, faulty(path, err)
	}
	return r, func() { _ = f.Close() }, nil
}

// faulty is of an inventory that is not as it was written, which somebody has to look at, or that
// cannot be read.
func faulty(path string, err error) error {
	told := fmt.Errorf("%s: %w", path, err)
	if _, is := errors.AsType[*lines.LineError](err); is {
		return batch.End(batch.Found, told)
	}
	return batch.Fail(told)
}
