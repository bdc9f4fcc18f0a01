package ui

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/caret"
	"authdeck/ui/look"
	"authdeck/ui/order"
	"authdeck/ui/terminal"
)

// hostile are texts that broke terminals elsewhere.
func hostile() []string {
	return []string{
		"", "a", "سلام دنیا", "نیک\u200cزاد", "שלום", "李小明 欧阳", "👩‍👩‍👧‍👦🇮🇷", "a\u0300\u0301\u0302\u0303\u0304", "\x1b[2J\x1b[H", "two\nlines\tand\ra tab",
		"\u202egnp.exe", strings.Repeat("very long ", 40), strings.Repeat("世", 200), "\xff\xfe", "\u200b\u2060\ufeff", "a\u00ad\ufe0fb", "ﷺ", "\x9b31m", "\U000e0041",
	}
}

// filled is a company whose every text is the same foreign one.
func filled(text string) *remote {
	r := company(newClock())
	t := model.Clean(text)
	for i := range r.users {
		u := &r.users[i]
		u.Username, u.FullName, u.Mobile, u.Email = t, t, t, t
	}
	for i := range r.tokens {
		r.tokens[i].Name, r.tokens[i].Owner = t, r.users[i]
	}
	r.me = r.users[0]
	r.fail["regenerate"] = model.Fail(model.Invalid, text)
	return r
}

// everywhere walks through all the screens; the driver measures each.
func everywhere(d *driver) {
	d.press("j")
	d.pressKey(tea.KeyEnter, tea.KeyPgDown, tea.KeyEsc)
	d.press("/" + "ab")
	d.paste(d.systems[0].tokens[0].Name.String())
	d.pressKey(tea.KeyEsc)
	d.press("dn" + "ry")
	d.pressKey(tea.KeyEnter)
	d.press("c")
	d.pressKey(tea.KeyEsc)
	d.press("yu2")
	d.press("0?")
	d.pressKey(tea.KeyEsc)
	d.pressKey(tea.KeyCtrlR)
}

func TestEveryTextFitsEveryWindow(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, text := range hostile() {
		d := prepare(t, 0, filled(text))
		d.begin(1+random.IntN(160), 1+random.IntN(50))
		everywhere(d)
		for size := 1; size <= 60; size += 7 {
			d.resize(size, 24)
			d.resize(80, size)
		}
	}
}

func FuzzAnyTextFitsAnyWindow(f *testing.F) {
	for i, text := range hostile() {
		f.Add(text, uint8(i*13), uint8(i*3))
	}
	f.Fuzz(func(t *testing.T, text string, width, height uint8) {
		d := prepare(t, 0, filled(text))
		d.begin(1+int(width), 1+int(height%100))
		everywhere(d)
	})
}

// perform presses a key for each byte, and sometimes lets something else happen.
func perform(d *driver, score []byte) {
	for _, b := range score {
		switch {
		case b >= 32 && b < 127:
			d.press(string(rune(b)))
		case b < 32:
			d.pressKey(tea.KeyType(b))
		case b < 140:
			d.pressKey(tea.KeyUp - tea.KeyType(b-127))
		case b < 150:
			d.hold()
		case b < 160:
			d.release()
		case b < 190:
			d.resize(int(b-160)*5+1, int(b-160)+1)
		case b < 200:
			d.pass(order.Arming * 3)
		case b < 210:
			d.paste("y\x1b[2J\n" + string(rune(b)))
		case b < 220:
			d.systems[0].fail[[]string{"tokens", "users", "regenerate", "delete", "create"}[b%5]] = model.Fail(model.Kind(b%13), "so")
		case b < 230:
			clear(d.systems[0].fail)
		case b == 255:
			d.give(terminal.Hangup{})
		default:
			d.press(string(foreign(b)))
		}
	}
}

func FuzzNoSequenceOfKeysBreaksTheConsole(f *testing.F) {
	for _, score := range []string{
		"ryvy\x1b", "d\xdbry\r", "c/zo\ryyw\r", "2fft\x1b\x1b1", "0\r2?jjj\x1b", "\x8crnnn\x1b\x99", "nnnppp\xa1\xbdGj", "\x8cry\xff\x99", "/\xc8\r\x1b\xd2\x12\xe0",
		"  m*d\xdby*M\x8c*\x1b\x99", "G  \x8c*\xc8\x99M M9 *0\r ",
	} {
		f.Add([]byte(score))
	}
	f.Fuzz(func(t *testing.T, score []byte) {
		if len(score) > 200 {
			return
		}
		d := start(t, crowd(newClock()))
		perform(d, score)
		d.release()
		if n := len(d.systems[0].writes); n > yeses(score) {
			t.Errorf("%d writes came of %d yeses in %q", n, yeses(score), score)
		}
	})
}

// yeses counts the keys that may have answered a question with yes.
func yeses(score []byte) int {
	n := 0
	for _, b := range score {
		if b == 'y' || b >= 230 && b < 255 && foreign(b) == 'غ' {
			n++
		}
	}
	return n
}

// foreign is a letter of a Persian or a Russian keyboard.
func foreign(b byte) rune { return []rune("تقغحдлоرпيوж")[b%12] }

func TestNoSequenceOfKeysBreaksTheConsole(t *testing.T) {
	const often = "jknpGgrdcuty12sf/0?vwy m*M\r\x1b\x12"
	random := rand.New(rand.NewPCG(3, 4))
	for range 15 {
		score := make([]byte, 60)
		for i := range score {
			score[i] = byte(random.Uint32())
			if random.IntN(3) > 0 {
				score[i] = often[random.IntN(len(often))]
			}
		}
		d := start(t, crowd(newClock()))
		perform(d, score)
		if t.Failed() || len(d.systems[0].writes) > yeses(score) {
			t.Fatalf("by the keys %q: %q", score, d.systems[0].writes)
		}
	}
}

func TestADialogIsNeverWiderThanItsWindow(t *testing.T) {
	d := start(t, company(newClock()))
	for _, text := range hostile() {
		one := strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(text)
		for width := 1; width < 130; width += 9 {
			for _, height := range []int{9, 40} {
				box := d.app.Styles.Dialog(&look.Scroller{}, width, height, look.Dialog{
					Title: text, First: []string{text}, Bare: one, Says: []string{text + "\n" + text}, Heed: text,
					Facts: []look.Field{{Label: one, Value: text}}, Keys: d.app.front.Help(),
				})
				page := strings.Repeat(look.Cut(one, width)+"\n", height-1) + caret.Here + look.Cut(one, width)
				lines := strings.Split(box.Over(d.app.Styles.Fade(page, width), width, height), "\n")
				if len(lines) != height {
					t.Fatalf("%d lines in a height of %d: %q", len(lines), height, lines)
				}
				for _, line := range lines {
					if ansi.StringWidth(line) > width {
						t.Fatalf("a line of %d in a window of %d: %q", ansi.StringWidth(line), width, line)
					}
				}
			}
		}
	}
}
