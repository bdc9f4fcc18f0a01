package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/charmbracelet/lipgloss"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model"
	"authdeck/ui"
	"authdeck/ui/background"
	"authdeck/ui/terminal"
	"authdeck/ui/wait"
)

// console opens the configured systems.
func (o *options) console(ctx context.Context, env client.Env) error {
	if err := o.ready(); err != nil {
		return err
	}
	profiles, err := o.profiles()
	if err != nil {
		return err
	}
	return o.open(ctx, env, profiles)
}

// farewell bounds how long the end waits for the clipboard to be let go of.
const farewell = 3 * time.Second

// show takes the screen.
func (o *options) show(apis []model.API, first int, journal *slog.Logger) error {
	session := terminal.NewSession(os.Stdin, os.Stdout)
	clipboard := terminal.NewClipboard(os.Getenv, session.Wire(), terminal.Exec)
	renderer := lipgloss.NewRenderer(os.Stdout)
	renderer.SetHasDarkBackground(background.Dark(os.Getenv))
	renderer.SetColorProfile(terminal.Colours(os.Getenv))
	console := ui.New(ui.World{
		Clock:       wait.System(),
		Renderer:    renderer,
		Log:         journal,
		Hangup:      session.Hangup(),
		Unveil:      session.Unveil,
		Send:        clipboard.Send,
		NoClipboard: terminal.NoClipboard(os.Getenv),
		Welcome:     model.Clean(config.Rescued(config.KeyFolder("", os.Getenv))).String(),
		Keep: func(under, name string, key model.Secret) (string, error) {
			return config.WriteKey(config.KeyFolder(under, os.Getenv), name, key)
		},
	}, apis, first)
	bad := session.Run(console, o.fps, journal)
	said, lost := console.Farewell()
	ctx, cancel := context.WithTimeout(context.Background(), farewell)
	defer cancel()
	if err := clipboard.Settle(ctx); err != nil {
		said = append(said, err.Error())
	}
	for _, line := range said {
		fmt.Fprintln(os.Stderr, "authdeck:", line)
	}
	if err := errors.Join(bad, lost); err != nil {
		return failure{err}
	}
	return nil
}
