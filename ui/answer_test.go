package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/ui/keyboard"
	"authdeck/ui/order"
)

// rested is a pause after which a key is a person's.
const rested = 300 * time.Millisecond

// wire is a terminal's line into the console.
type wire struct {
	*driver
	keys *keyboard.Decoder
}

// packet brings bytes after a pause.
func (w *wire) packet(pause time.Duration, s string) {
	w.t.Helper()
	const patience = 50 * time.Millisecond
	if w.keys.Waiting() && pause >= patience {
		w.pass(patience)
		w.hear(w.keys.Lapse(w.clock.now))
		pause -= patience
	}
	w.pass(pause)
	w.hear(w.keys.Take([]byte(s), w.clock.now))
}

func (w *wire) hear(msgs []tea.Msg) {
	for _, msg := range msgs {
		if !w.gone {
			_, cmd := w.app.Update(msg)
			w.run(cmd)
		}
	}
}

// perils are moments at which a key does harm if no finger pressed it.
func perils() map[string]func(*wire) {
	key := func(w *wire) {
		w.packet(rested, "r")
		w.packet(rested, "y")
		w.sees("The new key of token #100 of sara")
		w.pass(rested)
		w.systems[0].writes = nil
	}
	return map[string]func(*wire){
		"a list": func(*wire) {},
		"a question": func(w *wire) {
			w.packet(rested, "d")
			w.sees("Delete token #100 of sara?")
			w.pass(rested)
		},
		"a question that is not armed yet": func(w *wire) { w.packet(rested, "d") },
		"a question of a production system": func(w *wire) {
			w.packet(rested, "d")
			w.pass(rested)
			w.packet(rested, "#100")
			w.sees("> #100")
		},
		"a new key": key,
		"a new key that is about to be lost": func(w *wire) {
			key(w)
			w.packet(rested, "\r")
			w.sees("Close, and lose the key?")
		},
		"a new key that a folder does not take": func(w *wire) {
			key(w)
			w.keepErr = errors.New("the disk is full")
			w.packet(rested, "w")
			w.packet(rested, "o")
			w.packet(rested, "safe")
			w.sees("folder: safe")
		},
		"ctrl+c with a new key": func(w *wire) {
			key(w)
			w.packet(rested, "\x03")
			w.sees("ctrl+c again")
		},
	}
}

func atPeril(t testing.TB, name string) *wire {
	t.Helper()
	c := newClock()
	c.instant = false
	r := company(c)
	r.info.Production = strings.Contains(name, "production")
	w := &wire{start(t, r), keyboard.NewDecoder()}
	perils()[name](w)
	return w
}

// harm is what cannot be taken back.
type harm struct {
	writes, sends, files  int
	shown, question, lost bool
}

func (w *wire) harm() harm {
	h := harm{writes: len(w.systems[0].writes), files: len(w.kept)}
	h.lost = w.gone && w.app.front.Holds() == order.NewKey || strings.Contains(w.app.Status.Words, "The key is gone")
	for _, text := range w.sent {
		if text == canary {
			h.sends++
		}
	}
	keys := w.app.front.Help() // cheaper than the screen
	for _, k := range keys {
		h.shown = h.shown || k.Help().Desc == "hide"
	}
	h.question = len(keys) == 2 && keys[0].Help().Desc == "leave it"
	return h
}

func TestAKeyPressedAloneDoesWhatItIsFor(t *testing.T) {
	for name, c := range map[string]struct {
		key  string
		want harm
	}{
		"a list":                             {"d", harm{question: true}},
		"a question":                         {"y", harm{writes: 1}},
		"a question of a production system":  {"\r", harm{writes: 1}},
		"a new key":                          {"v", harm{shown: true}},
		"a new key that is about to be lost": {"l", harm{lost: true}},
		"ctrl+c with a new key":              {"\x03", harm{lost: true}},

		"a new key that a folder does not take": {"\r", harm{files: 2}},
	} {
		w := atPeril(t, name)
		w.packet(rested, c.key)
		if c.key == "d" {
			w.pass(rested)
		}
		if got := w.harm(); got != c.want {
			t.Errorf("%s, %q: %+v, want %+v", name, c.key, got, c.want)
		}
	}
	w := atPeril(t, "a new key")
	w.packet(rested, "y")
	w.packet(rested, "w")
	if got, want := w.harm(), (harm{sends: 1, files: 2}); got != want {
		t.Errorf("y and w: %+v, want %+v", got, want)
	}
}

