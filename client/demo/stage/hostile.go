package stage

import (
	"cmp"
	"slices"
	"strings"
)

// Hostile lists texts that do harm on a terminal which prints them as they
// come. Each one is somebody's name in the demo. They are valid UTF-8.
func Hostile() []string {
	return []string{
		// Sets the clipboard.
		"\x1b]52;c;cm0gLXJmIH4K\a",
		// The same, ended the other way.
		"\x1b]52;c;cm0gLXJmIH4K\x1b\\",
		// Clears the screen, cursor home.
		"\x1b[2J\x1b[H",
		// Sets the title.
		"\x1b]0;owned\a",
		// A link.
		"\x1b]8;;http://evil.invalid\x1b\\door\x1b]8;;\x1b\\",
		// Clears the screen in one code point.
		"C1\u009b2J",
		// Sets the title.
		"C1\u009d0;owned\u009c",
		// A device control string.
		"\x1bP1$r0m\x1b\\",
		// Overwrites itself.
		"Mallory\rAlice",
		// So does this.
		"Mallory\b\b\b\b\b\b\bAlice",
		"bell\a\a\a",
		"two\nlines\tand a tab",
		// Right-to-left override.
		"\u202etxt.live",
		// Isolates.
		"\u2066in\u2069\u2067out\u2069\u2068?\u2069",
		// Direction marks.
		"\u200eleft\u200fright",
		"zero\u200bwidth\u200djoined",
		// And soft hyphens.
		"\ufeffByte\u00adOrder\u00adMark",
		"\u2764\ufe0f\U0001f468\U0001f3fd\u200d\U0001f469\U0001f3fb\u200d\U0001f467\U0001f3ff",
		// Tag characters.
		"tag\U000e0001\U000e0065\U000e006e\U000e007f",
		"Z" + strings.Repeat("\u0335\u0346\u0321\u031b\u0489", 10),
		"nul\x00del\x7f",
		// Leaves the alternate screen.
		"\x1b[?1049l",
		// Ends a paste and presses two keys.
		"\x1b[201~dy",
		strings.Repeat("long", 1250),
	}
}

// crowd is how many users are needed to have somebody who is on no first page.
const crowd = 200

// plantFew gives some surnames that do harm in a calm company. A list may begin with the
// oldest, the newest or the first in the alphabet, so they are in the middle of their time
// and late in the alphabet.
func plantFew(users []*User) {
	n := len(users)
	if n < crowd {
		return
	}
	middle := slices.DeleteFunc(slices.Clone(users[n*3/10:n*6/10]), func(u *User) bool { return u.First == "" || !u.Active || u.Rights != SignedIn })
	slices.SortFunc(middle, func(a, b *User) int { return cmp.Compare(b.Username, a.Username) })
	texts := Hostile()
	for i, text := range []string{texts[0], texts[2], texts[8], texts[12]} {
		if at := 2 * i; at < len(middle) {
			middle[at].Last, middle[at].Harmful = text, true
		}
	}
}
