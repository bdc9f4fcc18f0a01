package planfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"

	"authdeck/client/file"
	"authdeck/client/seal"
	"authdeck/model"
	"authdeck/model/plan"
)

// Keys is a file of new keys: an object a line. Make it with [CreateKeys] or [CreateSealed].
type Keys struct {
	path string
	to   seal.Recipients // to whom each key is sealed; nil for keys in clear

	mu     sync.Mutex
	f      *os.File
	taken  int
	broken error // nobody knows what is in the file
}

// CreateKeys makes a file for keys that was not there, for its owner alone.
func CreateKeys(path string) (*Keys, error) { return create(path, nil) }

// CreateSealed makes one in which no key stands in clear: each is sealed to the recipients.
func CreateSealed(path string, to seal.Recipients) (*Keys, error) {
	if len(to) == 0 {
		return nil, errors.New("there is nobody to whom the keys could be sealed")
	}
	return create(path, to)
}

func create(path string, to seal.Recipients) (*Keys, error) {
	if path == "" {
		return nil, errors.New("it is the name of no file")
	}
	f, err := file.CreatePrivate(path)
	if err != nil {
		return nil, err
	}
	file.SyncName(path)
	return &Keys{path: path, to: to, f: f}, nil
}

// keyLine is a key and whose it is; the key stands last.
type keyLine struct {
	System string `json:"system"`
	ID     string `json:"id"`
	Name   string `json:"name"`
	Owner  string `json:"owner"`
}

// Take implements [plan.Keys].
func (k *Keys) Take(l *plan.Line, issued model.Issued) error {
	err := k.take(l, issued)
	if err != nil && k.to != nil { // it goes to no file in clear instead
		return &plan.NotTakenError{Why: err, Last: true}
	}
	return err
}

func (k *Keys) take(l *plan.Line, issued model.Issued) error {
	t := tokenOf(l, issued)
	line, err := json.Marshal(keyLine{l.System, model.Clean(t.ID).String(), t.Name.String(), t.Owner.Username.String()})
	if err != nil {
		return err
	}
	name, value, err := k.value(issued.Key)
	if err != nil {
		return err
	}
	defer clear(value)
	line = append(append(append(line[:len(line)-1], `,"`+name+`":`...), value...), "}\n"...)
	defer clear(line)
	return k.write(line)
}

// value is the key as it stands in the file, and what it is called there.
func (k *Keys) value(key model.Secret) (name string, value []byte, err error) {
	if k.to == nil {
		value, err = json.Marshal(key.Reveal()) // the one place where it is to be read
		return "key", value, err
	}
	content := key.RevealTo(make([]byte, 0, key.Len()))
	defer clear(content)
	armored, err := k.to.Armored(content)
	if err != nil {
		return "", nil, err
	}
	value, err = json.Marshal(armored)
	return "age", value, err
}

// tokenOf is the token of which a key is: the new one, where the system says which that is. Its
// owner is that of the line.
func tokenOf(l *plan.Line, issued model.Issued) model.Token {
	t := issued.Token
	if t.ID == "" {
		t = l.Token
	}
	t.Owner = l.Token.Owner
	return t
}

func (k *Keys) write(line []byte) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.broken != nil {
		return fmt.Errorf("an earlier key could not be written: %w", k.broken)
	}
	_, err := k.f.Write(line)
	if err == nil {
		err = k.f.Sync()
	}
	if k.broken = bare(err); k.broken == nil {
		k.taken++
	}
	return k.broken
}

// Close implements [plan.Keys].
func (k *Keys) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	err := k.f.Close()
	if k.taken == 0 && k.broken == nil {
		_ = os.Remove(k.path)
	}
	return err
}
