package keyboard

import (
	"bytes"
	"log/slog"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	uv "github.com/charmbracelet/ultraviolet"
)

const (
	// Patience is how long the rest of an escape is waited for, and so how long a
	// lone escape takes to arrive. It has to outlast the gap between two packets.
	Patience = 50 * time.Millisecond
	// held is a pause that is too short for the same key twice: a key that is held
	// down comes every 30 milliseconds or so.
	held = 100 * time.Millisecond
	// flood is a packet that is longer than fingers make one. A terminal takes 4,096
	// bytes at once, and what is cut off comes right after them.
	flood = 64
	// settle is how long after something that was dropped nothing is an answer: the
	// rest of it may come, and may look like a key.
	settle = 250 * time.Millisecond
	// unheard is how long a string or a paste is open before what comes in it is
	// probably a person who types.
	unheard = time.Second
)

// Decoder makes the keys that a person pressed out of the bytes that a terminal
// sends, and of nothing else. It has no clock: whoever reads says when.
//
// The decoding is ultraviolet's, which Bubble Tea v2 reads with. Bubble Tea v1,
// which this program is made with, makes letters of every answer of a terminal and
// of every keypad key that it does not know, and letters are commands.
type Decoder struct {
	gather gatherer
	uv     uv.EventDecoder
	names  map[stroke]tea.KeyType
	tally  tally
	packet arrival
	prior  []byte    // the read before
	last   time.Time // when it came
	stray  time.Time // when anything was dropped
	opened time.Time // when the string or the paste began that is open
	told   bool      // of which [Unheard] told
}

// arrival is a packet: what came in one read, and in those after it that it takes
// to make the last key whole.
type arrival struct {
	before time.Duration // the pause before it
	crowd  bool          // it came too soon after the one before to be a key of its own
	within time.Duration // the longest pause in it
	inputs int
	lone   byte // the only byte of it, or 0
}

// lonely reports whether the packet is this byte with a pause before it, as when a
// person presses a key.
func (p arrival) lonely(c byte) bool { return p.lone == c && p.before >= Patience }

// NewDecoder is at the beginning of a stream.
func NewDecoder() *Decoder { return &Decoder{names: names(), tally: tally{}} }

// Take is given what one read brought, and when, and gives what it means: a
// [Press] each, [Unheard] or [Heard].
//
// What a string or a paste has begun stays open over any pause. It is left, beside
// by its end, by escape or ctrl+c alone; these then do nothing else, because one of
// them may have been a part of it.
func (d *Decoder) Take(b []byte, at time.Time) []tea.Msg {
	if len(b) == 0 {
		return nil
	}
	d.meet(b, at)
	wasOpen := d.gather.swallows()
	for _, c := range b {
		d.gather.take(c)
	}
	if wasOpen && d.packet.lonely(ctrlC) {
		d.gather.abandon()
	}
	msgs := append(d.heard(), d.presses(at)...)
	switch {
	case !d.gather.swallows():
	case !wasOpen:
		d.opened = at
	case at.Sub(d.opened) >= unheard && d.packet.before >= Patience && len(b) <= utf8.UTFMax && !d.packet.lonely(esc):
		msgs, d.told = append(msgs, Unheard{}), true
	}
	d.prior, d.last = append(d.prior[:0], b...), at
	return msgs
}

// meet begins a packet, unless the bytes go on with a key.
func (d *Decoder) meet(b []byte, at time.Time) {
	switch d.gather.stage {
	case escape, letter, control, single:
		d.packet.lone = 0
		d.packet.within = max(d.packet.within, at.Sub(d.last))
	case ground, escaped, text, textEsc, pasted:
		d.packet = arrival{before: at.Sub(d.last)}
		d.packet.crowd = d.packet.before < held && bytes.Equal(b, d.prior) || d.packet.before < Patience && len(d.prior) >= flood
		if len(b) == 1 {
			d.packet.lone = b[0]
		}
	}
}

// Waiting reports whether time has to tell what has come last.
func (d *Decoder) Waiting() bool { return d.gather.waiting() }

// Lapse says that nothing came for as long as a key waits for its rest, and gives
// what was waited for.
func (d *Decoder) Lapse(at time.Time) []tea.Msg {
	if d.gather.swallows() && d.packet.lonely(esc) {
		d.gather.abandon()
	} else {
		d.gather.lapse()
	}
	return append(d.heard(), d.presses(at)...)
}

