// Package seal seals what nobody but its recipients may read, as age does: whoever has the
// identity opens it with age(1) too. It must not know what is sealed, and where it is put.
package seal

import (
	"bytes"
	"errors"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/armor"
)

// Recipients are those to whom something is sealed; each of them can open it alone.
type Recipients []age.Recipient

// To reads recipients as a configuration names them: age1…, or an SSH key as in a file
// that ends on .pub. Nothing of what was written is in an error: it may be a secret key
// that was put into the wrong place.
func To(names []string) (Recipients, error) {
	var to Recipients
	for _, name := range names {
		one, err := recipient(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		to = append(to, one)
	}
	if len(to) == 0 {
		return nil, nil
	}
	if _, err := to.Seal(nil); err != nil {
		return nil, errors.New("nothing can be sealed to these together: age mixes no recipients that are safe from quantum computers with others")
	}
	return to, nil
}

func recipient(name string) (age.Recipient, error) {
	switch {
	case strings.HasPrefix(strings.ToUpper(name), "AGE-SECRET-KEY-"), strings.Contains(name, "PRIVATE KEY"):
		return nil, errors.New("one of them is a secret key; what belongs here is its public half (age1…), and the secret one into no configuration")
	case strings.HasPrefix(name, "ssh-"):
		if one, err := agessh.ParseRecipient(name); err == nil {
			return one, nil
		}
	case strings.HasPrefix(name, "age1"):
		if some, err := age.ParseRecipients(strings.NewReader(name)); err == nil && len(some) == 1 {
			return some[0], nil
		}
	}
	return nil, errors.New("one of them is no recipient; each is an age key (age1…) or an SSH key (ssh-ed25519 …), whole")
}

// Seal seals a content.
func (r Recipients) Seal(content []byte) ([]byte, error) {
	var sealed bytes.Buffer
	to, err := age.Encrypt(&sealed, r...)
	if err != nil {
		return nil, err
	}
	if _, err := to.Write(content); err != nil {
		return nil, err
	}
	if err := to.Close(); err != nil {
		return nil, err
	}
	return sealed.Bytes(), nil
}

// Sealer is [Recipients.Armored]; nil where there is nobody to seal to.
func (r Recipients) Sealer() func(content []byte) (string, error) {
	if len(r) == 0 {
		return nil
	}
	return r.Armored
}

// Armored seals a content into letters that a line of a file can hold, as age -a does.
func (r Recipients) Armored(content []byte) (string, error) {
	sealed, err := r.Seal(content)
	if err != nil {
		return "", err
	}
	var letters strings.Builder
	to := armor.NewWriter(&letters)
	if _, err := to.Write(sealed); err != nil {
		return "", err
	}
	if err := to.Close(); err != nil {
		return "", err
	}
	return letters.String(), nil
}
