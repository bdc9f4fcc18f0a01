package person

import (
	"slices"
	"strings"

	"authdeck/model"
)

// trait is one thing that an account says of who it is.
type trait struct {
	said  string // as it is asked for
	alike string // as it is compared
	via   string // the system in which it was learnt; empty for the seed's
}

// address is an e-mail address as two are compared; empty for what is none, and for one that
// is nobody's. Of a text that was altered for the screen it is not known what it was.
func address(t model.Text) string {
	said := strings.ToLower(strings.TrimSpace(t.String()))
	name, host, is := strings.Cut(said, "@")
	if !is || name == "" || t.Changed() || strings.ContainsAny(said, " <>,;") || strings.Contains(host, "@") || nobodys(host) {
		return ""
	}
	return said
}

// nobodys reports whether the addresses of a host are what installers fill in: the first
// account of many systems has the same one.
func nobodys(host string) bool {
	switch host {
	case "", "localhost", "localhost.localdomain", "example.com", "example.org", "example.net":
		return true
	}
	return false
}

// addresses are those of an account: people sign in with one as well.
func addresses(u model.User) []string {
	all := slices.DeleteFunc([]string{address(u.Email), address(u.Username)}, func(a string) bool { return a == "" })
	return slices.Compact(all)
}

// country is whether a phone number says of which country it is.
type country int

const (
	unsaid country = iota // no number
	abroad                // +98 912…, 0098 912…: it says so
	home                  // 0912…: whoever reads it knows
	open                  // 912…: nobody knows whether a country is in it
)

// number is a phone number.
type number struct {
	digits  string // without what stands before them
	country country
}

const (
	fewest = 7  // digits of a number that tells anything
	enough = 10 // digits of one that is known again without its country
)

// numberOf reads a phone number. What has other letters in it, as an extension, is none.
func numberOf(said string) number {
	written := strings.NewReplacer(" ", "", "-", "", ".", "", "/", "", "(0)", "", "(", "", ")", "").Replace(said)
	n := number{digits: strings.TrimLeft(written, "+0")}
	if strings.ContainsFunc(n.digits, func(r rune) bool { return r < '0' || r > '9' }) || len(n.digits) < fewest {
		return number{}
	}
	switch before := strings.TrimSuffix(written, n.digits); before {
	case "+", "00", "+00":
		n.country = abroad
	case "0":
		n.country = home
	case "":
		n.country = open
	default:
		return number{}
	}
	return n
}

// tail are the last digits of a number, which it has however it is written.
func (n number) tail() string { return n.digits[max(0, len(n.digits)-enough+1):] }

// same says whether two numbers are one. Where that depends on a country that one of them
// does not say, it is unsaid.
func (n number) same(other number) model.Answer {
	switch {
	case n.country == unsaid || other.country == unsaid:
		return model.No
	case n == other:
		if n.country == abroad || len(n.digits) >= enough {
			return model.Yes
		}
		return model.Unsaid
	case n.country == other.country:
		return model.No
	}
	long, short := n.digits, other.digits
	if len(long) < len(short) {
		long, short = short, long
	}
	if strings.HasSuffix(long, short) && len(long)-len(short) <= longestCountry {
		return model.Unsaid
	}
	return model.No
}

const longestCountry = 3 // digits of one (E.164)
