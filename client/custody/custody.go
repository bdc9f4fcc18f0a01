// Package custody keeps each new key from the moment at which its answer came until somebody
// has it: sealed, in a file of its own, whatever ends the program meanwhile. It lists the
// keys that lie on this machine, and removes them. It must not know the systems, nor how
// they are asked.
package custody

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"authdeck/client/file"
	"authdeck/client/seal"
	"authdeck/model"
)

const (
	sealed = ".age" // ends the name of a sealed key
	filed  = model.WrittenKey
	most   = 64 << 10 // bytes of a sealed file that is read
	sorted = "20060102T150405Z"
)

// Place is where keys lie, as whole paths.
type Place struct {
	Sealed   string          // the folder of those that were not handed over
	Identity string          // the file of the identity that they are sealed to, made on first use
	To       seal.Recipients // to whom they are sealed instead; nil for the identity
	Files    string          // the folder of the key files
	Later    string          // how whoever leaves without a key has it later, as a sentence
}

// Safe keeps keys. It implements [model.Safe].
type Safe struct{ at Place }

// In is the safe in a place, of which nothing need be there yet.
func In(at Place) *Safe { return &Safe{at} }

// label is what a sealed key is of: the first line of what is sealed. The second one is the
// key, and whoever opens the file with age(1) sees both.
type label struct {
	System  string    `json:"system"`
	Action  string    `json:"action"`
	ID      string    `json:"id"`
	Name    string    `json:"name"`
	OwnerID string    `json:"owner_id,omitempty"`
	Owner   string    `json:"owner"`
	At      time.Time `json:"at"`
	Plan    string    `json:"plan,omitempty"` // of the order
}

// Ready implements [model.Safe].
func (s *Safe) Ready() error {
	if _, err := s.recipients(); err != nil {
		return err
	}
	dir, err := s.open()
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }()
	trial := "." + rand.Text() + ".trial"
	if err := file.Create(dir, trial, make([]byte, 4096)); err != nil {
		return fmt.Errorf("%s takes no file: %w", s.at.Sealed, file.Bare(err))
	}
	if err := dir.Remove(trial); err != nil {
		return fmt.Errorf("%s lets go of no file: %w", s.at.Sealed, file.Bare(err))
	}
	return nil
}

// keep seals a key into a file that is this process's until it is dropped or dead.
func (s *Safe) keep(l label, key model.Secret) model.Kept {
	h, err := s.put(l, key)
	if err != nil {
		return model.Kept{Err: err, Later: s.at.Later}
	}
	return s.kept(h, l)
}

// kept is a key that is sealed in a file.
func (s *Safe) kept(h *holding, l label) model.Kept {
	path := filepath.Join(s.at.Sealed, h.base)
	return model.Kept{Name: h.base, Plan: l.Plan, Later: s.at.Later, Drop: h.drop, Leave: h.leave, Gone: func() error { return file.Stays(h.f, path) }}
}

func (s *Safe) put(l label, key model.Secret) (*holding, error) {
	to, err := s.recipients()
	if err != nil {
		return nil, err
	}
	line, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	content := key.RevealTo(append(make([]byte, 0, len(line)+key.Len()+2), append(line, '\n')...))
	defer func() { clear(content) }()
	content = append(content, '\n')
	closed, err := to.Seal(content)
	if err != nil {
		return nil, err
	}
	dir, err := s.open()
	if err != nil {
		return nil, err
	}
	base := l.At.UTC().Format(sorted) + "-" + strings.ToLower(rand.Text()[:8]) + sealed
	f, err := file.CreateHeld(dir, base, closed)
	if err != nil {
		_ = dir.Close()
		return nil, fmt.Errorf("%s takes no file: %w", s.at.Sealed, file.Bare(err))
	}
	return &holding{dir: dir, f: f, base: base}, nil
}

// holding is a sealed key that nobody else is shown.
type holding struct {
	dir  *os.Root
	f    *os.File
	base string
}

// drop takes the sealed key away, once, and lets go of it. The name goes first: a file that
// was overwritten and is still there would be a key that nobody can take.
func (h *holding) drop() error {
	defer h.leave()
	err := h.dir.Remove(h.base)
	_ = file.Blank(h.f)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// leave lets go of it as it is.
func (h *holding) leave() {
	_ = h.f.Close()
	_ = h.dir.Close()
}

// open opens the folder of the sealed keys, and makes it where it is missing.
func (s *Safe) open() (*os.Root, error) {
	if !filepath.IsAbs(s.at.Sealed) {
		return nil, errors.New("the folder for it is not a whole path; set HOME or XDG_STATE_HOME")
	}
	if err := file.MakeFolder(s.at.Sealed); err != nil {
		return nil, err
	}
	return openOwn(s.at.Sealed)
}

// openOwn opens a folder of its owner's alone.
func openOwn(folder string) (*os.Root, error) { return file.OpenFolder(folder, "keys go") }

// recipients are to whom a key is sealed.
func (s *Safe) recipients() (seal.Recipients, error) {
	if len(s.at.To) > 0 {
		return s.at.To, nil
	}
	own, err := s.identity()
	if errors.Is(err, fs.ErrNotExist) {
		own, err = s.makeIdentity()
	}
	if err != nil {
		return nil, fmt.Errorf("the identity in %s: %w", s.at.Identity, err)
	}
	return own.Recipient(), nil
}

// identity is that of this machine; where there is none, the error is an [fs.ErrNotExist].
func (s *Safe) identity() (seal.Identity, error) {
	content, err := file.ReadPrivate(s.at.Identity, most)
	if err != nil {
		return seal.Identity{}, err
	}
	defer clear(content)
	return seal.ReadIdentity(content)
}

func (s *Safe) makeIdentity() (seal.Identity, error) {
	folder := filepath.Dir(s.at.Identity)
	if err := file.MakeFolder(folder); err != nil {
		return seal.Identity{}, err
	}
	own, err := seal.NewIdentity()
	if err != nil {
		return seal.Identity{}, err
	}
	dir, err := os.OpenRoot(folder)
	if err != nil {
		return seal.Identity{}, file.Bare(err)
	}
	defer func() { _ = dir.Close() }()
	content := own.File()
	defer clear(content)
	switch err := file.Create(dir, filepath.Base(s.at.Identity), content); {
	case errors.Is(err, fs.ErrExist): // another session was first
		return s.identity()
	case err != nil:
		return seal.Identity{}, file.Bare(err)
	}
	return own, nil
}

// opened is what a sealed content holds.
func opened(content []byte) (label, model.Secret, error) {
	defer clear(content)
	line, key, whole := bytes.Cut(content, []byte("\n"))
	var l label
	if !whole || len(key) < 2 || json.Unmarshal(line, &l) != nil {
		return l, model.Secret{}, errors.New("it holds no key of authdeck")
	}
	return l, model.NewSecret(string(key[:len(key)-1])), nil
}

// token is what the label says.
func (l label) token() model.Token {
	return model.Token{ID: l.ID, Name: model.Clean(l.Name), Owner: model.User{ID: l.OwnerID, Username: model.Clean(l.Owner)}}
}
