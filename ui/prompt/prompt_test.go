package prompt

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/caret"
)

func press(p *Model, keys ...tea.KeyMsg) {
	for _, k := range keys {
		p.Update(k)
	}
}

func typed(letters string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(letters)} }

func pasted(text string) tea.KeyMsg {
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true}
}

// odd is what people and servers really have in a text, and a screen cannot show.
const odd = "first line\nsecond line\t(owner:\u00a0ops) 👨‍👩‍👧 ❤️ \u200fسارا\u00ad e\u0301\u0301\u0301\u0301\u0301 \x1b[2J"

func TestAltDTakesTheNextWordWhereverTheCursorIs(t *testing.T) {
	for _, c := range []struct {
		text string
		at   int
		want string
	}{
		{"", 0, ""},
		{"ab", 1, "a"},
		{"ab", 2, "ab"},
		{"a", 0, ""},
		{"a   ", 1, "a"},
		{"   ", 0, ""},
		{"   ", 2, "  "},
		{"one two three", 3, "one three"},
		{"one two", 0, " two"},
		{"کلید تازه", 0, " تازه"},
	} {
		p := New("", c.text)
		p.line.at = c.at
		p.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("d"), Alt: true})
		if p.Value() != c.want || p.line.at != c.at {
			t.Errorf("%q at %d: %q at %d, want %q", c.text, c.at, p.Value(), p.line.at, c.want)
		}
	}
}

func TestALineIsEditedAsAShellDoesIt(t *testing.T) {
	key := func(k tea.KeyType) tea.KeyMsg { return tea.KeyMsg{Type: k} }
	for name, c := range map[string]struct {
		keys []tea.KeyMsg
		want string
	}{
		"at the end":          {[]tea.KeyMsg{typed("x")}, "one twox"},
		"at the beginning":    {[]tea.KeyMsg{key(tea.KeyHome), typed("x"), {Type: tea.KeySpace, Runes: []rune(" ")}}, "x one two"},
		"one back":            {[]tea.KeyMsg{key(tea.KeyLeft), typed("x")}, "one twxo"},
		"back and on":         {[]tea.KeyMsg{key(tea.KeyLeft), key(tea.KeyRight), key(tea.KeyRight), typed("x")}, "one twox"},
		"backspace":           {[]tea.KeyMsg{key(tea.KeyBackspace)}, "one tw"},
		"delete":              {[]tea.KeyMsg{key(tea.KeyCtrlA), key(tea.KeyDelete)}, "ne two"},
		"nothing to delete":   {[]tea.KeyMsg{key(tea.KeyDelete), key(tea.KeyHome), key(tea.KeyBackspace), key(tea.KeyLeft)}, "one two"},
		"a word back":         {[]tea.KeyMsg{key(tea.KeyCtrlLeft), typed("x")}, "one xtwo"},
		"two words, one on":   {[]tea.KeyMsg{key(tea.KeyCtrlLeft), key(tea.KeyCtrlLeft), key(tea.KeyCtrlRight), typed("x")}, "onex two"},
		"without a word":      {[]tea.KeyMsg{key(tea.KeyCtrlW)}, "one "},
		"without the rest":    {[]tea.KeyMsg{key(tea.KeyCtrlLeft), key(tea.KeyCtrlK)}, "one "},
		"without what stands": {[]tea.KeyMsg{key(tea.KeyCtrlLeft), key(tea.KeyCtrlU)}, "two"},
		"a word like a key's": {[]tea.KeyMsg{typed("home"), typed("x")}, "one twohomex"},
		"keys of others":      {[]tea.KeyMsg{key(tea.KeyCtrlV), key(tea.KeyUp), key(tea.KeyF1)}, "one two"},
	} {
		p := New("", "one two")
		if press(p, c.keys...); p.Value() != c.want {
			t.Errorf("%s: %q, want %q", name, p.Value(), c.want)
		}
	}
}

func TestWhatTheScreenCannotShowIsKeptAsItWas(t *testing.T) {
	p := New("", odd)
	press(p, typed(" x"))
	if p.Value() != odd+" x" {
		t.Errorf("%+q became %+q", odd, p.Value())
	}
	p = New("", odd)
	for range len([]rune(odd)) { // there and back again
		press(p, tea.KeyMsg{Type: tea.KeyLeft})
	}
	press(p, typed("x"))
	if p.Value() != "x"+odd {
		t.Errorf("%+q became %+q", odd, p.Value())
	}
	for range len([]rune(odd)) + 1 {
		press(p, tea.KeyMsg{Type: tea.KeyEnd}, tea.KeyMsg{Type: tea.KeyBackspace})
	}
	if p.Value() != "" {
		t.Errorf("what is left of it is %+q", p.Value())
	}
	long := strings.Repeat("丽", 3000)
	p = New("", long)
	if press(p, typed("x")); p.Value() != long+"x" {
		t.Errorf("of %d bytes %d are left", len(long)+1, len(p.Value()))
	}
}

func TestAPasteComesAsItIs(t *testing.T) {
	for text, want := range map[string]struct{ line, lines string }{
		"deploy\nrunner\t2\n": {"deploy\nrunner\t2", "deploy\nrunner\t2\n"},
		"deploy\r\nrunner\r":  {"deploy\nrunner", "deploy\nrunner\n"},
		"root.admin\n":        {"root.admin", "root.admin\n"},
		" a\u200db\u202e ":    {" a\u200db\u202e ", " a\u200db\u202e "},
	} {
		one, many := New("", ""), New("", "")
		many.Lines()
		press(one, pasted(text))
		press(many, pasted(text))
		if one.Value() != want.line || many.Value() != want.lines {
			t.Errorf("%+q became %+q, and with lines %+q", text, one.Value(), many.Value())
		}
	}
}

func TestALineFitsItsWidthAndIsHarmless(t *testing.T) {
	for _, text := range []string{"", odd, strings.Repeat("丽", 300), "\u200f", "\u0301\u0301", "\u0301a", strings.Repeat("a\u0301", 90)} {
		p := New("> ", text)
		p.Hint("words")
		for range len([]rune(text)) + 2 {
			for _, width := range []int{4, 7, 30} {
				got := p.View(width)
				if bare := ansi.Strip(got); ansi.StringWidth(bare) > width || model.Clean(bare).String() != bare {
					t.Fatalf("%+q at %d is drawn as %+q in %d", text, p.line.at, got, width)
				}
			}
			press(p, tea.KeyMsg{Type: tea.KeyLeft})
		}
	}
}

func TestTheCursorStandsAtNoMarkAfterALetterIsPutBeforeIt(t *testing.T) {
	p := New("", "\u0301\u0301x")
	press(p, tea.KeyMsg{Type: tea.KeyHome}, typed("e"), typed("y"))
	if want := "e\u0301\u0301yx"; p.Value() != want {
		t.Errorf("%+q, want %+q", p.Value(), want)
	}
}

func TestALineThatGoesOnSaysSoAtTheEndThatIsCut(t *testing.T) {
	for at, want := range map[int]string{0: "abcdefgh…", 13: "…hijklmn…", 26: "…tuvwxyz "} {
		p := New("", "abcdefghijklmnopqrstuvwxyz")
		p.line.at = at
		if got := caret.Without(p.View(10)); got != want {
			t.Errorf("with the cursor at %d it is %q, want %q", at, got, want)
		}
	}
	if got := caret.Without(New("", "abc").View(10)); got != "abc " {
		t.Errorf("a short line is %q", got)
	}
}
