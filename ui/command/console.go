package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/model/rotation"
	"authdeck/ui"
	"authdeck/ui/background"
	"authdeck/ui/batch"
	"authdeck/ui/terminal"
	"authdeck/ui/wait"
)

// console opens the configured systems.
func (o *options) console(ctx context.Context, journal *slog.Logger) error {
	if err := o.ready(); err != nil {
		return err
	}
	if err := o.readPlan(); err != nil {
		return err
	}
	session := terminal.NewSession(o.Getenv, o.Stdin, o.Stdout)
	systems, err := o.Console(ctx, o.choice, o.first, session.Lend, journal)
	if err != nil {
		return err
	}
	return o.show(ctx, session, systems, journal)
}

// ready looks at what the console needs before anything else is done.
func (o *options) ready() error {
	if o.fps < 1 || o.fps > 120 {
		return fmt.Errorf("--fps %d: 1 to 120 are possible", o.fps)
	}
	return terminal.Usable(o.Getenv, o.Stdin, o.Stdout)
}

// show takes the screen for the systems, and closes them when it is given back.
func (o *options) show(ctx context.Context, session *terminal.Session, systems Systems, journal *slog.Logger) error {
	defer systems.Close(ctx)
	return o.takeScreen(session, systems, journal) //nolint:contextcheck // a question to a system ends with the person who waits for it, not with main
}

// takeScreen runs the console until the person leaves.
func (o *options) takeScreen(session *terminal.Session, systems Systems, journal *slog.Logger) error {
	clipboard := terminal.NewClipboard(o.Getenv, session.Wire(), terminal.Exec)
	console := ui.New(ui.World{
		Clock:       wait.System(),
		Renderer:    o.renderer(),
		Theme:       systems.Theme,
		Limits:      systems.Limits,
		Views:       systems.Views,
		Log:         journal,
		Hangup:      session.Hangup(),
		Unveil:      session.Unveil,
		Suspend:     session.Suspend,
		Redraw:      session.Redraw,
		Send:        clipboard.Send,
		NoClipboard: terminal.NoClipboard(o.Getenv),
		Welcome:     welcome(systems.Safe, underWay(systems.Rotations, o.Welcome())),
		Later:       o.unfinished(systems),
		Safe:        systems.Safe,
		Reason:      model.Because(o.reason),
		Keep:        o.Keep,
		Export:      o.Export,
		Recall:      systems.Recall,
		Remember:    systems.Remember,
		Each:        o.Each,
		Activity:    o.activity(systems),
		Report:      systems.Report,
		All:         systems.Union,
		Plans:       systems.Plans,
		Passing:     systems.Passing,
		Rotations:   systems.Rotations,
		Hand:        systems.Hand,
		Making:      o.making(systems),
		Plan:        o.plan,
	}, systems.All, o.opening(systems.All))
	bad := session.Run(console, o.fps, journal)
	lost := o.sayFarewell(console, clipboard)
	if err := errors.Join(bad, lost); err != nil {
		return batch.Fail(err)
	}
	if console.Undone() {
		return errUndone()
	}
	return nil
}

// making is how plans are made and applied: of how much at once the flag has the last word.
func (o *options) making(systems Systems) plan.Making {
	return plan.Making{By: o.Making.By, Host: o.Making.Host, AtOnce: cmp.Or(o.atOnce, systems.AtOnce, plan.AtOnce)}
}

// unfinished finds what there is to say of plans, which are large; nil where those of these systems
// go with them.
func (o *options) unfinished(systems Systems) func() string {
	if systems.Passing || o.Unfinished == nil {
		return nil
	}
	return func() string {
		plans, _ := o.Unfinished() // what cannot be read is no reason not to begin
		return leftInTheMiddle(slices.DeleteFunc(plans, func(u plan.Unfinished) bool { return o.plan != nil && o.plan.Path == u.Path }))
	}
}

// welcome is what there is to say of keys: those that were not handed over come first, for
// a narrow screen cuts the end.
func welcome(safe model.Safe, rest string) string {
	waiting := 0
	if safe != nil {
		waiting = safe.Waiting()
	}
	it := "them"
	switch waiting {
	case 0:
		return rest
	case 1:
		it = "it"
	}
	return strings.TrimSpace(model.NotHandedOver(waiting) + ": :keys shows " + it + ". " + rest)
}

// underWay is what there is to say of rotations, and then the rest.
func underWay(book rotation.Book, rest string) string {
	if book == nil {
		return rest
	}
	pairs, err := book.Pairs()
	it := "them"
	switch {
	case err != nil && len(pairs) == 0:
		return strings.TrimSpace("Not all rotations can be read: :rotations says more. " + rest)
	case len(pairs) == 0:
		return rest
	case len(pairs) == 1:
		it = "it"
	}
	return strings.TrimSpace(rotation.Count(len(pairs)) + ": :rotations shows " + it + ". " + rest)
}

// opening is the index of the system to show first.
func (o *options) opening(apis []model.API) int {
	named := func(api model.API) bool { return api.Info().Name == o.first }
	return max(0, slices.IndexFunc(apis, named))
}

// renderer draws with what the environment promises: the terminal is not asked.
func (o *options) renderer() *lipgloss.Renderer {
	r := lipgloss.NewRenderer(o.Stdout)
	r.SetHasDarkBackground(background.Dark(o.Getenv))
	r.SetColorProfile(terminal.Dress(o.Getenv))
	return r
}

// sayFarewell says, below the screen that was given back, what the console and the
// clipboard have left to say; its error is what was lost.
func (o *options) sayFarewell(console *ui.App, clipboard *terminal.Clipboard) error {
	said, lost := console.Farewell()
	ctx, cancel := context.WithTimeout(context.Background(), batch.Farewell)
	defer cancel()
	if err := clipboard.Settle(ctx); err != nil {
		said = append(said, err.Error())
	}
	batch.SayLast(o.Stderr, said...)
	return lost
}
