package signature

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"

	"authdeck/client/file"
	"authdeck/model"
)

// allowedLimit is in bytes; a signer is some hundred.
const allowedLimit = 1 << 20

// Allowed are those who may sign, as a file of allowed signers names them. Make it with
// [ReadAllowed].
type Allowed struct{ signers []signer }

// signer is a line of the file.
type signer struct {
	names         []string
	key           ssh.PublicKey
	namespaces    []string // empty for any
	after, before time.Time
}

// ReadAllowed reads a file of allowed signers, as ssh-keygen(1) has it. It has to be of
// whoever reads it, or of root, and nobody else may change it. What it has that is not
// understood here is an error: a line that is passed over could be the one that says no.
func ReadAllowed(path string) (Allowed, error) {
	content, err := file.Read(path, allowedLimit)
	if err != nil {
		return Allowed{}, err
	}
	if who := file.Strangers(path); who != "" {
		return Allowed{}, errors.New("the file " + who + ", so that it says nothing of who may sign")
	}
	var found Allowed
	number := 0
	for line := range strings.Lines(string(content)) {
		number++
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		s, err := readSigner(line)
		if err != nil {
			return Allowed{}, fmt.Errorf("its line %d: %w", number, err)
		}
		found.signers = append(found.signers, s)
	}
	if len(found.signers) == 0 {
		return Allowed{}, errors.New("it names nobody who may sign")
	}
	return found, nil
}

func readSigner(line string) (signer, error) {
	names, rest := firstField(line)
	s := signer{names: strings.Split(names, ",")}
	for _, name := range s.names {
		if name == "" || strings.ContainsAny(name, `*?!"`) {
			return s, errors.New("a name is empty, or a pattern, which does not say who signs; name each")
		}
	}
	key, _, options, _, err := ssh.ParseAuthorizedKey([]byte(rest))
	if err != nil {
		return s, errors.New("after the names there has to be a public key, with no options before it but namespaces, valid-after and valid-before")
	}
	if key.Type() == "ssh-dss" {
		return s, errors.New("a key of the kind DSA proves nothing any more")
	}
	s.key = key
	seen := map[string]bool{}
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		name = strings.ToLower(name)
		if seen[name] {
			return s, fmt.Errorf("the option %s stands twice", model.Clean(name))
		}
		seen[name] = true
		if err := s.take(name, strings.Trim(value, `"`)); err != nil {
			return s, err
		}
	}
	return s, nil
}

// firstField is a line up to its first blank, or what stands in quotes before it.
func firstField(line string) (field, rest string) {
	if quoted, after, closed := strings.Cut(strings.TrimPrefix(line, `"`), `"`); line[0] == '"' && closed {
		return quoted, strings.TrimSpace(after)
	}
	at := strings.IndexAny(line, " \t")
	if at < 0 {
		return line, ""
	}
	return line[:at], strings.TrimSpace(line[at:])
}

// take reads an option.
func (s *signer) take(name, value string) (err error) {
	switch name {
	case "namespaces":
		s.namespaces = strings.Split(value, ",")
		if value == "" || strings.ContainsAny(value, "*?!") {
			return errors.New("a namespace is empty, or a pattern; name each")
		}
	case "valid-after":
		s.after, err = moment(value)
	case "valid-before":
		s.before, err = moment(value)
	default:
		return fmt.Errorf("the option %s is not supported here; possible: namespaces, valid-after, valid-before", model.Clean(name))
	}
	return err
}

// moment reads a time as ssh-keygen writes it, which is local without a Z.
func moment(value string) (time.Time, error) {
	digits, zone := value, time.Local
	if utc, is := strings.CutSuffix(value, "Z"); is {
		digits, zone = utc, time.UTC
	}
	for _, form := range []string{"20060102", "200601021504", "20060102150405"} {
		if at, err := time.ParseInLocation(form, digits, zone); err == nil && len(digits) == len(form) {
			return at, nil
		}
	}
	return time.Time{}, errors.New("a time looks like 20270131, 202701311200 or 20270131120000, with a Z behind it for UTC")
}

// judge says who may sign with a key at a moment, and if nobody, why.
func (a Allowed) judge(key ssh.PublicKey, now time.Time) (names []string, err error) {
	may, known := false, false
	for _, s := range a.signers {
		if string(s.key.Marshal()) != string(key.Marshal()) {
			continue
		}
		known = true
		names = append(names, s.names...)
		switch who := strings.Join(s.names, ","); {
		case len(s.namespaces) > 0 && !slices.Contains(s.namespaces, Namespace):
			err = fmt.Errorf("it is signed by %s, whose key may not sign plans (namespace %s)", model.Clean(who), Namespace)
		case !s.after.IsZero() && now.Before(s.after):
			err = fmt.Errorf("it is signed by %s, whose key is not valid yet, but from %s on", model.Clean(who), told(s.after))
		case !s.before.IsZero() && now.After(s.before):
			err = fmt.Errorf("it is signed by %s, whose key has expired: it was valid to %s", model.Clean(who), told(s.before))
		default:
			may = true
		}
	}
	switch {
	case may:
		return names, nil
	case !known:
		return nil, fmt.Errorf("it is signed by a key that is not allowed to: %s", ssh.FingerprintSHA256(key))
	}
	return nil, err
}

// told is a time with its zone: the file may have it in UTC or in that of the machine.
func told(at time.Time) string { return at.Format(time.DateTime + " MST") }
