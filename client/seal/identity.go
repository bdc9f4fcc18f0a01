package seal

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"filippo.io/age"
	"filippo.io/age/agessh"
	"filippo.io/age/armor"
	"golang.org/x/crypto/ssh"
)

// Identity opens what was sealed to its recipient.
type Identity struct {
	own   *age.X25519Identity // of this machine; nil for those of a person
	those []age.Identity
}

// NewIdentity is one that nobody else has.
func NewIdentity() (Identity, error) {
	own, err := age.GenerateX25519Identity()
	return Identity{own, []age.Identity{own}}, err
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
		return Identity{own, []age.Identity{own}}, nil
	}
	return Identity{}, errors.New("it holds no age identity")
}

// ReadOwn reads the identities that a person has in a file of their own: those of age-keygen,
// or an SSH key. A passphrase is asked for nowhere. Nothing of the file is in an error.
func ReadOwn(content []byte) (Identity, error) {
	text := strings.TrimSpace(string(content))
	switch {
	case strings.HasPrefix(text, "age-encryption.org/"), strings.HasPrefix(text, armor.Header):
		return Identity{}, errors.New("it is sealed with a passphrase itself, and none is asked for here; age -d FILE asks, and gives it to a pipe")
	case strings.HasPrefix(text, "age1"), strings.HasPrefix(text, "ssh-"):
		return Identity{}, errors.New("it is the public half; what opens a key is the secret one")
	case strings.Contains(text, "AGE-PLUGIN-"):
		return Identity{}, errors.New("it is for a plugin of age, and none is run here; age -d can")
	case strings.HasPrefix(text, "-----BEGIN"):
		return readSSH(content)
	}
	if those, err := age.ParseIdentities(strings.NewReader(text)); err == nil && len(those) > 0 {
		return Identity{those: those}, nil
	}
	return Identity{}, errors.New("it holds no age identity (AGE-SECRET-KEY-…) and no SSH key")
}

func readSSH(content []byte) (Identity, error) {
	one, err := agessh.ParseIdentity(content)
	if _, locked := errors.AsType[*ssh.PassphraseMissingError](err); locked {
		return Identity{}, errors.New("it is an SSH key with a passphrase, and none is asked for here; age -d -i FILE asks")
	}
	if err != nil {
		return Identity{}, errors.New("it is no SSH key that age knows: ed25519 or RSA")
	}
	return Identity{those: []age.Identity{one}}, nil
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
	if len(i.those) == 0 {
		return nil, ErrOther
	}
	from, err := age.Decrypt(bytes.NewReader(sealed), i.those...)
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
