package model

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"
)

// hidden is what every printer gets to see of a Secret.
const hidden = "[secret]"

// What ends the name of a file for a key.
const (
	WrittenKey = ".key"         // that somebody wanted there
	RescuedKey = ".rescued.key" // that was put there because nobody was left to take it
)

// KeyFile is the name of a file for a key: of its system, the token's number and a moment, in
// letters that harm nothing, and never of a foreign name.
func KeyFile(system string, t Token, at time.Time, end string) string {
	return fmt.Sprintf("%.40s-%.40s-%s%s", harmless(system), harmless(t.ID), at.UTC().Format("20060102T150405Z"), end)
}

func harmless(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", r) {
			return r
		}
		return '_'
	}, name)
}

// errSecret stops a Secret from being marshalled. An error and not a mask: a
// mask that is sent to a server would become somebody's password.
var errSecret = errors.New("a secret is never marshalled")

// Secret is a token key or a password. It refuses every verb of fmt, every
// marshaller and slog; [Secret.Reveal] is the only way out, so that a search
// for that name finds every place where a secret leaves.
//
// Copies share what they hold, so [Secret.Wipe] on one forgets it in all. The
// zero value is the absent secret.
type Secret struct{ held **held }

// held is behind two pointers because fmt asks no Formatter about an unexported
// field, nor for a verb that does not fit: it would print the bytes. One
// pointer it still follows then; of two it prints the address.
type held struct{ bytes []byte }

// NewSecret takes a secret that came as text.
func NewSecret(s string) Secret {
	h := &held{[]byte(s)}
	return Secret{&h}
}

// Reveal is the secret itself, in a string that nobody can overwrite. Where it is
// only passed on, [Secret.RevealTo] and [Secret.RevealByte] leave none.
func (s Secret) Reveal() string { return string(s.bytes()) }

// RevealTo appends the secret to a buffer, which the caller wipes.
func (s Secret) RevealTo(dst []byte) []byte { return append(dst, s.bytes()...) }

// RevealByte appends one byte of the secret, and a dot where it has none there.
func (s Secret) RevealByte(dst []byte, at int) []byte {
	if b := s.bytes(); at >= 0 && at < len(b) {
		return append(dst, b[at])
	}
	return append(dst, "•"...)
}

// Len is how many bytes the secret has.
func (s Secret) Len() int { return len(s.bytes()) }

// Copy is the same secret in memory of its own, which a Wipe of the other leaves
// alone.
func (s Secret) Copy() Secret {
	h := &held{s.RevealTo(nil)}
	return Secret{&h}
}

// Empty reports whether there is no secret, or none any more.
func (s Secret) Empty() bool { return len(s.bytes()) == 0 }

// Plain reports whether the secret is made of printable ASCII without blanks, as
// every key of every known system is. Of another one nobody can say what a paste
// of it does.
func (s Secret) Plain() bool {
	for _, b := range s.bytes() {
		if b < '!' || b > '~' {
			return false
		}
	}
	return true
}

func (s Secret) bytes() []byte {
	if s.held == nil {
		return nil
	}
	return (*s.held).bytes
}

// Equal compares in time that does not depend on the content. Two absent
// secrets are not equal: nothing matches a key that is not there.
func (s Secret) Equal(other Secret) bool {
	return !s.Empty() && subtle.ConstantTimeCompare(s.bytes(), other.bytes()) == 1
}

// Wipe overwrites the secret and makes it absent, in this copy and in all
// others. Buffers of the network and of the JSON decoder are beyond its reach.
func (s Secret) Wipe() {
	clear(s.bytes())
	if s.held != nil {
		(*s.held).bytes = nil
	}
}

// Format implements [fmt.Formatter] and so stands before every verb.
func (Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// String implements [fmt.Stringer] for callers that do not go through fmt.
func (Secret) String() string { return hidden }

// LogValue implements [slog.LogValuer].
func (Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalJSON implements [json.Marshaler] and always fails.
func (Secret) MarshalJSON() ([]byte, error) { return nil, errSecret }

// MarshalText implements [encoding.TextMarshaler] and always fails.
func (Secret) MarshalText() ([]byte, error) { return nil, errSecret }

// UnmarshalJSON implements [json.Unmarshaler]: the way in from an answer.
// JSON's null is the absent secret.
func (s *Secret) UnmarshalJSON(data []byte) error {
	if key, is := plainJSON(data); is {
		h := &held{slices.Clone(key)} // and never a string, which nobody could overwrite
		*s = Secret{&h}
		return nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return errors.New("a key is not a string") // the decoder's own error would quote it
	}
	*s = NewSecret(text)
	return nil
}
