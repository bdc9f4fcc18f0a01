package batch

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"authdeck/model"
)

// Place is where --key-to says that keys go. It is read in one way for all commands: what seals a
// key in one of them is no name of a file in another one.
type Place int

// The places.
const (
	InFile    Place = iota // a new file
	OnOutput               // the standard output, in clear
	Sealed                 // sealed to somebody
	ByCommand              // the command of the configuration
)

const (
	standardWord = "-"
	sealedWord   = "age"
	sealedTo     = "age:"
	commandWord  = "command"
)

// PlaceOf is the place that the words of one --key-to or of several name, and to whom keys are
// sealed there; to nobody by name where those of the configuration are meant.
func PlaceOf(words []string) (at Place, recipients []string, err error) {
	for _, word := range words {
		one, recipient, err := placed(word)
		if err != nil {
			return at, nil, fmt.Errorf("--key-to: %w", err)
		}
		if at = one; recipient != "" {
			recipients = append(recipients, recipient)
		}
	}
	if len(words) > 1 && len(recipients) != len(words) {
		return at, nil, errors.New("--key-to: a key goes to one place; only age:RECIPIENT may be repeated")
	}
	return at, recipients, nil
}

// placed is what one word means.
func placed(word string) (Place, string, error) {
	recipient, sealed := strings.CutPrefix(word, sealedTo)
	switch {
	case Identity(word):
		return InFile, "", errors.New("it takes the name of a file, or age:RECIPIENT, and this is a secret key itself; it is not shown here, and by now it is in the history of the shell")
	case word == standardWord:
		return OnOutput, "", nil
	case word == sealedWord:
		return Sealed, "", nil
	case word == commandWord:
		return ByCommand, "", nil
	case sealed && strings.TrimSpace(recipient) == "":
		return Sealed, "", errors.New("age: names nobody: age:RECIPIENT does, and age alone is age_recipients of the configuration")
	case sealed:
		return Sealed, recipient, nil
	case mistaken(word):
		name := model.Clean(word)
		return InFile, "", fmt.Errorf("%s is not -, age, age:RECIPIENT or command, in small letters and without blanks, and a key in clear goes to no file of such a name by a slip; ./%s is a file", name, name)
	}
	return InFile, "", nil
}

// mistaken reports whether a name of a file was meant as a word of ours: one in other letters, or
// somebody to whom a key is to be sealed.
func mistaken(word string) bool {
	plain := strings.ToLower(strings.TrimSpace(model.Clean(word).String()))
	if slices.Contains([]string{standardWord, "–", "—", "−", sealedWord, commandWord}, plain) {
		return true
	}
	return slices.ContainsFunc([]string{sealedTo, sealedWord + " ", commandWord + ":", commandWord + " ", "age1", "ssh-ed25519 ", "ssh-rsa "}, func(begin string) bool {
		return strings.HasPrefix(plain, begin)
	})
}
