package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/claim"
)

// toClaim goes to a key that somebody had in hand: to the tokens of its owner, with the cursor
// on the one that it belongs to, as far as that was told.
func (a *App) toClaim(msg claim.Go) tea.Cmd {
	var cmd tea.Cmd
	if msg.System != a.current {
		cmd = a.meet(msg.System)
	}
	if msg.Claim.Owner.ID == "" {
		return tea.Batch(cmd, a.turn(a.tokens))
	}
	cmd = tea.Batch(cmd, a.toTokenOf(msg.Claim.Owner))
	a.tokens.list.Seek(msg.Claim.Token.ID)
	return cmd
}

// endClaim goes there and asks before the key is ended: behind the question stands what it is
// about, and above it the name of the right system.
func (a *App) endClaim(msg claim.End) tea.Cmd {
	cmd := a.toClaim(msg.Go)
	return tea.Batch(cmd, a.tokens.put(a.End(a.tokens.api, msg.Action, msg.Claim, msg.Key)))
}
