package painttest_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/gdamore/tcell/v3/vt"

	"authdeck/model"
	"authdeck/ui/paint/painttest"
)

// rows are the letters of a screen, without the blanks behind them.
func rows(s *painttest.Screen) string {
	var lines []string
	for y := range s.Height {
		lines = append(lines, strings.TrimRight(s.Row(y), " "))
	}
	return strings.Join(lines, "|")
}

func TestAScreenShowsWhatATerminalWould(t *testing.T) {
	for bytes, want := range map[string]string{
		"ab\x1b[2;2Hc\x1b[Hd":                               "db| c||",
		"12345\r\nx":                                        "12345|x||",
		"12345\r2\x1b[K":                                    "2|||",
		"a\r\nb\r\nc\r\nd\r\n":                              "b|c|d|",
		"a\r\nb\r\nc\r\nd\x1b[H\x1bM":                       "|a|b|c",
		"a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[3;1H\n\x1b[r":        "a|c||d",
		"a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[2;1H\x1bM\x1b[r":     "a||b|d",
		"a\r\nb\r\nc\r\nd\x1b[2;1H\x1b[L":                   "a||b|c",
		"a\r\nb\r\nc\r\nd\x1b[2;1H\x1b[2M":                  "a|d||",
		"a\r\nb\r\nc\r\nd\x1b[S":                            "b|c|d|",
		"a\r\nb\r\nc\r\nd\x1b[T":                            "|a|b|c",
		"12345\x1b[1;3H\x1b[1K":                             "   45|||",
		"12345\x1b[1;2H\x1b[2X":                             "1  45|||",
		"a\r\nb\r\nc\x1b[2;1H\x1b[J":                        "a|||",
		"a\r\nb\r\nc\x1b[2;1H\x1b[1J":                       "||c|",
		"a\x1b[2J":                                          "|||",
		"\x1b[2dx\x1b[4Gy\x1b[A\x1b[2Dz\b\b1\x1b[2B\x1b[Cw": " 1z|x  y|   w|",
		"中文5\x1b[1;2Ha":                                     " a文5|||",
		"中文5\x1b[1;3Ha":                                     "中a 5|||",
		"e\u0301\u0302x\x1b[31m\u0303":                      "e\u0301\u0302x\u0303|||",
		"می\u200cخ":                                         "می\u200cخ|||",
		"1234e\u0301":                                       "1234e\u0301|||",
		"main\x1b[?1049h\x1b[Hother":                        "other|||",
		"main\x1b[?1049h\x1b[Hother\x1b[?1049ls":            "mains|||",
	} {
		s := painttest.New(painttest.Kind{}, 5, 4)
		if err := s.Frame([]byte(bytes + "\x1b[m")); err != nil {
			t.Error(err)
		}
		if got := rows(s); got != want {
			t.Errorf("%q shows %q, not %q", bytes, got, want)
		}
	}
}

func TestAScreenRefusesWhatNoPainterMaySay(t *testing.T) {
	for bytes, why := range map[string]string{
		"123456":                         "behind the last column",
		"12345\x1b[K":                    "behind the last column",
		"12345\x1b[D":                    "behind the last column",
		"12345\n6":                       "behind the last column",
		"1234中":                          "wide letter",
		"\u0301":                         "a mark",
		"a\x1b[3;1H\x1b[1;2H\u0301":      "a mark without its letter",
		"\x1b[5;1H":                      "not on the screen",
		"\x1b[A":                         "not on the screen",
		"\x1b[0;1H":                      "nought",
		"\x1b[2;3r\x1b[2;1H\x1b[A\x1b[r": "out of the region",
		"\x1b[3;3r":                      "no region",
		"\x1b[2;9r":                      "no region",
		"\x1b[1;3r":                      "leaves a region",
		"\x1b[1;3r\x1b[4;1H\n\x1b[r":     "below the region",
		"\x1b[31m":                       "leaves a style",
		"\x1b[?7l":                       "do not wrap",
		"\x1b[?2026h":                    "does not end",
		"\x1b[?2026l":                    "without a beginning",
		"\x1b[1;2":                       "unfinished",
		"\x1b":                           "unfinished",
		"\x1b[6n":                        "not of the grammar",
		"\x1b[c":                         "not of the grammar",
		"\x1b[>c":                        "an order with",
		"\x1b]0;title\a":                 "not of the grammar",
		"\x1b]52;c;eA==\a":               "not of the grammar",
		"\x1bc":                          "not of the grammar",
		"\x1b7":                          "not of the grammar",
		"\x1bP+q\x1b\\":                  "not of the grammar",
		"\x1b[?1000h":                    "a strange mode",
		"\x1b[?25;7h":                    "too many",
		"\x1b[4h":                        "not of the grammar",
		"\x1b[38;5m":                     "a strange style",
		"\x1b[38;5;256m":                 "a strange style",
		"\x1b[8m":                        "a strange style",
		"\x1b[4:3m":                      "an order with",
		"\t":                             "not of the grammar",
		"\a":                             "not of the grammar",
		"\x7f":                           "not of the grammar",
		"\u009b1m":                       "not of the grammar",
		"\xff":                           "no UTF-8",
		"\xd9":                           "no UTF-8",
		"\x1b[5L":                        "too far",
		"\x1b[2G\x1b[L":                  "not from the first column",
	} {
		err := painttest.New(painttest.Kind{}, 5, 4).Frame([]byte(bytes))
		if err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v, not %q", bytes, err, why)
		}
	}
	if err := painttest.New(painttest.Kind{NoRegions: true}, 5, 4).Frame([]byte("\x1b[r")); err == nil {
		t.Error("a terminal without regions takes one")
	}
}

