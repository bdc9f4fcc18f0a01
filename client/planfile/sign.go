package planfile

import (
	"errors"
	"fmt"

	"authdeck/client/file"
	"authdeck/client/signature"
	"authdeck/model/plan"
)

// readWhole reads a plan, and the bytes of which it is made.
func readWhole(path string) (content []byte, p *plan.Plan, err error) {
	if content, err = file.Read(path, largest); err != nil {
		return nil, nil, err
	}
	p, err = plan.Decode(content)
	return content, p, err
}

// Vouch implements [plan.Files]. What is signed is the file, and what is applied is what was
// read of it before: the two have to be the same plan.
func (f Files) Vouch(p *plan.Plan, path, signers string) error {
	path = At(f.AtHome(path))
	content, now, err := readWhole(path)
	if err != nil {
		return fmt.Errorf("its file: %w", err)
	}
	shown, err := p.Sum()
	if err != nil {
		return err
	}
	if signed, err := now.Sum(); err != nil || signed != shown {
		return errors.New("its file was changed since it was read; open it again")
	}
	return f.Applier.Vouch(content, path, signers)
}

// Signing is a plan that is about to be signed: its bytes are those that were read once, so
// that what is signed is what was shown. Make it with [ToSign].
type Signing struct {
	Plan *plan.Plan
	Key  signature.Key

	path    string
	content []byte
}

// ToSign reads a plan, and finds the key of an agent with which to sign it.
func ToSign(path, socket, key string) (Signing, error) {
	path = At(path)
	content, p, err := readWhole(path)
	if err != nil {
		return Signing{}, fmt.Errorf("the plan: %w", err)
	}
	k, err := signature.Choose(socket, key)
	return Signing{p, k, path, content}, err
}

// Sign signs it, and says where the signature is. One that is of another key stays where it
// is, unless it is to be replaced.
func (s Signing) Sign(replace bool) (at string, err error) {
	armored, err := s.Key.Sign(s.content)
	if err != nil {
		return "", err
	}
	return signature.Of(s.path), s.Key.Keep(armored, s.path, replace)
}
