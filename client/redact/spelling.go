package redact

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// spelling is one way in which a secret may be written, as small letters and digits
// alone: all parts of it that are long enough to be told by.
type spelling struct {
	length int // of each part
	parts  map[string]bool
}

// spellings are those in which servers and what they are made of write what they
// were sent: as it is, in base64 wherever it begins in the three bytes of a group,
// in hex, and as a list of numbers. What a program may escape, [readings] undoes.
func spellings(secret string) []spelling {
	hexed := hex.EncodeToString([]byte(secret))
	all := []spelling{
		spelled(plainly(secret), 8),
		spelled(plainly(secret), longWord),
		spelled(hexed, 16),
		spelled(strings.Join(pairs(hexed), "0x"), 24), // 0x61, 0x62
		spelled(numbered(secret), 20),                 // 97, 98
	}
	for before := range 3 {
		all = append(all, spelled(plainly(inBase64(secret, before)), 12))
	}
	return all
}

const (
	leastPlain = 4  // below it every text has a spelling somewhere
	longWord   = 12 // below it a part of letters alone may be a word: passwords hold some
)

// spelled are the parts of a spelling that no chance makes. What is short as a whole
// is told as a whole.
func spelled(plain string, length int) spelling {
	s := spelling{min(length, len(plain)), map[string]bool{}}
	if s.length < leastPlain {
		return s
	}
	for i := 0; i+s.length <= len(plain); i++ {
		part := plain[i : i+s.length]
		if s.length == len(plain) || s.length >= longWord || strings.ContainsFunc(part, unicode.IsDigit) {
			s.parts[part] = true
		}
	}
	return s
}

// in reports whether a text has the spelling, or a part of it.
func (s spelling) in(plain string) bool {
	for i := 0; len(s.parts) > 0 && i+s.length <= len(plain); i++ {
		if s.parts[plain[i:i+s.length]] {
			return true
		}
	}
	return false
}

// plainly is a text without regard to case, and to whatever may stand between its
// letters.
func plainly(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// inBase64 are the letters of base64 that stand for nothing but the secret, when
// so many bytes come before it.
func inBase64(secret string, before int) string {
	encoded := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", before) + secret))
	const bits = 6
	first, end := (before*8+bits-1)/bits, (before+len(secret))*8/bits
	return encoded[min(first, end):end]
}

func pairs(hexed string) []string {
	two := []string{""}
	for i := 0; i < len(hexed); i += 2 {
		two = append(two, hexed[i:i+2])
	}
	return two
}

func numbered(secret string) string {
	var all strings.Builder
	for _, b := range []byte(secret) {
		all.WriteString(strconv.Itoa(int(b)))
	}
	return all.String()
}

// readings are a text as it is, and as it reads once what escapes there may be
// have been undone, once, twice and three times.
func readings(text string) []string {
	all := []string{text}
	for range 3 {
		next := unescaped(percented(html.UnescapeString(text)))
		if next == text {
			break
		}
		all, text = append(all, next), next
	}
	return all
}

var percents = regexp.MustCompile(`(%[0-9A-Fa-f]{2})+`)

// percented undoes the escapes of an address, and leaves a percent sign alone.
func percented(text string) string {
	return percents.ReplaceAllStringFunc(text, func(escaped string) string {
		plain, err := url.PathUnescape(escaped)
		if err != nil {
			return escaped
		}
		return plain
	})
}

var escapes = regexp.MustCompile(`\\(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|[0-7]{3}|.)`)

// unescaped undoes the escapes of JSON and of programs.
func unescaped(text string) string {
	return escapes.ReplaceAllStringFunc(text, func(escaped string) string {
		base := map[byte]int{'u': 16, 'x': 16}[escaped[1]]
		digits := escaped[2:]
		if base == 0 && len(escaped) == len(`\101`) {
			base, digits = 8, escaped[1:]
		}
		if base == 0 {
			return escaped[1:]
		}
		code, err := strconv.ParseUint(digits, base, 32)
		if err != nil {
			return escaped
		}
		return fmt.Sprintf("%c", rune(code)) //nolint:gosec // four digits at the most
	})
}