func TestAFrameIsOfLettersAndOfTheOrdersThatPaint(t *testing.T) {
	said := "\x1b[m\x1b[r\x1b[H\x1b[Jمی\u200cخ\x1b[31m\r\n\x1b[2Ca\x1b[D\x1b[A\x1bM\x1b[?7l\x1b[K\x1b[?7h\x1b[?25h"
	if letters, err := painttest.Painted([]byte(said)); err != nil || letters != "می\u200cخa" {
		t.Errorf("%q, %v", letters, err)
	}
	for _, bytes := range []string{"\x1b[?1049h", "\x1b[?2004l", "\x1b[?2026h", "\x1b[2L", "\x1b[M", "\x1b[S", "\x1b[3G", "\x1b[X", "\b", "\x1b[6n", "\x1b]0;x\a", "\xff", "\x00", "\u0085"} {
		if _, err := painttest.Painted([]byte("a" + bytes + "b")); err == nil {
			t.Errorf("%q is taken for a frame", bytes)
		}
	}
}

func TestAScreenSeesWhatDiffers(t *testing.T) {
	draw := func(is painttest.Kind, bytes string) *painttest.Screen {
		s := painttest.New(is, 6, 2)
		_ = s.Frame([]byte(bytes))
		return s
	}
	for _, c := range []struct {
		one, other, differ string
	}{
		{"a\x1b[H", "b\x1b[H", "column 0 of row 0"},
		{"a\x1b[H", "\x1b[1ma\x1b[H", "bold"},
		{" ", "\x1b[1;31m \x1b[m", ""},
		{" ", "\x1b[41m \x1b[m", "ground"},
		{" ", "\x1b[7m \x1b[m", "reverse"},
		{" ", "\x1b[4m \x1b[m", "underline"},
		{"\x1b[31ma", "\x1b[38;5;1ma", "text"},
		{"\x1b[38;2;1;2;3ma", "\x1b[38;2;1;2;4ma", "text"},
		{"\x1b[91ma", "\x1b[31ma", "text"},
		{"\x1b[101ma", "\x1b[48;5;9ma", "ground"},
		{"e\u0301", "e", "column 0"},
		{"m\u200c", "m", "column 0"},
		{"a", "a\x1b[H", "cursor"},
		{"a", "a\x1b[?25l", "seen"},
		{"a\x1b[?25l", "a\x1b[?25l\x1b[H", ""},
		{"\x1b[41m中\x1b[m\x1b[1;2H ", "  ", "torn"},
		{"中\x1b[1;2H ", "  ", ""},
	} {
		one, other := draw(painttest.Kind{}, c.one), draw(painttest.Kind{}, c.other)
		if got := one.Differs(other); c.differ == "" && got != "" || !strings.Contains(got, c.differ) {
			t.Errorf("%q and %q: %q, not %q", c.one, c.other, got, c.differ)
		}
	}
	if draw(painttest.Kind{}, "\x1b[41m\x1b[2J").Differs(draw(painttest.Kind{NoGround: true}, "\x1b[41m\x1b[2J")) == "" {
		t.Error("what is erased has a background, or has none, on all terminals")
	}
}

