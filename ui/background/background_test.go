package background

import (
	"os"
	"testing"

	"github.com/charmbracelet/lipgloss"
)

func TestTheEnvironmentSaysWhetherTheBackgroundIsDark(t *testing.T) {
	for _, c := range []struct {
		said, colours string
		dark          bool
	}{
		{"", "", true},
		{"", "15;0", true},
		{"", "0;15", false},
		{"", "0;7", false},
		{"", "0;default;15", false},
		{"", "0;8", true},
		{"", "15;default", true},
		{"", "15", false},
		{"", ";", true},
		{"", "rubbish", true},
		{"dark", "0;15", true},
		{"light", "15;0", false},
		{"light", "", false},
		{"LIGHT", "", true},
		{"perhaps", "0;15", false},
	} {
		env := map[string]string{"AUTHDECK_BACKGROUND": c.said, "COLORFGBG": c.colours}
		if got := Dark(func(name string) string { return env[name] }); got != c.dark {
			t.Errorf("AUTHDECK_BACKGROUND=%q COLORFGBG=%q is dark: %v, want %v", c.said, c.colours, got, c.dark)
		}
	}
}

func TestTheAnswerIsGivenBeforeAnybodyAsks(t *testing.T) {
	if lipgloss.HasDarkBackground() != Dark(os.Getenv) {
		t.Error("lipgloss was not told")
	}
}
