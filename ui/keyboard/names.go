package keyboard

import (
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	uv "github.com/charmbracelet/ultraviolet"
)

// stroke is a key with its modifiers, but for alt, as ultraviolet names it.
type stroke struct {
	code rune
	mod  uv.KeyMod
}

// names is what Bubble Tea v1 calls the keys that are no letters. A key that is
// not here means nothing.
func names() map[stroke]tea.KeyType {
	const (
		shift = uv.ModShift
		ctrl  = uv.ModCtrl
	)
	table := map[stroke]tea.KeyType{
		{uv.KeyEnter, 0}: tea.KeyEnter, {uv.KeyEnter, shift}: tea.KeyEnter, {uv.KeyKpEnter, 0}: tea.KeyEnter,
		{uv.KeyEscape, 0}: tea.KeyEsc, {uv.KeyEscape, shift}: tea.KeyEsc, {'[', ctrl}: tea.KeyEsc,
		{uv.KeyTab, 0}: tea.KeyTab, {uv.KeyTab, shift}: tea.KeyShiftTab,
		{uv.KeyBackspace, 0}: tea.KeyBackspace, {uv.KeyBackspace, shift}: tea.KeyBackspace, {'?', ctrl}: tea.KeyBackspace,
		{uv.KeySpace, 0}: tea.KeySpace, {uv.KeySpace, shift}: tea.KeySpace,
		{uv.KeySpace, ctrl}: tea.KeyCtrlAt, {'@', ctrl}: tea.KeyCtrlAt,
		{'\\', ctrl}: tea.KeyCtrlBackslash, {']', ctrl}: tea.KeyCtrlCloseBracket,
		{'^', ctrl}: tea.KeyCtrlCaret, {'_', ctrl}: tea.KeyCtrlUnderscore,

		{uv.KeyUp, 0}: tea.KeyUp, {uv.KeyUp, shift}: tea.KeyShiftUp, {uv.KeyUp, ctrl}: tea.KeyCtrlUp, {uv.KeyUp, ctrl | shift}: tea.KeyCtrlShiftUp,
		{uv.KeyDown, 0}: tea.KeyDown, {uv.KeyDown, shift}: tea.KeyShiftDown, {uv.KeyDown, ctrl}: tea.KeyCtrlDown, {uv.KeyDown, ctrl | shift}: tea.KeyCtrlShiftDown,
		{uv.KeyLeft, 0}: tea.KeyLeft, {uv.KeyLeft, shift}: tea.KeyShiftLeft, {uv.KeyLeft, ctrl}: tea.KeyCtrlLeft, {uv.KeyLeft, ctrl | shift}: tea.KeyCtrlShiftLeft,
		{uv.KeyRight, 0}: tea.KeyRight, {uv.KeyRight, shift}: tea.KeyShiftRight, {uv.KeyRight, ctrl}: tea.KeyCtrlRight, {uv.KeyRight, ctrl | shift}: tea.KeyCtrlShiftRight,
		{uv.KeyHome, 0}: tea.KeyHome, {uv.KeyHome, shift}: tea.KeyShiftHome, {uv.KeyHome, ctrl}: tea.KeyCtrlHome, {uv.KeyHome, ctrl | shift}: tea.KeyCtrlShiftHome,
		{uv.KeyEnd, 0}: tea.KeyEnd, {uv.KeyEnd, shift}: tea.KeyShiftEnd, {uv.KeyEnd, ctrl}: tea.KeyCtrlEnd, {uv.KeyEnd, ctrl | shift}: tea.KeyCtrlShiftEnd,
		{uv.KeyPgUp, 0}: tea.KeyPgUp, {uv.KeyPgUp, ctrl}: tea.KeyCtrlPgUp,
		{uv.KeyPgDown, 0}: tea.KeyPgDown, {uv.KeyPgDown, ctrl}: tea.KeyCtrlPgDown,
		{uv.KeyInsert, 0}: tea.KeyInsert, {uv.KeyDelete, 0}: tea.KeyDelete,

		// The keypad without its numbers, as kitty names it.
		{uv.KeyKpUp, 0}: tea.KeyUp, {uv.KeyKpDown, 0}: tea.KeyDown, {uv.KeyKpLeft, 0}: tea.KeyLeft, {uv.KeyKpRight, 0}: tea.KeyRight,
		{uv.KeyKpHome, 0}: tea.KeyHome, {uv.KeyKpEnd, 0}: tea.KeyEnd, {uv.KeyKpPgUp, 0}: tea.KeyPgUp, {uv.KeyKpPgDown, 0}: tea.KeyPgDown,
		{uv.KeyKpInsert, 0}: tea.KeyInsert, {uv.KeyKpDelete, 0}: tea.KeyDelete,
	}
	for letter := 'a'; letter <= 'z'; letter++ {
		table[stroke{letter, ctrl}] = tea.KeyCtrlA + tea.KeyType(letter-'a')
	}
	for f := range rune(20) { // v1 counts down; F13 to F20 are also shift with the first eight
		table[stroke{uv.KeyF1 + f, 0}] = tea.KeyF1 - tea.KeyType(f)
	}
	for f := range rune(8) {
		table[stroke{uv.KeyF1 + f, shift}] = tea.KeyF13 - tea.KeyType(f)
	}
	return table
}

