// Package signature has a plan signed by an SSH agent, and tells whether somebody else has
// signed it who may. The form is that of ssh-keygen -Y (PROTOCOL.sshsig), so that a person can
// ask that program as well. It reads no private key, and must not know what is in a plan.
package signature

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"

	"authdeck/client/file"
	"authdeck/model"
)

// Namespace keeps a signature of something else from being one of a plan.
const Namespace = "authdeck-plan"

// signatureLimit is in bytes; one of RSA is some thousand.
const signatureLimit = 64 << 10

// Of is where the signature of a file is: beside it, as ssh-keygen has it.
func Of(path string) string { return path + ".sig" }

// Applier is who is about to apply a plan.
type Applier struct {
	User  string           // of this machine
	Agent string           // the socket of their SSH agent; empty where they have none
	Now   func() time.Time // nil for the machine's clock
}

// Vouch reports why what is in a file was not signed, beside it, by somebody else whom a file
// of signers allows to; nil where it was.
func (a Applier) Vouch(content []byte, path, signers string) error {
	made, err := read(Of(path))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("it is not signed: there is no %s beside it; somebody else makes one with authdeck plan sign", model.Clean(filepath.Base(Of(path))))
	case err != nil:
		return fmt.Errorf("its signature cannot be read: %w", err)
	case made.Namespace != Namespace:
		return fmt.Errorf("its signature is not one of a plan: it is of the namespace %s, and not of %s", model.Clean(made.Namespace), Namespace)
	}
	if sshsig.Verify(bytes.NewReader(content), made, made.PublicKey, made.HashAlgorithm, Namespace) != nil {
		return errors.New("it is not what was signed: it was altered after that, or the signature is of something else")
	}
	allowed, err := ReadAllowed(signers)
	if err != nil {
		return fmt.Errorf("the file of those who may sign (require_signature): %w", err)
	}
	now := time.Now
	if a.Now != nil {
		now = a.Now
	}
	names, err := allowed.judge(made.PublicKey, now())
	if err != nil {
		return err
	}
	return a.another(names, made.PublicKey)
}

// another tells whether the signer is somebody else than who applies. Whoever has the key in
// their agent could have signed it; and where nobody can be asked that, nobody knows.
func (a Applier) another(names []string, key ssh.PublicKey) error {
	if a.User == "" {
		return errors.New("whether it is self-signed is not known: the machine does not say who you are")
	}
	for _, name := range names {
		account, _, _ := strings.Cut(name, "@")
		if strings.EqualFold(account, a.User) || strings.EqualFold(name, a.User) {
			return fmt.Errorf("it is self-signed: %s signed it, and %s applies it; somebody else has to do one of the two", model.Clean(name), model.Clean(a.User))
		}
	}
	if a.Agent == "" {
		return nil
	}
	held, err := inAgent(a.Agent)
	if err != nil {
		return fmt.Errorf("whether it is self-signed is not known: %w", err)
	}
	for _, k := range held {
		if same(k.public, key) {
			return fmt.Errorf("it is self-signed: the SSH agent here has the key of %s, by which it is signed", model.Clean(strings.Join(names, ", ")))
		}
	}
	return nil
}

// read reads a signature, which is nothing but that.
func read(path string) (*sshsig.Signature, error) {
	armored, err := file.Read(path, signatureLimit)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(armored, []byte("-----BEGIN "+sshsig.PEMType+"-----\n")) {
		return nil, errors.New("it is no SSH signature")
	}
	made, err := sshsig.Unarmor(armored)
	if err != nil {
		return nil, errors.New("it is broken: " + model.Clean(err.Error()).String())
	}
	return made, nil
}

// Keep puts a signature beside a file. An earlier one of the same key is replaced; one of
// another key, or what is none, only where that is wanted.
func (k Key) Keep(armored []byte, path string, replace bool) error {
	was, err := read(Of(path))
	switch {
	case errors.Is(err, fs.ErrNotExist), replace:
	case err != nil:
		return fmt.Errorf("%s is there, and %w; --replace puts a signature in its place", model.Clean(Of(path)), err)
	case !same(was.PublicKey, k.public):
		return fmt.Errorf("it is signed already, by the key %s, and has one signature at a time; --replace puts another in its place", ssh.FingerprintSHA256(was.PublicKey))
	}
	draft, err := file.Begin(Of(path), replace || was != nil)
	if err != nil {
		return err
	}
	defer draft.Drop()
	if _, err := draft.Write(armored); err != nil {
		return err
	}
	return draft.Keep()
}
