package keyboard

import tea "github.com/charmbracelet/bubbletea"

// Press is a key, and how it came.
type Press struct {
	Key    tea.KeyMsg
	Manner Manner
}

// Manner is how a key came. A question wants to know: what a terminal says by
// itself comes in one piece or with no pause, a person presses one key.
type Manner int

// The manners. The zero value is the one that answers nothing.
const (
	Together Manner = iota // in one packet with other input, from a key that is held, or shortly after something that was dropped
	Coded                  // a letter that came as a sequence which names it, and not as itself
	Alone                  // one key, once
)

// Unheard says that the terminal has begun something and not ended it, and that
// what is typed since goes into it: without a word the console would seem dead.
// [Decoder.Take] says what ends it.
type Unheard struct{}

// Heard says that this is over, and that keys are keys again.
type Heard struct{}

// Packet is the messages of one read.
type Packet []tea.Msg
