package inventory

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	lines "authdeck/model/inventory"
	"authdeck/ui/batch"
)

// toOutput is the name of standard output.
const toOutput = "-"

func (o *options) saveCommand(log *string) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "save FILE",
		Short: "Write every token of every system to a new file, without its key.",
		Long: "Reads the tokens of all systems, or of those that are named, and writes them to a new file of\n" +
			"yours alone, whole or not at all; - is standard output. A system that cannot be read to its end\n" +
			"is said to be not whole in the file, and here (exit code 4). The hash of the last line is worth\n" +
			"to be noted elsewhere: by it anybody is found out who writes all of the file anew.",
		Args: batch.Takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			o.Log = *log
			if args[0] != toOutput { // to read the systems may take minutes
				if _, err := o.NewFile(args[0]); err != nil {
					return err
				}
			}
			return o.With(cmd, o.Flags, func(ctx context.Context, s batch.Session) error { return o.save(ctx, s, args[0]) })
		},
	}
	o.Register(cmd, o.World)
	o.jsonFlag(cmd)
	return cmd
}

// save reads the systems and writes the file.
func (o *options) save(ctx context.Context, s batch.Session, path string) error {
	draft, err := o.read(ctx, s)
	if err != nil {
		return err
	}
	var written lines.Sum
	write := func(to io.Writer) (err error) {
		written, err = draft.Write(to)
		return err
	}
	told := s.Stdout
	if path == toOutput {
		err = write(s.Stdout)
	} else {
		err = s.WriteNew(path, write)
	}
	switch {
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already, and nothing is written over", model.Clean(path))
	case err != nil:
		return batch.Fail(fmt.Errorf("%s: %w", path, err))
	}
	o.lacking(written)
	if path != toOutput {
		err = batch.Unsaid(model.Clean(path).String()+" is written", o.tell(told, path, written))
	} else if !o.json {
		err = o.tell(s.Stderr, "standard output", written) // where the result goes nothing else does
	}
	if err == nil && !written.Whole() {
		err = batch.End(batch.Partly, nil)
	}
	return err
}

// read reads all systems at once. An error of one of them is no end of the others.
func (o *options) read(ctx context.Context, s batch.Session) (*lines.Draft, error) {
	made := s.Making
	d := &shared{draft: lines.Begin(lines.Head{Made: time.Now().UTC().Format(time.RFC3339), By: made.By, Machine: made.Host, Version: o.version}), far: s.Progress()}
	defer d.far.Clear()
	for _, api := range s.All {
		d.draft.System(api.Info())
	}
	var all sync.WaitGroup
	for _, api := range s.All {
		all.Go(func() { d.read(ctx, s, api) })
	}
	all.Wait()
	if ctx.Err() != nil { // what was read so far is no evidence of anything
		return nil, &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
	}
	return d.draft, nil
}

// shared is a draft that several systems are read into.
type shared struct {
	mu    sync.Mutex
	draft *lines.Draft
	count int
	far   *batch.Progress
}

// read reads one system, and says as whom.
func (d *shared) read(ctx context.Context, s batch.Session, api model.API) {
	name, as := api.Info().Name, ""
	if me, err := api.WhoAmI(ctx); err == nil {
		as = me.Username.String()
	}
	d.mu.Lock()
	d.draft.System(api.Info()) // of some, more is known once they were asked
	d.mu.Unlock()
	note, err := s.Each(ctx, api, model.Query{}, func(tokens []model.Token, _ model.Sifted) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.draft.Take(name, tokens)
		d.count += len(tokens)
		d.far.Tell("%s read", counted(d.count, "token"))
		return nil
	})
	d.mu.Lock()
	defer d.mu.Unlock()
	d.draft.Ended(name, as, note, err)
}
