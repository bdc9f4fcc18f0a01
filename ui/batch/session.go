package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"authdeck/model"
)

// Flags are what every command that opens systems can be told.
type Flags struct {
	Choice

	Log string // the file that a log goes to; empty for none
}

// Register gives a command the flags by which systems are chosen. That of the log is one of all
// commands.
func (f *Flags) Register(cmd *cobra.Command, w World) {
	f.RegisterConfig(cmd, w)
	cmd.Flags().StringSliceVar(&f.Systems, "system", nil, "only the system of that `NAME`; several times for several (default: all)")
	Completes(cmd, "system", w.SystemNames())
}

// RegisterConfig gives it that of the configuration, where the systems are named otherwise.
func (f *Flags) RegisterConfig(cmd *cobra.Command, w World) {
	cmd.Flags().StringVar(&f.Config, "config", "", "the configuration `FILE` (default: $AUTHDECK_CONFIG, else "+w.ConfigPath+")")
}

// RegisterReadOnly gives it the flag by which somebody has it change nothing, for a command that
// would.
func (f *Flags) RegisterReadOnly(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&f.ReadOnly, "read-only", false, "change nothing in any system: what would is refused (exit code 5)")
}

// Logged opens the log for what is done, if one is wanted.
func (w World) Logged(path string, do func(*slog.Logger) error) error {
	if path == "" {
		return do(slog.New(slog.DiscardHandler))
	}
	f, err := w.OpenLog(path)
	if err != nil {
		return fmt.Errorf("--log %s: %w", path, err)
	}
	kept := &whole{to: f}
	err = do(slog.New(slog.NewTextHandler(kept, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if lost := cmp.Or(kept.lost, f.Close()); lost != nil {
		w.Say("--log %s: the log is not whole: %v", path, lost)
	}
	return err
}

// whole remembers that something could not be written: a journal does not tell.
type whole struct {
	to   io.Writer
	lost error
}

// Write implements [io.Writer].
func (w *whole) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	w.lost = cmp.Or(w.lost, err)
	return n, err
}

// Session is a command under way, and its systems, which are open.
type Session struct {
	World
	Systems

	Log *slog.Logger
}

// errInterrupted is why a command ended that somebody has interrupted.
var errInterrupted = errors.New("interrupted")

// Interruptible does something with a context that ends when somebody interrupts the command. What
// is under way is given up then, but for a write, whose answer is waited for, and the command ends
// as one that was interrupted where nothing else is known of it. A second signal ends the program
// as it ends every other.
func Interruptible(ctx context.Context, do func(context.Context) error) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	context.AfterFunc(ctx, stop)
	err := do(ctx)
	if ctx.Err() != nil && (model.KindOf(err) == model.Cancelled || errors.Is(err, context.Canceled)) {
		return End(Failed, errInterrupted)
	}
	return err
}

// Named refuses a flag for names that was given one without letters: a variable that is empty
// would be taken for none, and none for all.
func Named(cmd *cobra.Command, flag string, names []string) error {
	given := cmd.Flag(flag)
	if given == nil || !given.Changed {
		return nil
	}
	if len(names) == 0 || slices.ContainsFunc(names, func(name string) bool { return strings.TrimSpace(name) == "" }) {
		return fmt.Errorf("--%s: a name is wanted, and nothing stands there; is a variable empty? Without --%s it is about all of them", flag, flag)
	}
	return nil
}

// GivenUp is the error of what was not interrupted itself and yet is not to be taken for the whole,
// because parts of it were; nil where nobody has interrupted.
func GivenUp(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
}

// With opens the systems for a command, and closes them when it has ended. It can be interrupted.
func (w World) With(cmd *cobra.Command, f Flags, do func(context.Context, Session) error) error {
	if err := Named(cmd, "system", f.Systems); err != nil {
		return err
	}
	return w.Logged(f.Log, func(journal *slog.Logger) error {
		return Interruptible(cmd.Context(), func(ctx context.Context) error {
			systems, err := w.Open(ctx, f.Choice, journal)
			if err != nil {
				return err
			}
			defer systems.Close(context.WithoutCancel(ctx))
			return do(ctx, Session{World: w, Systems: systems, Log: journal})
		})
	})
}

// Failures are the words for an error of one or several systems, a line each.
func Failures(err error) string {
	all := model.Failures(err)
	if len(all) == 0 {
		return model.Reason(err)
	}
	words := make([]string, len(all))
	for i, one := range all {
		words[i] = model.Reason(one)
	}
	return strings.Join(words, "\n")
}
