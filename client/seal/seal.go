// Package seal seals what nobody but its recipients may read, as age does: whoever has the
// identity opens it with age(1) too. It must not know what is sealed, and where it is put.
package seal

import (
	"bytes"
	"errors"
	"io"
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

// Identity opens what was sealed to its recipient.
type Identity struct{ own *age.X25519Identity }

// NewIdentity is one that nobody else has.
func NewIdentity() (Identity, error) {
	own, err := age.GenerateX25519Identity()
	return Identity{own}, err
}

// ReadIdentity reads an identity as [Identity.File] writes it, and age-keygen does. Nothing
// of it is in an error.
func ReadIdentity(content []byte) (Identity, error) {
	for line := range strings.Lines(string(content)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		own, err := age.ParseX25519Identity(line)
		if err != nil {
			break
		}
		return Identity{own}, nil
	}
	return Identity{}, errors.New("it holds no age identity")
}

// File is the identity as a file of its own, which age(1) reads.
func (i Identity) File() []byte {
	return []byte("# what authdeck keeps sealed is sealed to this: keep it to yourself\n# public key: " + i.own.Recipient().String() + "\n" + i.own.String() + "\n")
}

// Recipient is to whom something is sealed that the identity opens.
func (i Identity) Recipient() Recipients { return Recipients{i.own.Recipient()} }

// ErrOther says that something was sealed to others.
var ErrOther = errors.New("it is sealed to somebody else")

// Open opens what was sealed. What is sealed to others is an [ErrOther].
func (i Identity) Open(sealed []byte) ([]byte, error) {
	if i.own == nil {
		return nil, ErrOther
	}
	from, err := age.Decrypt(bytes.NewReader(sealed), i.own)
	if _, other := errors.AsType[*age.NoIdentityMatchError](err); other {
		return nil, ErrOther
	}
	if err != nil {
		return nil, errors.New("it is not whole, or was changed")
	}
	content, err := io.ReadAll(from)
	if err != nil {
		clear(content)
		return nil, errors.New("it is not whole, or was changed")
	}
	return content, nil
}
