package keyboard

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// line is a terminal's line into a decoder, with a clock of its own.
type line struct {
	keys *Decoder
	now  time.Time
	got  []string
}

func newTestLine() *line { return &line{keys: NewDecoder(), now: time.Unix(1000, 0)} }

// packet brings bytes, after a pause in which a key that waits for its rest gives up.
func (l *line) packet(pause time.Duration, s string) {
	if l.keys.Waiting() && pause >= Patience {
		l.note(l.keys.Lapse(l.now.Add(Patience)))
	}
	l.now = l.now.Add(pause)
	l.note(l.keys.Take([]byte(s), l.now))
}

func (l *line) end() []string {
	l.packet(time.Hour, "")
	return l.got
}

func (l *line) note(msgs []tea.Msg) {
	for _, msg := range msgs {
		switch msg := msg.(type) {
		case Press:
			l.got = append(l.got, msg.Key.String()+manner(msg.Manner))
		case Unheard:
			l.got = append(l.got, "unheard")
		case Heard:
			l.got = append(l.got, "heard")
		}
	}
}

func manner(m Manner) string { return map[Manner]string{Alone: "!", Coded: "#", Together: ""}[m] }

// hear is what comes of packets with so long a pause before each.
func hear(pause time.Duration, packets ...string) []string {
	l := newTestLine()
	for _, p := range packets {
		l.packet(pause, p)
	}
	return l.end()
}

// told is what is said of the line, and is no key.
func told(what string) bool { return what == "unheard" || what == "heard" }

func expectHeard(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%q: heard %q, want %q", what, got, want)
	}
}

func TestASequenceIsTheKeyThatItNames(t *testing.T) {
	for sequence, want := range map[string]string{
		"\x1bOp": "0#", "\x1bOq": "1#", "\x1bOu": "5#", "\x1bOy": "9#", // the keypad in application mode
		"\x1bOj": "*#", "\x1bOk": "+#", "\x1bOl": ",#", "\x1bOm": "-#", "\x1bOn": ".#", "\x1bOo": "/#", "\x1bOX": "=#", "\x1bOM": "enter!",
		"\x1bOd": "ctrl+left!", "\x1bOc": "ctrl+right!", "\x1bOa": "ctrl+up!", "\x1bOb": "ctrl+down!", // urxvt
		"\x1b[d": "shift+left!", "\x1b[7$": "shift+home!", "\x1b[8^": "ctrl+end!", "\x1b[7@": "ctrl+shift+home!", "\x1b\x1b[A": "alt+up",
		"\x1b[1~": "home!", "\x1b[4~": "end!", "\x1bOH": "home!", "\x1bOF": "end!", "\x1b[H": "home!", // PuTTY, VT220, xterm
		"\x1b[[A": "f1!", "\x1b[[E": "f5!", "\x1b[11~": "f1!", "\x1bOP": "f1!", // the Linux console, PuTTY, xterm
		"\x1b[27u": "esc!", "\x1b[27;1u": "esc!", "\x1b[13u": "enter!", "\x1b[9u": "tab!", "\x1b[9;2u": "shift+tab!", "\x1b[127u": "backspace!", // kitty
		"\x1b[99;5u": "ctrl+c!", "\x1b[114;5u": "ctrl+r!", "\x1b[114;133u": "ctrl+r!", "\x1b[1089;5u": "ctrl+c!", "\x1b[105;5u": "tab!",
		"\x1b[121u": "y#", "\x1b[121;3u": "alt+y#", "\x1b[57408u": "9#", "\x1b[57414u": "enter!", "\x1b[57419u": "up!", "\x1b[1;1:2A": "up!",
		"\x1b[27;5;99~": "ctrl+c!", "\x1b[27;5;114~": "ctrl+r!", "\x1b[27;1;27~": "esc!", "\x1b[27;2;13~": "enter!", "\x1b[27;2;89~": "Y#", // xterm's modifyOtherKeys
		"\x9bA": "up!", "\x8fM": "enter!", "\x8fy": "9#", "\u009bA": "up!", "\u008fy": "9#", // eight bits, also spelled in UTF-8
	} {
		expectHeard(t, sequence, hear(time.Minute, sequence), want)
		for cut := 2; cut < len(sequence); cut++ {
			got := hear(time.Minute, sequence[:cut], sequence[cut:])
			if sequence[:cut] == "\x1b\x1b" {
				continue // two escapes, after so long
			}
			expectHeard(t, fmt.Sprintf("%q, %q", sequence[:cut], sequence[cut:]), bare(got), bare([]string{want})...)
		}
	}
}

