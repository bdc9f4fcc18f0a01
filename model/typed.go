package model

import (
	"errors"
	"strings"
	"time"
)

// Digits is a text with the digits that a Persian or an Arabic keyboard types as those of
// everybody: ۹۰d is 90d, and so is ٩٠d. It is for what somebody types as a date, a span, a number
// or a count, and not for names: what a system keeps may have such digits.
func Digits(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		}
		return r
	}, typed)
}

// NoSuch says of a time that was read with [time.Parse] what of it there never is, such as the
// 30th of a February; nil where that is not what is wrong with it.
func NoSuch(err error) error {
	bad, is := errors.AsType[*time.ParseError](err)
	if !is {
		return nil
	}
	part, is := strings.CutSuffix(strings.TrimPrefix(bad.Message, ": "), " out of range")
	if !is {
		return nil
	}
	return errors.New("there is no such " + part)
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