// heard takes [Unheard] back once what was open is not any more.
func (d *Decoder) heard() []tea.Msg {
	if !d.told || d.gather.swallows() {
		return nil
	}
	d.told = false
	return []tea.Msg{Heard{}}
}

// presses decodes what is whole by now.
func (d *Decoder) presses(at time.Time) []tea.Msg {
	whole := d.gather.whole
	d.gather.whole = nil
	d.packet.inputs += len(whole)
	alone := d.alone(at)
	var msgs []tea.Msg
	for _, in := range whole {
		key, why := d.decode(in)
		if why != noSort {
			d.tally[why]++
			d.stray = at
			continue
		}
		press := Press{Key: key}
		switch {
		case isLetter(key) && in.coded():
			press.Manner = Coded
		case alone && !key.Alt: // with alt it is another key, or an escape and a key that came together
			press.Manner = Alone
		}
		msgs = append(msgs, press)
	}
	return msgs
}

// alone reports whether what came is the one input of its packet, with nothing
// begun behind it and no pause in it, not of a key that is held, and not shortly after
// something that was dropped.
func (d *Decoder) alone(at time.Time) bool {
	p := d.packet
	still := d.gather.stage == ground || d.gather.stage == escaped
	return p.inputs == 1 && still && !p.crowd && p.within <= Patience && at.Sub(d.stray) >= settle
}

func isLetter(k tea.KeyMsg) bool { return k.Type == tea.KeyRunes || k.Type == tea.KeySpace }

// coded reports whether the input is a sequence.
func (in input) coded() bool {
	return !in.paste && (bytes.HasPrefix(in.bytes, []byte("\x1b[")) || bytes.HasPrefix(in.bytes, []byte("\x1bO")) || in.bytes[0] >= 0x80 && in.bytes[0] < 0xc0)
}

// decode gives the key that an input is, or why it is none.
func (d *Decoder) decode(in input) (key tea.KeyMsg, why sort) {
	switch {
	case in.sort != noSort:
		return key, in.sort
	case in.paste:
		return tea.KeyMsg{Type: tea.KeyRunes, Runes: textOf(in.bytes), Paste: true}, noSort
	}
	b := spelled(in.bytes)
	if bytes.HasPrefix(b, []byte("\x1b[")) && b[len(b)-1] == '_' {
		return key, csi // Windows' own form of keys: nobody asked for it, and one of them can say that it is 65,535
	}
	event, whole := d.event(b)
	if !whole {
		return key, unknown(b)
	}
	switch event := event.(type) {
	case uv.KeyPressEvent:
		return d.name(uv.Key(event))
	case uv.KeyReleaseEvent:
		return key, release
	case uv.MouseEvent:
		return key, mouse
	case uv.UnknownEvent, uv.UnknownCsiEvent, uv.UnknownSs3Event:
		return key, unknown(b)
	}
	return key, report
}

// event asks ultraviolet. A panic there would leave the terminal raw, and bytes
// that cause one are certainly no key.
func (d *Decoder) event(b []byte) (event uv.Event, whole bool) {
	defer func() {
		if recover() != nil {
			event, whole = nil, false
		}
	}()
	n, event := d.uv.Decode(b)
	return event, n == len(b)
}

func unknown(b []byte) sort {
	switch {
	case bytes.HasPrefix(b, []byte("\x1b[")), b[0] == 0x9b:
		return csi
	case bytes.HasPrefix(b, []byte("\x1bO")), b[0] == 0x8f:
		return ss3
	}
	return broken
}

// spelled puts two forms that ultraviolet does not know into one that it does:
// the function keys of the Linux console, and arrows as CSI O A.
func spelled(b []byte) []byte {
	rest, found := bytes.CutPrefix(b, []byte("\x1b["))
	switch {
	case !found || len(rest) != 2:
	case rest[0] == '[' && rest[1] >= 'A' && rest[1] <= 'E':
		return []byte{esc, '[', '1', rest[1] - 'A' + '1', '~'}
	case rest[0] == 'O' && rest[1] >= 'A' && rest[1] <= 'D':
		return append([]byte("\x1b[1;2"), rest[1])
	case rest[0] == 'O' && rest[1] >= 'a' && rest[1] <= 'd':
		return append([]byte("\x1b[1;7"), rest[1]-'a'+'A')
	}
	return b
}

// Note writes to the log how much was dropped, and of what sort.
func (d *Decoder) Note(log *slog.Logger) { d.tally.note(log) }
