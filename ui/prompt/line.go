package prompt

import (
	"slices"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"authdeck/model"
	"authdeck/ui/caret"
)

// line is a text under a cursor. It keeps every rune as it came, whatever the screen
// can show of it: what is sent is what was typed or what was there.
type line struct {
	runes []rune
	at    int // of the cursor, at the beginning of a letter or the end of the text
}

// follows reports whether a rune is no letter of its own on the screen, but part of the
// one before it: a mark, or something invisible.
func follows(r rune) bool { return r > unicode.MaxASCII && model.Clean(string(r)).Empty() }

// shown is a part of the text as the screen shows it.
func shown(runes []rune) string { return model.Clean(string(runes)).String() }

func width(runes []rune) int { return ansi.StringWidth(shown(runes)) }

// after is the end of the letter that begins at a place.
func (l *line) after(i int) int {
	if i == 0 && len(l.runes) > 0 && follows(l.runes[0]) { // of a text that begins with them they belong to the next letter
		i = slices.IndexFunc(l.runes, func(r rune) bool { return !follows(r) })
		if i < 0 {
			return len(l.runes)
		}
	}
	i++
	for i < len(l.runes) && follows(l.runes[i]) {
		i++
	}
	return min(i, len(l.runes))
}

// before is the beginning of the letter that ends at a place.
func (l *line) before(i int) int {
	i--
	for i > 0 && follows(l.runes[i]) {
		i--
	}
	if i <= 0 || !slices.ContainsFunc(l.runes[:i], func(r rune) bool { return !follows(r) }) {
		return 0
	}
	return i
}

// wordAfter is the end of the word after a place, wordBefore the beginning of the one
// before it.
func (l *line) wordAfter(i int) int {
	for i < len(l.runes) && unicode.IsSpace(l.runes[i]) {
		i++
	}
	for i < len(l.runes) && !unicode.IsSpace(l.runes[i]) {
		i++
	}
	return i
}

func (l *line) wordBefore(i int) int {
	for i > 0 && unicode.IsSpace(l.runes[i-1]) {
		i--
	}
	for i > 0 && !unicode.IsSpace(l.runes[i-1]) {
		i--
	}
	return i
}

func (l *line) insert(runes []rune) {
	l.runes = slices.Insert(l.runes, l.at, runes...)
	l.at += len(runes)
	for l.at < len(l.runes) && follows(l.runes[l.at]) {
		l.at++
	}
}

func (l *line) delete(from, to int) {
	l.runes = slices.Delete(l.runes, from, to)
	l.at = from
}

// press moves or deletes by a key, as a shell does; false for a key that does neither.
func (l *line) press(key string) bool {
	end := len(l.runes)
	switch key {
	case "right", "ctrl+f":
		l.at = l.after(l.at)
	case "left", "ctrl+b":
		l.at = l.before(l.at)
	case "alt+right", "ctrl+right", "alt+f":
		l.at = l.wordAfter(l.at)
	case "alt+left", "ctrl+left", "alt+b":
		l.at = l.wordBefore(l.at)
	case "home", "ctrl+a":
		l.at = 0
	case "end", "ctrl+e":
		l.at = end
	case "backspace", "ctrl+h":
		l.delete(l.before(l.at), l.at)
	case "delete", "ctrl+d":
		l.delete(l.at, l.after(l.at))
	case "alt+backspace", "ctrl+w":
		l.delete(l.wordBefore(l.at), l.at)
	case "alt+delete", "alt+d":
		l.delete(l.at, l.wordAfter(l.at))
	case "ctrl+k":
		l.delete(l.at, end)
	case "ctrl+u":
		l.delete(0, l.at)
	default:
		return false
	}
	return true
}

// roomy is the least room in which it is worth a letter to say that there are more.
const roomy = 8

// view is what of the text there is room for, and … where it goes on.
func (l *line) view(room int) string {
	left, under, right := l.window(room)
	before, after := l.beyond(left, under, right)
	for marks := 0; room >= roomy && marks < len(before)+len(after); before, after = l.beyond(left, under, right) {
		marks = len(before) + len(after)
		left, under, right = l.window(room - ansi.StringWidth(before+after))
	}
	if room < roomy {
		before, after = "", ""
	}
	on := shown(under)
	if on == "" {
		on = " "
	}
	return before + shown(left) + caret.Here + on + shown(right) + after
}

// beyond are the signs that the text begins before what is shown of it, and ends after.
func (l *line) beyond(left, under, right []rune) (before, after string) {
	from := l.at - len(left)
	if from > 0 {
		before = "…"
	}
	if from+len(left)+len(under)+len(right) < len(l.runes) {
		after = "…"
	}
	return before, after
}

// window is what of the text there is room for, in three: before the cursor, under it,
// and after it. The cursor's letter is always in it.
func (l *line) window(room int) (left, under, right []rune) {
	edge := l.after(l.at)
	from, to := l.at, edge
	used := max(1, width(l.runes[l.at:edge]))
	for from > 0 {
		letter := l.before(from)
		if used += width(l.runes[letter:from]); used > room {
			break
		}
		from = letter
	}
	for to < len(l.runes) && used <= room {
		letter := l.after(to)
		if used += width(l.runes[to:letter]); used > room {
			break
		}
		to = letter
	}
	return l.runes[from:l.at], l.runes[l.at:edge], l.runes[edge:to]
}
