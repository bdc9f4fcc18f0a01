package batch

import (
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

// heeds marks a command that minds whether its result is read.
const heeds = "heeds"

// Heeds has a pipe that nobody reads be an error of a command, for one that changes something or
// hands something over: what it has done has to be said elsewhere. Where it only shows what it would
// do it minds no more than others.
func Heeds(cmd *cobra.Command) {
	if cmd.Annotations == nil {
		cmd.Annotations = map[string]string{}
	}
	cmd.Annotations[heeds] = "yes"
}

func heeding(cmd *cobra.Command) bool {
	for _, shows := range []string{"dry-run", "fields"} {
		if said, err := cmd.Flags().GetBool(shows); err == nil && said {
			return false
		}
	}
	return cmd.Annotations[heeds] != ""
}

// Pipes has a pipe that nobody reads be an error of the write, and no end of the program by a signal.
func Pipes() {
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE) // to ignore it would have what is started ignore it too
}

// Ended is the error with which a command has ended: none where it only read, and whoever read its
// result had enough of it.
func (w World) Ended(cmd *cobra.Command, err error) error {
	if code := CodeOf(err); w.Unread(err) && !heeding(cmd) && (code == Failed || code == Misuse) {
		return nil
	}
	return err
}

// Heard is the error of what was said, for a command whose exit code is an answer: none where nobody
// reads what is said, for the code is read all the same.
func (w World) Heard(err error) error {
	if w.Unread(err) {
		return nil
	}
	return err
}

// Unread reports whether an error is that of a standard output that nobody reads any more.
func (w World) Unread(err error) bool {
	failed, is := errors.AsType[*fs.PathError](err)
	return is && w.Stdout != nil && failed.Path == w.Stdout.Name() && errors.Is(failed.Err, syscall.EPIPE)
}
