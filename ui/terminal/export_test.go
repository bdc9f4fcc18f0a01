package terminal

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/keyboard"
)

// Packet is the message that a program gets of bytes that came in one read.
func Packet(s string) tea.Msg {
	return keyboard.Packet(keyboard.NewDecoder().Take([]byte(s), time.Unix(0, 0)))
}
