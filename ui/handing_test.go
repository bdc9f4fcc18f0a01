package ui

import (
	"context"
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/order"
	"authdeck/ui/terminal"
)

// courier is a command for the keys of one system, in memory.
type courier struct {
	system string
	fails  error
	took   []string
}

func (c *courier) Through(system string) string {
	if system == c.system {
		return "vault kv put secret/ci/{name} token=-"
	}
	return ""
}

func (*courier) Refuses(string, model.Token) string { return "" }

func (c *courier) Hand(_ context.Context, system string, t model.Token, key model.Secret) (string, error) {
	if c.fails != nil {
		return "", c.fails
	}
	c.took = append(c.took, system+" "+t.ID+" "+t.Owner.Username.String()+" "+key.Reveal())
	return "vault kv put secret/ci/" + t.ID + " token=-", nil
}

// carried is a new key in its dialog, where a command is configured.
func carried(t *testing.T, fails error) (*driver, *courier) {
	t.Helper()
	d := start(t, company(newClock()))
	c := &courier{system: "shop", fails: fails}
	d.app.Hand = c
	d.press("ry")
	d.sees("The new key of token #100 of sara", "h hand to the command", "Copy it, hand it to the command, write it to a file or look")
	return d, c
}

func TestANewKeyIsHandedToTheCommandAndNobodyIsAskedAboutItAgain(t *testing.T) {
	d, c := carried(t, nil)
	d.press("h")
	d.sees("✓ handed to the command:", "vault kv put secret/ci/100 token=-")
	d.seesNot("h hand to the command", canary)
	if len(c.took) != 1 || !strings.HasPrefix(c.took[0], "shop 100 sara "+canary) {
		t.Errorf("it took %q", c.took)
	}
	d.press("h")
	d.sees("The command has it already.")
	if !strings.Contains(d.log.String(), "key handed over") || strings.Contains(d.log.String(), canary) {
		t.Errorf("the log says %s", d.log.String())
	}
	d.pressKey(tea.KeyEsc)
	d.pointsAt("sara")
}

func TestAKeyThatTheCommandDidNotTakeIsStillThere(t *testing.T) {
	d, c := carried(t, errors.New("it ended with exit status 2; it said: permission denied"))
	d.press("h")
	d.sees("✗ The command did not take the key: it ended with exit status 2; it said: permission denied", "h hand to the command", "w write")
	c.fails = nil
	d.press("h")
	d.sees("✓ handed to the command:")
}

func TestWhereNoCommandIsConfiguredNoneIsOffered(t *testing.T) {
	d := start(t, company(newClock()))
	d.app.Hand = &courier{system: "another"}
	d.press("ry")
	d.sees("The new key of token #100 of sara", "w write")
	d.seesNot("hand to")
	d.press("h")
	d.sees("The new key of token #100 of sara")
}

func TestTheCommandIsWaitedForWhateverIsPressedOrCut(t *testing.T) {
	d, c := carried(t, nil)
	_, cmd := d.app.Update(alone(letter('h')))
	for _, key := range "hw" {
		d.app.Update(alone(letter(key)))
		d.sees("The command is at work, and its end is waited for.")
	}
	d.pressKey(tea.KeyEsc)
	d.sees("The new key of token #100 of sara", "The command is at work…")
	d.pressKey(tea.KeyCtrlC)
	d.ended(false)
	d.sees("ctrl+c again leaves; the command may not have the key yet.")
	d.run(func() tea.Msg { return terminal.Hangup{} })
	d.ended(false)
	d.run(cmd)
	d.ended(true)
	said, lost := d.app.Farewell()
	if len(c.took) != 1 || lost != nil || !strings.Contains(strings.Join(said, "\n"), "was handed to vault kv put secret/ci/100 token=-") || len(d.kept) != 0 {
		t.Errorf("took %d, said %q, %v, kept %q", len(c.took), said, lost, d.kept)
	}
}

func TestALineThatDropsWhileTheCommandFailsHasTheKeyRescued(t *testing.T) {
	d, _ := carried(t, errors.New("no"))
	_, cmd := d.app.Update(alone(letter('h')))
	d.run(func() tea.Msg { return terminal.Hangup{} })
	d.ended(false)
	d.run(cmd)
	d.ended(true)
	if len(d.kept) != 2 || !strings.HasSuffix(d.kept[0], ".rescued.key") || d.app.front.Holds() != order.Nothing {
		t.Errorf("kept %q", d.kept)
	}
}
