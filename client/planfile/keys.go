package planfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"

	"authdeck/client/file"
	"authdeck/model"
	"authdeck/model/plan"
)

// Keys is a file of new keys: an object a line. Make it with [CreateKeys].
type Keys struct {
	path string

	mu     sync.Mutex
	f      *os.File
	taken  int
	broken error // nobody knows what is in the file
}

// CreateKeys makes a file for keys that was not there, for its owner alone.
func CreateKeys(path string) (*Keys, error) {
	if path == "" {
		return nil, errors.New("it is the name of no file")
	}
	f, err := file.CreatePrivate(path)
	if err != nil {
		return nil, err
	}
	file.SyncName(path)
	return &Keys{path: path, f: f}, nil
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
	t := issued.Token
	if t.ID == "" {
		t = l.Token
	}
	line, err := json.Marshal(keyLine{l.System, model.Clean(t.ID).String(), t.Name.String(), l.Token.Owner.Username.String()})
	if err != nil {
		return err
	}
	line = append(line[:len(line)-1], `,"key":`...)
	key, _ := json.Marshal(issued.Key.Reveal()) // the one place where it is to be read
	line = append(append(line, key...), "}\n"...)
	defer clear(line)
	defer clear(key)
	return k.write(line)
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