// stray is what terminals send by themselves, and what some keyboards send for
// keys that are no letters.
func stray() []string {
	return []string{
		"\x1bP>|kitty(0.35.2)\x1b\\", "\x1bP>|ghostty 1.0.1\x1b\\", "\x1bP>|WezTerm ydrylw\x1b\\", // what it is called
		"\x1b]11;rgb:ffff/ffff/dddd\x1b\\", "\x1b]11;rgb:dddd/rrrr/yyyy\a", "\x1b]52;c;eXl5eQ==\x1b\\", "\x1b]l y d r \x1b\\",
		"\x1b_Gi=1;dy\x1b\\", "\x1b^dy\x1b\\", "\x1bXdy\x1b\\", "\x90>|dy\x9c",
		"\x1bOy", "\x1bOd", "\x1bOc", "\x1bOr", "\x1bOp", "\x1bOl", "\x1bOw", "\x1bOv", // the keypad, urxvt
		"\x1b[d", "\x1b[c", "\x1b[5y", "\x1b[?2026;2$y", "\x1b[24;80R", "\x1b[Mdyy", "\x1b[<35;1;1M", "\x1b[89;21;121;1;0;1_",
	}
}

func TestWhatATerminalSaysByItselfDoesNothing(t *testing.T) {
	for name := range perils() {
		t.Run(name, func(t *testing.T) {
			w := atPeril(t, name)
			w.pass(rested) // by now every question is armed
			before := w.harm()
			for _, s := range stray() {
				for cut := range len(s) {
					if cut == 1 && s[0] == 0x1b {
						continue // a lone escape is the key, and does what it does
					}
					w.packet(rested, s[:cut])
					w.packet(time.Minute, s[cut:])
					if after := w.harm(); after != before {
						t.Fatalf("%q and %q: %+v, before %+v", s[:cut], s[cut:], after, before)
					}
				}
			}
		})
	}
}

func TestAnAnswerIsAKeyPressedAlone(t *testing.T) {
	for name, packets := range map[string][]string{
		"with an answer of the terminal before it": {"\x1b]11;rgb:ff\ay"},
		"with one behind it":                       {"y\x1b]11;rgb:ff\a"},
		"with the beginning of one behind it":      {"y\x1bP"},
		"with a report of the mouse":               {"\x1b[<35;1;1My"},
		"with what is no letter":                   {"y\xff"},
		"twice":                                    {"yy"},
		"with another key":                         {"jy"},
		"shortly after an answer":                  {"\x1b]11;rgb:ff\a", "y"},
		"as a code":                                {"\x1b[121u"},
		"at the end of a flood":                    {strings.Repeat("j", 4096), "y"},
	} {
		t.Run(name, func(t *testing.T) {
			w := atPeril(t, "a question")
			for _, p := range packets {
				w.packet(20*time.Millisecond, p)
			}
			w.wrote()
			w.sees("Delete token #100 of sara?", "Not taken: ")
			w.packet(rested, "\x1b\\") // what was begun is ended
			w.packet(rested, "y")
			w.wrote("delete 100")
		})
	}
}

func TestAHeldKeyAnswersOnceAndTakesNothing(t *testing.T) {
	w := atPeril(t, "a question")
	w.packet(rested, "y")
	for range 60 {
		w.packet(33*time.Millisecond, "y")
	}
	w.wrote("delete 100")
	w = atPeril(t, "a list")
	w.packet(rested, "r")
	w.packet(rested, "y")
	for range 60 {
		w.packet(33*time.Millisecond, "y")
	}
	w.sees("The new key of token #100 of sara", "Not taken: ")
	if len(w.sent) > 0 {
		t.Error("the key that was held has sent the new one")
	}
}

func TestNoNeedsNoCare(t *testing.T) {
	for _, no := range []string{"n", "jn", "\x1b]11;x\an", "\x1b[27u"} {
		w := atPeril(t, "a question")
		w.packet(rested, no)
		w.sees("Nothing was done.")
	}
}

func TestEnterBesideTheTypedNameDoesNotAnswer(t *testing.T) {
	w := atPeril(t, "a question of a production system")
	w.packet(rested, "\x7f0\r")
	w.wrote()
	w.sees("Not taken: it came with other input")
	w.packet(rested, "\r")
	w.wrote("delete 100")
}

func TestTheSecondCtrlCIsPressedAlone(t *testing.T) {
	w := atPeril(t, "a new key")
	w.packet(rested, "\x03\x03")
	w.ended(false)
	w.sees("Not taken: it came with other input")
	w.packet(rested, "\x03")
	w.ended(true)
}

func TestKeysInABurstMoveAndType(t *testing.T) {
	w := atPeril(t, "a list")
	w.packet(rested, "jjj")
	w.pointsAt("!wei")
	w.packet(rested, "/om\x7fmid\r")
	w.pointsAt("omid")
	w.packet(rested, "2c")
	w.pass(rested)
	w.packet(rested, "\x1b[A")
	w.wrote()
}

