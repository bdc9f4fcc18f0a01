package form

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/look"
)

const pastedKey = "pasted4d7e2a91c0ffee5b"

func TestOfATimeThatIsNoneItIsSaidWhatIsWrongWithIt(t *testing.T) {
	now := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{
		"2026-02-30": "there is no such day", "۲۰۲۶-۰۲-۳۰": "there is no such day", "2026-13-01": "there is no such month", "2026-12-31 25:00": "there is no such hour",
		"2026-12-31 23:60": "there is no such minute", "10000-01-01": "this is too far: a year has four digits", "9000y": "this is too far: a year has four digits",
		"0d": "0d from now is now; the shortest is 1d", "۰h": "0h from now is now; the shortest is 1h",
		"100001d": "this is too far: a span has at most 100000d", "99999999999999999999y": "this is too far: a span has at most 100000y",
		"30": "30 of what? Write 30h, 30d, 30w, 30mo or 30y", "3m": "“m” is no unit of a span; there are h, d, w, mo and y", "30 days": "this is no time; write 2026-12-31",
		"soon": "this is no time; write 2026-12-31", "-3d": "this is no time; write 2026-12-31", "2027": "this is no time; write 2026-12-31", "d": "this is no time; write 2026-12-31",
	} {
		for _, never := range []bool{true, false} {
			if value, err := Time(typed, now, never); err == nil || !strings.HasPrefix(err.Error(), want) {
				t.Errorf("%q is %q, %v, and not %s", typed, value, err, want)
			}
		}
	}
}

func TestNeverIsATimeWhereAFieldTakesItAndNowhereElse(t *testing.T) {
	now := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{"never": "never", "NEVER": "never", "90d": "2026-05-30T10:00:00Z", "nev": "", "": ""} {
		if value, err := Time(typed, now, true); value != want || (err != nil) != (want == "") || err != nil && !strings.Contains(err.Error(), "or never") {
			t.Errorf("%q is %q, %v", typed, value, err)
		}
	}
	if value, err := Time("never", now, false); err == nil || strings.Contains(err.Error(), "never") {
		t.Errorf("without the word it is %q, %v", value, err)
	}
}

func TestAPastedSecretIsTakenAsItIsButForItsLineEnd(t *testing.T) {
	for pasted, want := range map[string]string{
		pastedKey + "\n": pastedKey, pastedKey + "\r\n": pastedKey, " " + pastedKey + "  ": " " + pastedKey + "  ",
		pastedKey + "\u00a0\u200b": pastedKey + "\u00a0\u200b",
	} {
		s := &secretField{}
		s.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(pasted), Paste: true})
		if got, err := s.value(); got != want || err != nil {
			t.Errorf("%+q became %+q, %v", pasted, got, err)
		}
	}
	for _, odd := range []string{pastedKey + "\x1b[2J", "two\nlines"} {
		s := &secretField{}
		s.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(odd), Paste: true})
		if _, err := s.value(); err == nil {
			t.Errorf("%+q was taken", odd)
		}
		s.press(tea.KeyMsg{Type: tea.KeyCtrlU})
		if got, err := s.value(); got != "" || err != nil {
			t.Errorf("after ctrl+u there is %+q, %v", got, err)
		}
	}
}

func typed(letters string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(letters)} }

func TestOneLetterMoreLeavesTheRestAsItWas(t *testing.T) {
	for _, first := range []string{"one\ntwo\t(owner:\u00a0ops)", " 👩\u200d🔧❤\ufe0f\u00ad\u200f ", "\x1b[2J\x00", strings.Repeat("丽", 3000)} {
		l := newTextField(first, true)
		l.press(typed("x"))
		if got, err := l.value(); got != first+"x" || err != nil {
			t.Errorf("%.20q became %.20q, %v", first, got, err)
		}
	}
}

func TestAPastedLineBreakIsOneOrIsRefused(t *testing.T) {
	for pasted, want := range map[string]struct{ one, many string }{
		"deploy\rrunner\t2\r":              {"", "deploy\nrunner\t2\n"},
		"root.admin\n":                     {"root.admin", "root.admin\n"},
		"  root.admin  ":                   {"root.admin", "  root.admin  "},
		"a\x1b[2J":                         {"", ""},
		"a\ufffd":                          {"", ""},
		"👩\u200d🔧":                         {"👩\u200d🔧", "👩\u200d🔧"},
		strings.Repeat("x", longestText+1): {"", ""},
	} {
		for lines, want := range map[bool]string{false: want.one, true: want.many} {
			l := newTextField("", lines)
			l.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(pasted), Paste: true})
			got, err := l.value()
			if want == "" && err == nil || want != "" && (got != want || err != nil) || strings.ContainsAny(got, "␊␍␉") {
				t.Errorf("%.30q, with lines %v, became %.30q, %v", pasted, lines, got, err)
			}
		}
	}
}

func TestAFieldSaysWhatOfItCannotBeShown(t *testing.T) {
	for first, want := range map[string]string{"a\nb": "␊ is a line break", "a\u200db": "more than can be shown", "plain": ""} {
		shown := strings.Join(newTextField(first, true).hints(), " ")
		if want == "" && shown != "" || !strings.Contains(shown, want) {
			t.Errorf("of %q it says %q", first, shown)
		}
	}
}

func TestAFieldDoesNotPromiseToSendWhatItRefuses(t *testing.T) {
	for pasted, lines := range map[string]bool{"a\nb": false, "a\x1bb": true, "a\nb\x1b": true} {
		l := newTextField("", lines)
		l.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(pasted), Paste: true})
		if shown := strings.Join(l.hints(), " "); strings.Contains(shown, "the server gets") {
			t.Errorf("%q is refused, and it says %q", pasted, shown)
		}
	}
}

func TestAFieldThatNobodyTouchedStaysAsItWas(t *testing.T) {
	for _, first := range []string{" kept ", strings.Repeat("x", 1500), "plain"} {
		l := newTextField(first, false)
		if got, _ := l.value(); got != first {
			t.Errorf("%.20q became %.20q", first, got)
		}
		l.press(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{'y'}})
		l.press(tea.KeyMsg{Type: tea.KeyBackspace})
		if got, _ := l.value(); len(first) < 1000 && got != first {
			t.Errorf("touched and put back, %q became %q", first, got)
		}
	}
}

// shown is what a form shows in a window, with nothing behind it.
func shown(f *Model, width, height int) string {
	var s look.Scroller
	return f.View(&s, "Create a token on tower", nil, width, height).Over(look.Behind{}, width, height)
}

func TestWhatAFormSaysOfAValueIsHarmless(t *testing.T) {
	const hostile = "a\x1b[2J\nb\u202e"
	text := model.Field{Label: "name", Kind: model.AskText, Value: hostile, Check: func(value string) error { return errors.New(value + " is none") }}
	if got := Shown(text, hostile); model.Clean(got).String() != got {
		t.Errorf("a question shows %+q", got)
	}
	f := New(look.Styles{}, look.NewKeys(), time.Now, []model.Field{text})
	f.Press(tea.KeyMsg{Type: tea.KeyEnter})
	for line := range strings.Lines(shown(f, 200, 20)) {
		if line = strings.TrimSuffix(ansi.Strip(line), "\n"); strings.ContainsAny(line, "\x1b\u202e") {
			t.Errorf("the form shows %+q", line)
		}
	}
	if wrong := f.inputs[0].wrong; wrong == "" || model.Clean(wrong).String() != wrong {
		t.Errorf("what is wrong is said as %+q", wrong)
	}
}
