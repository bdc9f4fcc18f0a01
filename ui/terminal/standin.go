package terminal

import (
	"strings"
	"unicode/utf8"

	"authdeck/model"
)

// A key that is shown goes through many strings on its way to the terminal: lines,
// boxes, the frame, the frame before it. None of them can be overwritten, and a
// dump of the memory had forty copies of a key that was shown once. So the console
// draws a stand-in, and [Output] puts the key in its place in the one buffer that
// it wipes after every frame.

// firstStandIn is the first of the letters that stand for those of a key, by their
// place. They are private ones of Unicode, which no foreign text has when it is
// shown, see [model.Clean], and as wide as the plain letters that they stand for.
const (
	firstStandIn = '\U000F0000'
	lastStandIn  = '\U000FFFFD'
)

// StandIn is what a screen shows a secret by; [Session.Unveil] has to know the
// secret. Only a plain one has a letter for each of its bytes.
func StandIn(s model.Secret) string {
	var b strings.Builder
	for i := range min(s.Len(), lastStandIn-firstStandIn+1) {
		b.WriteRune(firstStandIn + rune(i))
	}
	return b.String()
}

// standsIn reports a letter that stands for one of a secret.
func standsIn(r rune) bool { return r >= firstStandIn && r <= lastStandIn }

// fillIn writes a frame with the secret's letters in the place of those that stand
// for them.
func fillIn(dst, frame []byte, s model.Secret) []byte {
	for len(frame) > 0 {
		r, size := utf8.DecodeRune(frame)
		if !standsIn(r) {
			dst = append(dst, frame[:size]...)
		} else {
			dst = s.RevealByte(dst, int(r-firstStandIn))
		}
		frame = frame[size:]
	}
	return dst
}
