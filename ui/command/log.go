package command

import (
	"fmt"
	"log/slog"
)

// logged opens the log for what is done, if one is wanted.
func (o *options) logged(do func(*slog.Logger) error) error {
	if o.log == "" {
		return do(slog.New(slog.DiscardHandler))
	}
	f, err := o.OpenLog(o.log)
	if err != nil {
		return fmt.Errorf("--log %s: %w", o.log, err)
	}
	defer func() { _ = f.Close() }()
	return do(slog.New(slog.NewTextHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug})))
}