func TestASequenceThatNamesNoKeyIsNothing(t *testing.T) {
	for _, sequence := range []string{
		"\x1b[?1;2c", "\x1b[>0;276;0c", "\x1b[12;40R", "\x1b[1;2R", "\x1b[?2026;2$y", "\x1b[4;2$y", "\x1b[?0u", "\x1b[?997;1n", "\x1b[0n", // answers
		"\x1b[8;24;80t", "\x1b[48;24;80;480;800t", "\x1b[I", "\x1b[O",
		"\x1b[<0;12;7M", "\x1b[<0;12;7m", "\x1b[<65;121;121M", "\x1b[M !!", "\x1b[Myyy", "\x1b[32;12;7M", // the mouse
		"\x1b[121;1:3u", "\x1b[13;1:3u", "\x1b[1;1:3A", "\x1b[3;1:3~", // releases
		"\x1b[89;21;121;1;0;1_", "\x1b[89;21;121;1;0;65535_", // Windows
		"\x1b[97;;121:110u", "\x1b[97;;27u", "\x1b[121;9u", "\x1b[57441u", "\x1b[27;9;121~", "\x1b[1;9A",
		"\x1bOz", "\x1bOY", "\x1bO\x7f", "\x1b[y", "\x1b[?y", "\x1b[5d", "\x1b[u", "\x1b[99999999999999999999y", "\x1b[!y", "\x1b[201~",
		"\x1b[" + strings.Repeat("1;", 500) + "y", "\x1b[" + strings.Repeat("0", 500) + "1A", "\x1bO" + strings.Repeat("1", 500) + "y",
		"\xff", "\x80", "\xc0\x80", "\xed\xa0\x80", "\xf5\x80\x80\x80", "\u0085",
	} {
		expectHeard(t, sequence, hear(time.Minute, sequence))
		for cut := 2; cut < len(sequence); cut++ {
			expectHeard(t, sequence[:cut]+"…", hear(time.Minute, sequence[:cut], sequence[cut:]))
		}
	}
}

func TestAnEscapeBeforeAnAnswerMakesNoKeyOfIt(t *testing.T) {
	for _, s := range []string{"\x1b\x1b[M !!", "\x1b\x1b[?1;2c", "\x1b\x1b[24;80R", "\x1b\x1b[<0;1;1M", "\x1b\x1bOz"} {
		expectHeard(t, s, hear(time.Minute, s))
	}
}

// answers are strings as terminals send them, with every letter in them that is a
// command here.
func answers() []string {
	var all []string
	for _, begin := range []string{"\x1b]11;rgb:", "\x1b]52;c;", "\x1bP>|kitty", "\x1bP1+r", "\x1b_Gi=1;", "\x1b^", "\x1bX"} {
		for _, content := range []string{"", "yvwldrcex0129qn\r", "М Ж y\u009cy", "y\xd0y\xffy", "yy" + strings.Repeat("dy", 3000), "\x1b7y\x1by"} {
			all = append(all, begin+content+"\x1b\\", begin+content+"\x18", begin+content+"\x1a")
			if begin[1] == ']' {
				all = append(all, begin+content+"\a")
			} else {
				all = append(all, begin+"\a"+content+"\x1b\\")
			}
		}
	}
	for _, begin := range []string{"\x9d11;", "\x90>|", "\x9fG", "\x9e", "\x98", "\x1b\x9d11;", "\u009d11;", "\u0090>|", "\u009fG", "\x1b\u009d11;"} {
		all = append(all, begin+"yd\x9c", begin+"yd\x1b\\")
	}
	return all
}

func TestWhatATerminalAnswersIsNoKeyWhereverItIsCut(t *testing.T) {
	for _, answer := range answers() {
		expectHeard(t, answer, hear(time.Minute, answer))
		for cut := 2; cut < min(len(answer), 60); cut++ {
			for _, pause := range []time.Duration{0, Patience - 1, Patience, time.Second, time.Hour} {
				got := slices.DeleteFunc(hear(pause, answer[:cut], answer[cut:]), told)
				expectHeard(t, fmt.Sprintf("%q, %v, %q", answer[:cut], pause, answer[cut:]), got)
			}
		}
	}
}

