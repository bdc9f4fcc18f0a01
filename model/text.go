package model

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	textLimit  = 1024     // letters that are kept of one foreign string
	wholeLimit = 64 << 10 // bytes of a changed one that can be had again as they came
	markLimit  = 3        // combining marks that one letter may carry
	picture    = '␀'      // first of the pictures of the control characters, U+2400
	pictureDel = '␡'
	zwnj       = '\u200c'
)

// Text is a string that came from outside: an answer, an error, a header, a
// file's name, a paste. It is cleaned once, as it is made, and is then harmless
// letters: no control characters, no bidirectional controls, nothing invisible.
// It remembers whether cleaning changed it, and what came, in ASCII with Go's escapes,
// so that no printer of a struct puts it on a screen. The zero value is the empty text.
type Text struct{ clean, quoted, whole string }

// Clean makes foreign text safe for a screen and a log:
//   - C0 controls and DEL become their pictures (␛, ␍), C1 controls U+FFFD;
//   - every kind of space becomes a plain one;
//   - bidirectional controls and default-ignorable characters go, and so do
//     variation selectors and skin tones, of whose width terminals disagree; a
//     zero-width non-joiner between two letters stays, because Persian needs it;
//   - invalid bytes become U+FFFD;
//   - a letter keeps three combining marks, the text 1,024 letters.
func Clean(foreign string) Text {
	if plain(foreign) {
		return Text{clean: foreign}
	}
	return cleaned(foreign)
}

// cleaned is [Clean] for what may need it.
func cleaned(foreign string) Text {
	c := cleaner{}
	for i, r := range foreign {
		if c.kept == textLimit {
			c.out.WriteRune('…')
			break
		}
		c.add(r, foreign[i:])
	}
	t := Text{clean: c.out.String()}
	if t.clean != foreign {
		t.quoted = quote(foreign)
	}
	if t.Changed() && len(foreign) <= wholeLimit {
		t.whole = strconv.QuoteToASCII(foreign)
	}
	return t
}

// Join puts the texts that are not empty together, with a separator of ours.
func Join(separator string, parts ...Text) Text {
	clean, changed := make([]string, 0, len(parts)), false
	for _, t := range parts {
		if !t.Empty() {
			clean = append(clean, t.clean)
		}
		changed = changed || t.Changed()
	}
	joined := Text{clean: strings.Join(clean, separator)}
	if changed {
		joined.quoted = joinQuoted(separator, parts)
	}
	return joined
}

// joinQuoted puts together what came: of a text that is as it came, that is the text.
func joinQuoted(separator string, parts []Text) string {
	var quoted []string
	for _, t := range parts {
		if t.Changed() {
			quoted = append(quoted, t.quoted)
		} else if !t.Empty() {
			quoted = append(quoted, strconv.QuoteToASCII(t.clean))
		}
	}
	return strings.Join(quoted, separator)
}

// String is the cleaned text.
func (t Text) String() string { return t.clean }

// Changed reports whether the text differs from what came.
func (t Text) Changed() bool { return t.quoted != "" }

// Original is what came, byte by byte, to be given back to where it came from and to
// nobody else: it is not clean. It is false for a text that is not had any more as it
// came, because it was too long or was put together here.
func (t Text) Original() (came string, had bool) {
	if !t.Changed() {
		return t.clean, true
	}
	came, err := strconv.Unquote(t.whole)
	return came, err == nil
}

// Came is what came, as far as it is had, for whoever keeps it.
func (t Text) Came() string {
	if whole, had := t.Original(); had {
		return whole
	}
	return t.clean
}

// Quoted is what came, in ASCII with Go's escapes and cut to a sane length; of
// unchanged text it is the text itself.
func (t Text) Quoted() string {
	if t.quoted == "" {
		return t.clean
	}
	return t.quoted
}

// Empty reports whether nothing is left to show.
func (t Text) Empty() bool { return t.clean == "" }

// UnmarshalJSON implements [json.Unmarshaler]: the border is crossed as an
// answer is decoded. JSON's null is the empty text.
func (t *Text) UnmarshalJSON(data []byte) error {
	if text, is := plainJSON(data); is {
		*t = Text{clean: string(text)}
		return nil
	}
	var foreign string
	if err := json.Unmarshal(data, &foreign); err != nil {
		return err
	}
	*t = Clean(foreign)
	return nil
}

// MarshalJSON implements [json.Marshaler] with the cleaned text.
func (t Text) MarshalJSON() ([]byte, error) { return json.Marshal(t.clean) }

type cleaner struct {
	out   strings.Builder
	kept  int  // letters written
	marks int  // combining marks on the last letter
	last  rune // last letter written
}

// add takes the letter r; rest begins with it.
func (c *cleaner) add(r rune, rest string) {
	switch {
	case r == utf8.RuneError:
		c.write(utf8.RuneError)
	case r < 0x20:
		c.write(picture + r)
	case r == 0x7f:
		c.write(pictureDel)
	case unicode.Is(unicode.Zs, r):
		c.write(' ')
	case r < 0xa0 && r > 0x7f, !unicode.IsPrint(r) && !invisible(r):
		c.write(utf8.RuneError)
	case r == zwnj && unicode.IsLetter(c.last) && letterFollows(rest):
		c.out.WriteRune(r)
	case invisible(r):
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Mc):
		c.mark(r)
	default:
		c.write(r)
	}
}

func (c *cleaner) write(r rune) {
	c.out.WriteRune(r)
	c.kept, c.marks, c.last = c.kept+1, 0, r
}

// mark lets a combining mark through while its letter carries few enough. A
// mark without a letter would climb onto the frame, and gets none.
func (c *cleaner) mark(r rune) {
	if c.last != 0 && c.marks < markLimit {
		c.out.WriteRune(r)
		c.marks++
	}
}

// invisible holds what has no picture of its own, or a width that terminals
// disagree about (measured: variation selectors, skin tones, joined emoji,
// soft hyphens).
func invisible(r rune) bool {
	skinTone := r >= 0x1f3fb && r <= 0x1f3ff
	return skinTone || unicode.In(r, unicode.Cf, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Zl, unicode.Zp)
}

func letterFollows(rest string) bool {
	_, size := utf8.DecodeRuneInString(rest)
	next, _ := utf8.DecodeRuneInString(rest[size:])
	return unicode.IsLetter(next) && !invisible(next) // a Hangul filler is a letter without a picture
}

func quote(foreign string) string {
	if len(foreign) <= textLimit {
		return strconv.QuoteToASCII(foreign)
	}
	end := textLimit
	for end > textLimit-utf8.UTFMax && !utf8.RuneStart(foreign[end]) {
		end-- // no letter is cut in half
	}
	return strconv.QuoteToASCII(foreign[:end]) + " and more, " + strconv.Itoa(len(foreign)) + " bytes in all"
}
