package command

import "log/slog"

// logged opens the log for what is done, if one is wanted.
func (o *options) logged(do func(*slog.Logger) error) error { return o.World.Logged(o.log, do) }
