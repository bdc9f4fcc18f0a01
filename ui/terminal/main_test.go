package terminal

import (
	"fmt"
	"log/slog"
	"os"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	_ "authdeck/ui/background" // or the tests would ask their terminals for a colour
)

// played is the variable that makes a program of the tests: one that a test starts at a
// terminal of its own, because a session takes the signals of its process for good.
const played = "AUTHDECK_TEST_PLAY"

func TestMain(m *testing.M) {
	if name := os.Getenv(played); name != "" {
		os.Exit(play(name))
	}
	os.Exit(m.Run())
}

func play(name string) int {
	s := NewSession(os.Getenv, os.Stdin, os.Stdout)
	if err := s.Run(plays(s)[name], 120, slog.New(slog.DiscardHandler)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// plays are the programs that there are.
func plays(s *Session) map[string]tea.Model {
	return map[string]tea.Model{
		"plain": &plain{session: s},
	}
}