func TestKeysThatGoIntoAnUnfinishedAnswerAreNotLostInSilence(t *testing.T) {
	w := atPeril(t, "a list")
	w.packet(rested, "\x1b]11;rgb:ff")
	w.packet(time.Minute, "d")
	w.sees("Press esc: what you type goes into an answer that the terminal did not end.")
	w.resize(40, 10)
	w.sees("Press esc: what you type")
	w.packet(rested, "\x1b")
	w.packet(rested, "j")
	w.pointsAt("omid")
}

// innermost reports for each byte whether it is certainly inside of a string: after
// its beginning, with nothing since that could end one.
func innermost(stream string) []bool {
	inside := make([]bool, len(stream))
	for i := range stream {
		began := i >= 2 && stream[i-2] == 0x1b && strings.IndexByte("]P_^X", stream[i-1]) >= 0
		inside[i] = (began || i > 0 && inside[i-1] && stream[i-1] != 0x1b) && strings.IndexByte("\x1b\x18\x1a\x07\x03\x9c", stream[i]) < 0
	}
	return inside
}

// mayDo is what a packet may do that is a key pressed alone.
func mayDo(packet string) (h harm) {
	switch string(keyboard.Latin(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(packet)}).Runes) {
	case "y":
		h.writes, h.sends = 1, 1
	case "w":
		h.files = 2
	case "v":
		h.shown = true
	case "l":
		h.lost = true
	case "d", "r":
		h.question = true
	}
	switch {
	case packet == "\r", packet == "\x1bOM", packet == "\x8fM", strings.HasPrefix(packet, "\x1b["): // enter and its codes
		h.writes, h.files = 1, 2 // of a question, and of the folder that a key is written to
	}
	if packet == "\x03" || packet == "q" || strings.HasPrefix(packet, "\x1b[") {
		h.lost = true
	}
	return h
}

// or is what either may do.
func (h harm) or(other harm) harm {
	return harm{
		max(h.writes, other.writes), max(h.sends, other.sends), max(h.files, other.files),
		h.shown || other.shown, h.question || other.question, h.lost || other.lost,
	}
}

// joined is a packet with what came shortly before it, if that began a key that may go
// on in it.
func joined(begun string, pause time.Duration, packet string) string {
	begins := func(s string) bool { return s != "" && strings.IndexByte("\x1b\x8f\x9b", s[0]) >= 0 }
	if begins(packet) || !begins(begun) || pause > 50*time.Millisecond {
		return packet
	}
	return begun + packet
}

// beyond reports whether more was done than may be.
func beyond(before, after, may harm) bool {
	return after.writes > before.writes+may.writes || after.sends > before.sends+may.sends || after.files > before.files+may.files ||
		after.shown && !before.shown && !may.shown || after.lost && !before.lost && !may.lost
}

// FuzzNothingIsDoneThatNoFingerPressed plays any bytes, cut anywhere, with any
// pauses, at moments at which a key does harm. The plan is a byte a packet: five bits
// for its length, three for the pause before it.
func FuzzNothingIsDoneThatNoFingerPressed(f *testing.F) {
	names := []string{
		"a list", "a question", "a question of a production system", "a new key", "a new key that is about to be lost",
		"ctrl+c with a new key", "a question that is not armed yet", "a new key that a folder does not take",
	}
	pauses := []time.Duration{0, 5 * time.Millisecond, 20 * time.Millisecond, 49 * time.Millisecond, 50 * time.Millisecond, 240 * time.Millisecond, rested, time.Minute}
	for i, s := range stray() {
		f.Add(uint8(i), []byte(s+"y"), []byte{7<<5 | byte(len(s)-1), 7 << 5})
		f.Add(uint8(i+1), []byte(s), []byte{7<<5 | 2, 7 << 5, 7 << 5, 7 << 5, 7 << 5, 7 << 5})
	}
	for i := range names {
		f.Add(uint8(i), []byte("yylwv\x1by\r"), []byte{7 << 5, 1 << 5, 4 << 5, 6 << 5, 6 << 5, 6 << 5, 6 << 5, 6 << 5})
	}
	f.Add(uint8(2), []byte("   \x1bd"), []byte{})
	f.Fuzz(func(t *testing.T, scene uint8, stream, plan []byte) {
		if len(stream) > 80 {
			return
		}
		w := atPeril(t, names[int(scene)%len(names)])
		inside := innermost(string(stream))
		before, begun := w.harm(), ""
		for at := 0; at < len(stream) && !w.gone; {
			n, pause := len(stream)-at, rested
			if len(plan) > 0 {
				n, pause, plan = min(n, int(plan[0]&31)+1), pauses[plan[0]>>5], plan[1:]
			}
			packet := string(stream[at : at+n])
			w.packet(pause, packet)
			begun = joined(begun, pause, packet)
			var may harm
			if !inside[at] {
				may = mayDo(packet).or(mayDo(begun))
			}
			after := w.harm()
			if beyond(before, after, may) {
				t.Fatalf("%q after %v did %+v, before %+v", packet, pause, after, before)
			}
			before = after
			at += n
		}
	})
}
