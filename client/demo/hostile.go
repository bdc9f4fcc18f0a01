package demo

import "strings"

// Hostile lists texts that do harm on a terminal which prints them as they
// come. Each one is somebody's name in the demo. They are valid UTF-8.
func Hostile() []string {
	return []string{
		"\x1b]52;c;cm0gLXJmIH4K\a",     // sets the clipboard
		"\x1b]52;c;cm0gLXJmIH4K\x1b\\", // the same, ended the other way
		"\x1b[2J\x1b[H",                // clears the screen, cursor home
		"\x1b]0;owned\a",               // sets the title
		"\x1b]8;;http://evil.invalid\x1b\\door\x1b]8;;\x1b\\", // a link
		"C1\u009b2J",                 // clears the screen in one code point
		"C1\u009d0;owned\u009c",      // sets the title
		"\x1bP1$r0m\x1b\\",           // a device control string
		"Mallory\rAlice",             // overwrites itself
		"Mallory\b\b\b\b\b\b\bAlice", // so does this
		"bell\a\a\a",
		"two\nlines\tand a tab",
		"\u202etxt.live",                             // right-to-left override
		"\u2066in\u2069\u2067out\u2069\u2068?\u2069", // isolates
		"\u200eleft\u200fright",                      // direction marks
		"zero\u200bwidth\u200djoined",
		"\ufeffByte\u00adOrder\u00adMark", // and soft hyphens
		"\u2764\ufe0f\U0001f468\U0001f3fd\u200d\U0001f469\U0001f3fb\u200d\U0001f467\U0001f3ff",
		"tag\U000e0001\U000e0065\U000e006e\U000e007f", // tag characters
		"Z" + strings.Repeat("\u0335\u0346\u0321\u031b\u0489", 10),
		"nul\x00del\x7f",
		"\x1b[?1049l", // leaves the alternate screen
		"\x1b[201~dy", // ends a paste and presses two keys
		strings.Repeat("long", 1250),
	}
}