// keypad is what stands on a key of the keypad.
func keypad(code rune) (rune, bool) {
	switch {
	case code >= uv.KeyKp0 && code <= uv.KeyKp9:
		return '0' + code - uv.KeyKp0, true
	case code >= uv.KeyKpEqual && code <= uv.KeyKpDivide:
		return []rune("=*+,-./")[code-uv.KeyKpEqual], true
	case code == uv.KeyKpSep:
		return ',', true
	}
	return 0, false
}

// name gives a key press its name in Bubble Tea v1. Locks are no modifiers;
// modifiers that v1 does not know make another key of it, which has no name.
func (d *Decoder) name(k uv.Key) (tea.KeyMsg, sort) {
	mod := k.Mod &^ (uv.ModCapsLock | uv.ModNumLock | uv.ModScrollLock)
	msg := tea.KeyMsg{Alt: mod.Contains(uv.ModAlt)}
	mod &^= uv.ModAlt
	if r, ok := keypad(k.Code); ok && mod == 0 {
		msg.Type, msg.Runes = tea.KeyRunes, []rune{r}
		return msg, noSort
	}
	kind, ok := d.names[stroke{base(k, mod), mod}]
	switch {
	case ok:
		msg.Type = kind
		if kind == tea.KeySpace {
			msg.Runes = []rune{' '}
		}
		return msg, noSort
	case mod&^uv.ModShift != 0:
		return msg, nameless
	}
	r, ok := typedRune(k, mod)
	if !ok {
		return msg, nameless
	}
	msg.Type, msg.Runes = tea.KeyRunes, []rune{r}
	return msg, noSort
}

// base is the letter that ctrl is pressed with: on every keyboard the one that
// stands there on a US keyboard, as terminals have always sent it.
func base(k uv.Key, mod uv.KeyMod) rune {
	if mod != uv.ModCtrl || k.Code < unicode.MaxASCII {
		return k.Code
	}
	if r, ok := latin(k.Code); ok {
		return r
	}
	return k.Code
}

// typedRune is the one letter that a key types.
func typedRune(k uv.Key, mod uv.KeyMod) (rune, bool) {
	text := []rune(k.Text)
	switch {
	case len(text) == 0 && mod == uv.ModShift && k.ShiftedCode != 0:
		text = []rune{k.ShiftedCode}
	case len(text) == 0 && mod == uv.ModShift:
		text = []rune{unicode.ToUpper(k.Code)}
	case len(text) == 0:
		text = []rune{k.Code}
	}
	if len(text) != 1 || text[0] > unicode.MaxRune || unicode.IsControl(text[0]) {
		return 0, false
	}
	return text[0], true
}
