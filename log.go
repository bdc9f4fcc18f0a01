package main

import (
	"fmt"
	"log/slog"
	"os"

	"authdeck/client"
	"authdeck/client/file"
)

// logged opens the log for what is done, if one is wanted.
func (o *options) logged(do func(client.Env) error) error {
	env := client.Env{Getenv: os.Getenv, Version: version(), Log: slog.New(slog.DiscardHandler)}
	if o.log == "" {
		return do(env)
	}
	f, err := file.Append(o.log)
	if err != nil {
		return fmt.Errorf("--log %s: %w", o.log, err)
	}
	env.Log = slog.New(slog.NewTextHandler(f, &slog.HandlerOptions{Level: slog.LevelDebug}))
	defer func() { _ = f.Close() }()
	return do(env)
}
