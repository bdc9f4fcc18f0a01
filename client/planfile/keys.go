package planfile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
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
	size   int64 // of what was written
	taken  int
	broken error // no more is taken
}

// CreateKeys makes a file for keys that was not there, for its owner alone.
func CreateKeys(path string) (*Keys, error) { return create(path, nil) }

// CreateSealed makes one in which no key stands in clear: each is sealed to the recipients.
func CreateSealed(path string, to seal.Recipients) (*Keys, error) {
	if len(to) == 0 {
		return nil, errNobody
	}
	return create(path, to)
}

var errNobody = errors.New("there is nobody to whom the keys could be sealed")

func create(path string, to seal.Recipients) (*Keys, error) {
	path, err := free(path)
	if err != nil {
		return nil, err
	}
	f, err := file.CreatePrivate(path)
	if errors.Is(err, fs.ErrExist) { // it has come meanwhile
		return nil, takenError{path}
	}
	if err != nil {
		return nil, fmt.Errorf("the file for the new keys, %s: %w", path, err)
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
	line, err := keyLineOf(l, issued, k.to)
	if err != nil {
		return err
	}
	defer clear(line)
	return k.write(line)
}

// keyLineOf is a key as a line, in clear or sealed to somebody.
func keyLineOf(l *plan.Line, issued model.Issued, to seal.Recipients) ([]byte, error) {
	t := issued.Of(l.Token)
	line, err := json.Marshal(keyLine{l.System, model.Clean(t.ID).String(), t.Name.String(), t.Owner.Username.String()})
	if err != nil {
		return nil, err
	}
	name, value, err := keyValue(issued.Key, to)
	if err != nil {
		return nil, err
	}
	defer clear(value)
	return append(append(append(line[:len(line)-1], `,"`+name+`":`...), value...), "}\n"...), nil
}

// keyValue is the key as it stands in a line, and what it is called there.
func keyValue(key model.Secret, to seal.Recipients) (name string, value []byte, err error) {
	if to == nil {
		value, err = json.Marshal(key.Reveal()) // the one place where it is to be read
		return "key", value, err
	}
	content := key.RevealTo(make([]byte, 0, key.Len()))
	defer clear(content)
	armored, err := to.Armored(content)
	if err != nil {
		return "", nil, err
	}
	value, err = json.Marshal(armored)
	return "age", value, err
}

func (k *Keys) write(line []byte) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.broken != nil {
		return k.broken
	}
	if err := k.add(line); err != nil {
		k.broken = fmt.Errorf("%s: %w", k.path, file.Bare(err))
		return k.broken
	}
	k.taken++
	return nil
}

// add has a line on the disk, in the file that whoever looks for it finds. One that is not whole,
// or that nobody would look for there, is taken out: its key goes elsewhere.
func (k *Keys) add(line []byte) error {
	before, err := k.whole()
	if err != nil {
		return err
	}
	if _, err = k.f.Write(line); err == nil {
		err = k.f.Sync()
	}
	if err == nil {
		err = k.stays()
	}
	if err != nil {
		_ = k.f.Truncate(before)
		return err
	}
	k.size = before + int64(len(line))
	_, err = k.whole()
	return err
}

// whole is the size of the file, and says so where less is in it than was written.
func (k *Keys) whole() (int64, error) {
	info, err := k.f.Stat()
	if err != nil {
		return 0, err
	}
	if info.Size() < k.size {
		return 0, errors.New("somebody has taken out what was in it")
	}
	return info.Size(), nil
}

func (k *Keys) stays() error { return file.Stays(k.f, k.path) }

// Place implements [plan.Keys].
func (k *Keys) Place(*plan.Line) plan.Place {
	if k.to != nil {
		return plan.Place{Way: plan.Sealed, At: k.path}
	}
	return plan.Place{Way: plan.InFile, At: k.path}
}

// Close implements [plan.Keys].
func (k *Keys) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	away := k.stays()
	if away == nil {
		var size int64
		if size, away = k.whole(); away == nil && size == 0 {
			away = os.Remove(k.path)
		}
	}
	err := k.f.Close()
	if away != nil && k.taken > 0 {
		return errors.Join(err, fmt.Errorf("new keys that were written to %s: %d; %w", k.path, k.taken, away))
	}
	return err
}

// takenError says that there is something at the path of a new file.
type takenError struct{ path string }

// Error implements [error].
func (e takenError) Error() string {
	return "there is a file of this name already, " + e.path + ", and nothing is written over; give the file for the new keys another name"
}

// Is reports whether it is an [fs.ErrExist].
func (takenError) Is(target error) bool { return target == fs.ErrExist }

// free is a path from the root on, and why no new file can be there.
func free(path string) (whole string, err error) {
	if path == "" || os.IsPathSeparator(path[len(path)-1]) {
		return path, errors.New("the file for the new keys: it is the name of no file")
	}
	if whole, err = filepath.Abs(path); err != nil {
		return path, err
	}
	if _, err := os.Lstat(whole); err == nil {
		return whole, takenError{whole}
	}
	switch folder, err := os.Stat(filepath.Dir(whole)); {
	case err != nil:
		return whole, fmt.Errorf("the file for the new keys, %s: its folder: %w", whole, file.Bare(err))
	case !folder.IsDir():
		return whole, fmt.Errorf("the file for the new keys, %s: its folder is none", whole)
	}
	return whole, nil
}
