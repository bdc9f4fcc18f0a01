package order

import (
	"io"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/mark"
	"authdeck/ui/wait"
)

// quiet is a system that is never asked.
type quiet struct{ model.API }

func (quiet) Info() model.Info { return model.Info{Name: "shop", Kind: "hamgam"} }

func TestATypedPasswordIsForgottenWithTheQuestion(t *testing.T) {
	st := look.NewStyles(lipgloss.NewRenderer(io.Discard), model.Theme{})
	d := &Desk{Clock: wait.System(), Keys: look.NewKeys(), Styles: st, Status: look.NewStatus(st), Marks: mark.New()}
	password := model.NewSecret("hunter22")
	question, _ := d.confirm(flow{
		api: quiet{}, order: model.Order{Action: model.Revoke, Draft: model.Draft{Password: password}},
		form: model.Form{Fields: []model.Field{{Key: "key", Label: "key", Kind: model.AskSecret}}},
	})
	next, _ := question.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'n'}})
	if _, ok := next.(*fill); !ok {
		t.Errorf("no leads to %T, not back to the form", next)
	}
	if !password.Empty() {
		t.Error("the password is still in memory")
	}
}