func TestAnAnswerThatComesIntoSomethingUnfinishedIsNoKey(t *testing.T) {
	for begun, want := range map[string][]string{
		"\xe0": nil, "\xed": nil, "\xf0\x9f": nil, "\x1b\xd0": nil, "\x1b[": nil, "\x1b[1;": nil, "\x1bO": nil, "\x1bO2": nil, "\x1b[M": nil, "\x1b[M !": nil,
		"\x1b[[": nil, "\x1b[O": nil, "\x1b]half": nil, "\x90half": nil, "\x1b]half\x1b": nil, "\x1b\x1b": {"esc"}, "\x1b[7$": {"shift+home"},
	} {
		for _, answer := range slices.Concat(answers(), []string{"\u009b4;2$y", "\x1b[4;2$y"}) {
			got := bare(hear(0, begun, answer))
			switch {
			case answer[0] == esc && answer[1] < 0x80:
				expectHeard(t, begun+" "+answer, got, want...)
			case strings.HasPrefix(begun, "\x1b[M") || utf8.ValidString(begun+answer[:1]):
				// where the mouse is may be any byte, and the letter may be one
			default:
				expectHeard(t, begun+" "+answer, slices.DeleteFunc(got, func(key string) bool { return slices.Contains(want, key) }))
			}
		}
	}
}

func TestOfAnAnswerThatIsCutAfterItsEscapeNoLetterActs(t *testing.T) {
	for _, answer := range append(answers(), "\x1bOy", "\x1bOM", "\x1b[d", "\x1b[121u", "\x1b[200~y\x1b[201~") {
		if answer[0] != esc || answer[1] >= 0x80 {
			continue
		}
		got := slices.DeleteFunc(hear(time.Minute, answer[:1], answer[1:]), told)
		expectHeard(t, answer, got, "esc!")
	}
}

func TestAnAnswerThatComesByteByByteTypesNothing(t *testing.T) {
	for _, answer := range []string{"\x1bP>|kitty(0.35.2)\x1b\\", "\x1b]11;rgb:ffff/dddd/yyyy\x1b\\", "\x1b_Gdy\x1b\\"} {
		for _, pause := range []time.Duration{0, time.Millisecond, time.Minute} {
			got := hear(pause, strings.Split(answer, "")...)
			for _, key := range got {
				if !told(key) && key != "esc!" {
					t.Errorf("%q with pauses of %v: %q", answer, pause, got)
				}
			}
		}
	}
}

func TestAnAnswerThatNeverEndsIsLeftByEscapeOrByCtrlC(t *testing.T) {
	for name, key := range map[string]string{"escape": "\x1b", "ctrl+c": "\x03"} {
		for _, begin := range []string{"\x1bP>|kitty", "\x1b]11;rgb:", "\x1b[200~half a paste", "\x1bP", "\x1bX"} {
			t.Run(name+" "+begin, func(t *testing.T) {
				l := newTestLine()
				l.packet(time.Minute, begin)
				l.packet(time.Minute, "y")
				l.packet(time.Minute, "d")
				l.packet(time.Minute, key)
				l.packet(time.Minute, "j")
				expectHeard(t, begin, l.end(), "unheard", "unheard", "heard", "j!")
			})
		}
	}
}

func TestWhatBeginsAnotherSequenceEndsAnAnswer(t *testing.T) {
	expectHeard(t, "an arrow", hear(time.Minute, "\x1bP>|kitty", "\x1b[A", "j"), "up", "j!")
	expectHeard(t, "another answer", hear(time.Minute, "\x1b]11;rgb:y\x1bP>|y\x1b\\y"), "y")
}

