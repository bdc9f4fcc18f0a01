package model

import "strings"

// keyLength is from how many letters on a word is taken for a key.
const keyLength = 20

// LikeSecret reports whether a text has a word in it that may be a key: so long, and of
// nothing but the letters that keys are made of. It errs on the safe side: a name can be
// such a word too.
func LikeSecret(text string) bool {
	run := 0
	for _, r := range text {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("-_+/=", r)) {
			if run++; run >= keyLength {
				return true
			}
			continue
		}
		run = 0
	}
	return false
}
