package rotating_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"authdeck/client/custody"
	"authdeck/client/rotations"
	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/keys"
	"authdeck/ui/look"
	"authdeck/ui/mark"
	"authdeck/ui/order"
	"authdeck/ui/prompt"
	"authdeck/ui/rotating"
	"authdeck/ui/wait"
)

// person is somebody at a console of which there is the conversation alone: what a page
// around it would do is done here.
type person struct {
	desk  *order.Desk
	modal order.Modal
	api   model.API
	safe  model.Safe
	state string
	now   time.Time
	told  []tea.Msg // what went to the page
	kept  []string  // paths of keys that were written
}

// sit has somebody sit down at a system, with a state folder.
func sit(api model.API, state string) *person {
	p := &person{state: state, now: time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)}
	safe := custody.In(custody.Place{
		Sealed: filepath.Join(state, "undelivered"), Identity: filepath.Join(state, "identity.txt"), Files: filepath.Join(state, "keys"), Later: "later.",
	})
	p.api, p.safe = safe.Over(api), safe
	st := look.NewStyles(lipgloss.NewRenderer(io.Discard), model.Theme{})
	p.desk = &order.Desk{
		Clock: wait.Clock{Now: func() time.Time { return p.now }, After: func(time.Duration, tea.Msg) tea.Cmd { return nil }},
		Log:   slog.New(slog.DiscardHandler), Keys: look.NewKeys(), Styles: st, Status: look.NewStatus(st),
		History: order.NewHistory(), Marks: mark.New(), Typed: new(prompt.History), Unveil: func(model.Secret) {},
		Send: func(context.Context, model.Secret) (string, error) { return "sent to the clipboard", nil },
		Keep: func(_, name string, _ model.Secret) (string, error) {
			p.kept = append(p.kept, name)
			return "/keys/" + name, nil
		},
		Each: func(ctx context.Context, api model.API, q model.Query, take func([]model.Token, model.Sifted) error) (string, error) {
			page, err := api.Tokens(ctx, q)
			if err == nil {
				err = take(page.Items, model.Sifted{})
			}
			return "", err
		},
		Every: p.api, Rotations: rotations.In(filepath.Join(state, "rotations")),
	}
	p.desk.Making.By = "root"
	return p
}

// does puts a conversation in front, and waits for its commands.
func (p *person) does(m order.Modal, cmd tea.Cmd) {
	p.modal = m
	p.wait(cmd)
}

// wait runs what is under way to its end.
func (p *person) wait(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range msg {
			p.wait(one)
		}
	default:
		p.told = append(p.told, msg)
		p.wait(order.LookAgain(msg))
		if p.modal != nil {
			p.does(p.modal.Update(msg))
		}
	}
}

// press presses keys: letters, and ⏎ ⎋ for enter and escape, → for ctrl+s.
func (p *person) press(keys string) {
	for _, r := range keys {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
		switch r {
		case '⏎':
			msg = tea.KeyMsg{Type: tea.KeyEnter}
		case '⎋':
			msg = tea.KeyMsg{Type: tea.KeyEsc}
		case '→':
			msg = tea.KeyMsg{Type: tea.KeyCtrlS}
		}
		if p.modal != nil {
			p.does(p.modal.Update(msg))
		}
	}
}

// afterwards is a state folder as a program finds it after the one before has ended: nobody
// holds anything in it.
func afterwards(t *testing.T, state string) string {
	t.Helper()
	copied := t.TempDir()
	err := filepath.Walk(state, func(path string, info os.FileInfo, err error) error {
		to := filepath.Join(copied, strings.TrimPrefix(path, state))
		switch {
		case err != nil || path == state:
			return err
		case info.IsDir():
			return os.Mkdir(to, info.Mode())
		}
		content, err := os.ReadFile(path)
		if err == nil {
			err = os.WriteFile(to, content, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return copied
}

// rotates begins to rotate a token.
func (p *person) rotates(t model.Token) { p.does(rotating.Begin(p.desk, p.api, t)) }

// looks opens the rotations under way.
func (p *person) looks() { p.does(rotating.Show(p.desk, p.safe)) }

// takes opens the keys on this machine.
func (p *person) takes() { p.does(keys.Show(p.desk, p.safe)) }

// reads is what stands on the screen, with what was said below it.
func (p *person) reads() string {
	words := ""
	if p.modal != nil {
		box := p.modal.View(100, 60, order.Armed)
		words = ansi.Strip(box.Over(p.desk.Styles.Fade("", 0), 100, 60))
	}
	words = strings.Map(func(r rune) rune {
		if strings.ContainsRune("│╭╮╰╯─", r) {
			return ' '
		}
		return r
	}, words+" "+p.desk.Words)
	return strings.Join(strings.Fields(words), " ")
}

// pairs are the rotations under way, as the next console finds them.
func (p *person) pairs(t *testing.T) []rotation.Pair {
	t.Helper()
	all, err := p.desk.Rotations.Pairs()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var errLost = model.Fail(model.Uncertain, "the line dropped")

var errBroken = errors.New("it broke")