func TestTheEndOfAnAnswerAfterItWasLeftIsNotTyped(t *testing.T) {
	expectHeard(t, "its end came late", hear(time.Minute, "\x1b]11;rgb:y", "\x1b", `\`, "j"), "j!")
}

func TestAKeyIsAloneOrNot(t *testing.T) {
	const pause = 300 * time.Millisecond
	for name, c := range map[string]struct {
		packets []string
		want    []string
	}{
		"one":                             {[]string{"y"}, []string{"y!"}},
		"two":                             {[]string{"yy"}, []string{"y", "y"}},
		"after another":                   {[]string{"j", "y"}, []string{"j!", "y!"}},
		"with an answer before it":        {[]string{"\x1b]11;x\ay"}, []string{"y"}},
		"with an answer behind it":        {[]string{"y\x1b]11;x\a"}, []string{"y"}},
		"with the beginning of one":       {[]string{"y\x1b]11"}, []string{"y"}},
		"with an escape behind it":        {[]string{"y\x1b"}, []string{"y", "esc"}},
		"with what is no letter":          {[]string{"y\xff"}, []string{"y"}},
		"with a report of the mouse":      {[]string{"\x1b[<0;1;1My"}, []string{"y"}},
		"in the packet that ends a paste": {[]string{"\x1b[200~a", "\x1b[201~y"}, []string{"[a]", "y"}},
		"in the packet that ends a key":   {[]string{"\x1b[", "By"}, []string{"down", "y"}},
		"a letter of several bytes":       {[]string{"غ"}, []string{"غ!"}},
		"a letter that was cut":           {[]string{"\xd8", "\xba"}, []string{"غ"}},
		"an escape":                       {[]string{"\x1b", "y"}, []string{"esc!", "y!"}},
		"a code":                          {[]string{"\x1b[121u"}, []string{"y#"}},
	} {
		expectHeard(t, name, hear(pause, c.packets...), c.want...)
	}
	for name, c := range map[string]struct {
		pause time.Duration
		first string
		want  string
	}{
		"close after another key":             {time.Millisecond, "j", "y!"},
		"held":                                {held - 1, "y", "y"},
		"pressed twice":                       {held, "y", "y!"},
		"the end of a flood":                  {Patience - 1, strings.Repeat("j", 4096), "y"},
		"close after an answer":               {settle - 1, "\x1b]11;x\a", "y"},
		"a while after an answer":             {settle, "\x1b]11;x\a", "y!"},
		"close after what is no letter":       {settle - 1, "\xff", "y"},
		"close after an answer that was left": {settle - 1, "\x1b]11;x\x18", "y"},
	} {
		got := hear(c.pause, c.first, "y")
		expectHeard(t, name, got[len(got)-1:], c.want)
	}
	expectHeard(t, "a letter cut on the line", hear(Patience, "\xd8", "\xba"), "غ!")
}

func TestAPasteIsOneMessageWhereverItIsCut(t *testing.T) {
	const paste = "\x1b[200~a\x1b[2Jy\r\x1b]0;کی\x07 \x1b[201\x1b\x1b[201~"
	for cut := 2; cut < len(paste); cut++ {
		for _, pause := range []time.Duration{0, time.Second, time.Hour} {
			got := slices.DeleteFunc(hear(pause, paste[:cut], paste[cut:]), told)
			if len(got) != 1 || strings.TrimRight(got[0], "!") != "["+paste[6:len(paste)-6]+"]" {
				t.Errorf("cut at %d, %v: %q", cut, pause, got)
			}
		}
	}
}

func TestAPasteThatIsTooLongIsCutAndCounted(t *testing.T) {
	l := newTestLine()
	l.packet(0, "\x1b[200~")
	for range 200 {
		l.packet(0, strings.Repeat("س", 500))
	}
	l.packet(0, "\x1b[201~j")
	got := l.end()
	if len(got) != 2 || len(got[0]) > pasteLimit+2 || len(got[0]) < pasteLimit || strings.Contains(got[0], "\ufffd") || got[1] != "j" {
		t.Errorf("%d messages, the first of %d bytes", len(got), len(got[0]))
	}
	if l.keys.tally[cutPaste] != 1 {
		t.Error("it was not counted")
	}
}

func TestWhatWasDroppedIsCountedInTheLogAndNotQuoted(t *testing.T) {
	l := newTestLine()
	for _, s := range append(answers(), "\x1bOz", "\x1b[<0;1;1M", "\x1b[1;1R", "\x1b[121;1:3u", "\x1b[121;9u", "\xff", "\x1b[5d", "j") {
		l.packet(time.Minute, s)
	}
	var log bytes.Buffer
	l.keys.Note(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})))
	want := `level=INFO msg="input dropped" osc=56 dcs=52 apc=28 pm=26 sos=26 csi=1 ss3=1 report=1 mouse=1 release=1 nameless=1 bytes=1` + "\n"
	if log.String() != want {
		t.Errorf("log: %s want: %s", log.String(), want)
	}
	log.Reset()
	NewDecoder().Note(slog.New(slog.NewTextHandler(&log, nil)))
	if log.Len() > 0 {
		t.Errorf("nothing was dropped, and the log says %s", log.String())
	}
}

// oneByOne is a reader that gives a text a read.
type oneByOne struct{ texts []string }

func (r *oneByOne) Read(p []byte) (int, error) {
	if len(r.texts) == 0 {
		return 0, io.EOF
	}
	n := copy(p, r.texts[0])
	r.texts = r.texts[1:]
	return n, nil
}

// v1Log notes what Bubble Tea makes of its input by itself.
type v1Log struct {
	keys []string
	want int
}

func (l *v1Log) Init() tea.Cmd { return nil }
func (l *v1Log) View() string  { return "" }
func (l *v1Log) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyMsg); ok {
		l.keys = append(l.keys, key.String())
	}
	if len(l.keys) == l.want {
		return l, tea.Quit
	}
	return l, nil
}

// v1Sequences are those that Bubble Tea 1.3.10 has in its table, and single bytes.
func v1Sequences() []string {
	var all []string
	for c := range 0x80 {
		all = append(all, string(rune(c)))
	}
	for c := range 0x80 {
		if !strings.ContainsRune("[OPX]^_\x1b", rune(c)) { // these begin something; alone they are still on their way
			all = append(all, "\x1b"+string(rune(c)))
		}
	}
	for _, arrow := range "ABCDHF" {
		all = append(all, "\x1b["+string(arrow))
		for mod := range 7 {
			all = append(all, fmt.Sprintf("\x1b[1;%d%c", mod+2, arrow))
		}
	}
	for _, last := range []string{"OA", "OB", "OC", "OD", "Oa", "Ob", "Oc", "Od", "a", "b", "c", "d", "Z", "[A", "[B", "[C", "[D", "[E"} {
		all = append(all, "\x1b["+last)
	}
	for _, n := range []int{1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29, 31, 32, 33, 34} {
		all = append(all, fmt.Sprintf("\x1b[%d~", n))
	}
	for _, n := range []int{3, 5, 6, 15, 17, 18, 19, 20, 21, 23, 24, 25, 26, 28, 29} {
		all = append(all, fmt.Sprintf("\x1b[%d;3~", n))
	}
	for _, f := range "PQRS" {
		all = append(all, "\x1bO"+string(f), "\x1b[1;2"+string(f), "\x1b[1;3"+string(f))
	}
	return append(all, "\x1b[5;5~", "\x1b[6;5~", "\x1b[5;7~", "\x1b[6;7~", "\x1b[5^", "\x1b[6^", "\x1b[7^", "\x1b[8^", "\x1b[7$", "\x1b[8$", "\x1b[7@", "\x1b[8@",
		"\x1b[15;2~", "\x1b[17;2~", "\x1b[18;2~", "\x1b[19;2~", "\x1bOA", "\x1bOB", "\x1bOC", "\x1bOD", "ک", "\x1bک", "語", "🔑")
}

func TestEveryKeyThatBubbleTeaKnewIsStillThatKey(t *testing.T) {
	sequences := v1Sequences()
	v1 := &v1Log{want: len(sequences)}
	if _, err := tea.NewProgram(v1, tea.WithInput(&oneByOne{slices.Clone(sequences)}), tea.WithOutput(io.Discard), tea.WithoutSignals()).Run(); err != nil {
		t.Fatal(err)
	}
	others := map[string]string{
		"\x1b[1;2R": "", // F3 with shift, or the answer that the cursor is at 1;2
		"\x1b[1;3R": "",
	}
	for i, sequence := range sequences {
		want, differs := others[sequence]
		if !differs {
			want = v1.keys[i]
		}
		if got := strings.TrimRight(strings.Join(hear(time.Minute, sequence), " "), "!#"); got != want && v1.keys[i] != got+"!" && v1.keys[i] != got+"#" {
			t.Errorf("%q is %q, and was %q", sequence, got, want)
		}
	}
}

func FuzzACutChangesNoKey(f *testing.F) {
	for _, s := range append(answers(), v1Sequences()...) {
		f.Add([]byte(s), uint16(1))
		f.Add([]byte("j"+s+"\x1b[Aک"), uint16(3))
	}
	f.Add([]byte("\x1bPa\x03y\x1b\\"), uint16(0))
	f.Fuzz(func(t *testing.T, stream []byte, seed uint16) {
		whole, cut := newTestLine(), newTestLine()
		whole.packet(0, string(stream))
		for rest := stream; len(rest) > 0; seed = seed*25173 + 13849 {
			n := min(len(rest), int(seed>>12)+1)
			cut.packet(0, string(rest[:n]))
			rest = rest[n:]
		}
		a, b := bare(whole.end()), bare(cut.end())
		if !slices.Equal(a, b) {
			t.Errorf("%q: whole %q, cut %q", stream, a, b)
		}
	})
}

// bare is keys without the manner in which they came.
func bare(keys []string) []string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = k
		if len(k) > 1 {
			out[i] = strings.TrimRight(k[:1], "") + strings.TrimRight(k[1:], "!#")
		}
	}
	return out
}
