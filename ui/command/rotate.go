package command

import (
	"fmt"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/audit"
	"authdeck/ui/batch"
)

// PutAside is what was put aside of a record.
type PutAside struct {
	Path    string
	Entries int64
	Last    audit.Head
}

func (o *options) rotateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate",
		Short: "Put what is recorded so far aside, and go on in a new file.",
		Long: "rotate gives the record another name beside it, with the number of its last entry, and has\n" +
			"it go on in a new file of which the first line refers to that entry. Nothing is taken away,\n" +
			"and what is put aside is still read with the record as long as it lies there. Consoles may\n" +
			"go on meanwhile. A record that is not as it was written stays as it is.",
		Args: batch.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error {
			a, err := o.Rotate()
			if err != nil {
				return batch.Fail(err)
			}
			_, err = fmt.Fprintf(o.Stdout, "%s put aside in %s, the last one is %d with the hash %s.\nThe record goes on with entry %d.\n",
				counted(a.Entries), model.Clean(a.Path), a.Last.Number, a.Last.Hash, a.Last.Number+1)
			return batch.Unsaid("the record is put aside in "+model.Clean(a.Path).String(), err)
		},
	}
}
