package model

import (
	"strconv"
	"strings"
)

// Thousands is a number as people read it: 1,204.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && n > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// Typable is what a person types to name an object: its name, or its number where the name is
// missing or is not what came.
func Typable(name Text, id string) string {
	if strings.TrimSpace(name.String()) == "" || name.Changed() {
		return Clean(id).String()
	}
	return name.String()
}

// ShellWord is a text as a shell takes it for one word.
func ShellWord(text string) string {
	text = Clean(text).String()
	plain := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("/._-+:@,%", r)
	}
	if text != "" && strings.IndexFunc(text, func(r rune) bool { return !plain(r) }) < 0 {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