// TestLettersAreAsWideAsTheConsoleMeasuresThem: the console's and the tests' tables come
// from two libraries, and must agree about every letter that the console may show but for
// those of which terminals know better: the vowels and finals of a Korean syllable that
// comes in parts take no column, and a sign of Kannada and the stems of notes take one.
func TestLettersAreAsWideAsTheConsoleMeasuresThem(t *testing.T) {
	differ := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0x1160 && r < 0x1200 || r >= 0xd7b0 && r <= 0xd7fb || r == 0xcf3 || r >= 0x1d165 && r <= 0x1d172 {
			continue
		}
		text := model.Clean("a" + string(r)).String()
		s := painttest.New(painttest.Kind{}, 8, 1)
		if err := s.Frame([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if want := ansi.StringWidthWc(text); s.X != want && differ < 20 {
			differ++
			t.Errorf("%U %q: %d columns, not %d", r, text, s.X, want)
		}
	}
}

// TestAScreenIsThatOfAnotherEmulator holds it against tcell's, where both know the letters.
// A return from behind the last column is not in it: with tcell's the next letter wraps all
// the same, with xterm, tmux and screen it does not.
func TestAScreenIsThatOfAnotherEmulator(t *testing.T) {
	for _, bytes := range []string{
		"ab\x1b[2;2Hc\x1b[Hd", "12345\r\nx", "12345\x1b[1G2\x1b[K", "a\r\nb\r\nc\r\nd\r\n", "a\r\nb\x1b[H\x1bM",
		"a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[3;1H\n\x1b[r", "a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[2;1H\x1bM\x1b[r",
		"a\r\nb\r\nc\x1b[2;1H\x1b[L", "a\r\nb\r\nc\x1b[1;1H\x1b[2M", "a\r\nb\r\nc\x1b[2S", "a\r\nb\r\nc\x1b[T",
		"12345\x1b[1;3H\x1b[1K", "12345\x1b[1;2H\x1b[2X", "a\r\nb\r\nc\x1b[2;1H\x1b[J", "a\r\nb\r\nc\x1b[2;1H\x1b[1J",
		"\x1b[2dx\x1b[4Gy\x1b[A\x1b[2Dz\b\b1\x1b[2B\x1b[Cw", "中文5\x1b[1;3Ha", "سلام", "\x1b[1;4H中",
		"\x1b[2;3r\x1b[3;1Hx\r\n\ny\x1b[r",
	} {
		s := painttest.New(painttest.Kind{}, 5, 4)
		if err := s.Frame([]byte(bytes)); err != nil {
			t.Error(err)
		}
		term := vt.NewMockTerm(vt.MockOptSize{X: 5, Y: 4})
		if err := term.Start(); err != nil {
			t.Fatal(err)
		}
		_, _ = term.Write([]byte(bytes))
		for y := range 4 {
			for x := range 5 {
				other := term.GetCell(vt.Coord{X: vt.Col(x), Y: vt.Row(y)})
				if c := s.Cell(x, y); c.Width > 0 && c.Content != other.C && (c.Content != " " || other.C != "") {
					t.Errorf("%q: %d,%d is %q, and there %q", bytes, x, y, c.Content, other.C)
				}
			}
		}
		if err := term.Stop(); err != nil {
			t.Error(err)
		}
	}
}

func TestAViewIsReadAsItIsMeant(t *testing.T) {
	for view, bytes := range map[string]string{
		"ab\ncd":                      "ab\r\ncd\x1b[?25l",
		"abcdefg\n\n1\n2\n3\n4":       "abcde\r\n\r\n1\r\n2\x1b[?25l",
		"1234中\nx":                    "1234\r\nx\x1b[?25l",
		"\x1b[1ma\x1b[31mb\x1b[0mc":   "\x1b[1ma\x1b[31mb\x1b[mc\x1b[?25l",
		"a\x1b7b":                     "ab\x1b[1;2H",
		"12345\x1b7":                  "12345\x1b[1;5H",
		"e\x1b[4m\u0301x\x1b[m":       "e\u0301\x1b[4mx\x1b[m\x1b[?25l",
		"a\x1b[6nb\rc\x1b[3":          "abc\x1b[?25l",
		"می\u200cخ\n中\u0301":          "می\u200cخ\r\n中\u0301\x1b[?25l",
		"\x1b[31mred\nnot red\x1b[0m": "\x1b[31mred\x1b[m\r\nnot r\x1b[?25l",
	} {
		s := painttest.New(painttest.Kind{}, 5, 4)
		if err := s.Frame([]byte(bytes)); err != nil {
			t.Error(err)
		}
		if differs := painttest.Shown(painttest.Kind{}, view, 5, 4).Differs(s); differs != "" {
			t.Errorf("%q: %s", view, differs)
		}
	}
}
