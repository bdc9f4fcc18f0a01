package model

import "strconv"

// plain reports whether there is nothing to clean: the letters of ASCII, and no more of them
// than are kept. Nearly all that comes is such, and a list of a million rows is read for one.
func plain(text string) bool {
	if len(text) > textLimit {
		return false
	}
	for i := range len(text) {
		if text[i] < ' ' || text[i] > '~' {
			return false
		}
	}
	return true
}

// plainJSON is what is in a JSON string that is written as it is read.
func plainJSON(data []byte) (inner []byte, is bool) {
	if len(data) < 2 || len(data) > textLimit || data[0] != '"' || data[len(data)-1] != '"' {
		return nil, false
	}
	inner = data[1 : len(data)-1]
	for _, b := range inner {
		if b < ' ' || b > '~' || b == '"' || b == '\\' {
			return nil, false
		}
	}
	return inner, true
}

// Thousands is a number as people read it: 1,204.
func Thousands(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0 && n > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
