package custody

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"authdeck/client/file"
	"authdeck/client/seal"
	"authdeck/model"
)

// Waiting implements [model.Safe]. What cannot be read waits for nobody here.
func (s *Safe) Waiting() int {
	n, _ := s.count()
	return n
}

// count is how many wait, as far as that can be told.
func (s *Safe) count() (n int, err error) {
	err = s.each(func(*os.Root, fs.FileInfo, *os.File) { n++ })
	return n, err
}

// each looks at the sealed keys that no living session has in hand, without changing
// anything, and holds each while it is looked at.
func (s *Safe) each(look func(dir *os.Root, info fs.FileInfo, f *os.File)) error {
	dir, names, err := within(s.at.Sealed, sealed)
	if err != nil || dir == nil {
		return err
	}
	defer func() { _ = dir.Close() }()
	for _, name := range names {
		f, err := file.OpenIn(dir, name, os.O_RDONLY)
		if err != nil {
			continue
		}
		if info, err := f.Stat(); err == nil && file.Share(f) == nil {
			look(dir, info, f)
		}
		_ = f.Close()
	}
	return nil
}

// within are the names in a folder that end so; of one that is not there, none.
func within(folder, end string) (dir *os.Root, names []string, err error) {
	dir, err = openOwn(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	entries, err := fs.ReadDir(dir.FS(), ".")
	if err != nil {
		_ = dir.Close()
		return nil, nil, file.Bare(err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), end) && !strings.HasPrefix(e.Name(), ".") {
			names = append(names, e.Name())
		}
	}
	return dir, names, nil
}

// Lying implements [model.Safe].
func (s *Safe) Lying() ([]model.Lying, error) {
	var all []model.Lying
	own, noIdentity := s.identity()
	if errors.Is(noIdentity, fs.ErrNotExist) {
		noIdentity = nil
	}
	shut := s.each(func(_ *os.Root, info fs.FileInfo, f *os.File) {
		l := model.Lying{Name: info.Name(), Path: filepath.Join(s.at.Sealed, info.Name()), How: model.Undelivered, Since: since(info)}
		said, key, err := read(own, f)
		key.Wipe()
		if err == nil {
			l.System, l.Token, l.Since, l.Plan = said.System, said.token(), said.At, said.Plan
		} else {
			l.Shut, l.Way = s.shut(l.Path, err, noIdentity)
		}
		all = append(all, l)
	})
	files, err := s.files()
	return append(all, files...), errors.Join(shut, err)
}

// shut says why a sealed key cannot be taken here, and how it can be.
func (s *Safe) shut(path string, err, noIdentity error) (why, way string) {
	switch {
	case noIdentity != nil:
		return "the identity in " + s.at.Identity + ": " + noIdentity.Error(), ""
	case errors.Is(err, seal.ErrOther):
		return "it is sealed to a recipient whose identity is not here", "age -d -i IDENTITY " + path
	}
	return err.Error(), ""
}

// since is when a file was made by its name, which may have been copied, or by its time.
func since(info fs.FileInfo) time.Time {
	begin, _, _ := strings.Cut(info.Name(), "-")
	if at, err := time.Parse(sorted, begin); err == nil {
		return at
	}
	return info.ModTime().UTC()
}

func read(own seal.Identity, f *os.File) (label, model.Secret, error) {
	content, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return label{}, model.Secret{}, errors.New("it cannot be read: " + file.Bare(err).Error())
	}
	if content, err = own.Open(content); err != nil {
		return label{}, model.Secret{}, err
	}
	return opened(content)
}

// files are the key files, the oldest first. Nothing is read of them.
func (s *Safe) files() ([]model.Lying, error) {
	dir, names, err := within(s.at.Files, filed)
	if err != nil || dir == nil {
		return nil, err
	}
	defer func() { _ = dir.Close() }()
	var all []model.Lying
	for _, name := range names {
		if info, err := dir.Lstat(name); err == nil && info.Mode().IsRegular() {
			all = append(all, model.Lying{Name: name, Path: filepath.Join(s.at.Files, name), How: model.Filed, Since: info.ModTime().UTC()})
		}
	}
	slices.SortStableFunc(all, func(a, b model.Lying) int {
		return cmp.Or(a.Since.Compare(b.Since), strings.Compare(a.Name, b.Name))
	})
	return all, nil
}

// Take implements [model.Safe].
func (s *Safe) Take(name string) (model.Issued, error) {
	own, noIdentity := s.identity()
	if errors.Is(noIdentity, fs.ErrNotExist) {
		noIdentity = nil
	}
	return s.take(name, own, func(err error) error {
		return closedTo(s.shut(filepath.Join(s.at.Sealed, name), err, noIdentity))
	})
}

// TakeWith implements [model.Safe].
func (s *Safe) TakeWith(name string, identity []byte) (model.Issued, error) {
	own, err := seal.ReadOwn(identity)
	if err != nil {
		return model.Issued{}, fmt.Errorf("the identity: %w", err)
	}
	return s.take(name, own, func(err error) error {
		if errors.Is(err, seal.ErrOther) {
			return errors.New("it is sealed to somebody else than this identity")
		}
		return err
	})
}

func (s *Safe) take(name string, own seal.Identity, shut func(error) error) (model.Issued, error) {
	dir, f, err := s.grasp(name)
	if err != nil {
		return model.Issued{}, err
	}
	l, key, err := read(own, f)
	if err != nil {
		_ = f.Close()
		_ = dir.Close()
		return model.Issued{}, shut(err)
	}
	t := l.token()
	t.System = l.System
	return model.Issued{Token: t, Key: key, Kept: s.kept(&holding{dir, f, name}, l)}, nil
}

// closedTo is the error of a key that cannot be taken.
func closedTo(why, way string) error {
	if way != "" {
		return errors.New(why + "; where it is: " + way + ", or here with it: authdeck keys take --identity FILE")
	}
	return errors.New(why)
}

// grasp takes a sealed key in hand: nobody else is shown it until the file is closed.
func (s *Safe) grasp(name string) (*os.Root, *os.File, error) {
	dir, names, err := within(s.at.Sealed, sealed)
	if err != nil {
		return nil, nil, err
	}
	if !slices.Contains(names, name) {
		if dir != nil {
			_ = dir.Close()
		}
		return nil, nil, gone(name)
	}
	f, err := held(dir, name)
	if err != nil {
		_ = dir.Close()
		return nil, nil, err
	}
	return dir, f, nil
}

// held opens and holds a file that is still at its name.
func held(dir *os.Root, name string) (*os.File, error) {
	f, err := file.OpenIn(dir, name, os.O_RDWR)
	if err != nil {
		return nil, gone(name)
	}
	if err = file.HoldSoon(f); err == nil {
		if !file.IsAt(f, func() (fs.FileInfo, error) { return dir.Lstat(name) }) {
			err = gone(name) // somebody else has handed it over meanwhile
		}
	}
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// gone says that there is nothing of a name.
func gone(name string) error {
	return fmt.Errorf("no key of the name %s lies here", model.Clean(name))
}

// Remove implements [model.Safe].
func (s *Safe) Remove(name string) (string, error) {
	if strings.HasSuffix(name, sealed) {
		dir, f, err := s.grasp(name)
		if err != nil {
			return "", err
		}
		defer func() { _ = f.Close() }()
		defer func() { _ = dir.Close() }()
		return erased(dir, name)
	}
	dir, names, err := within(s.at.Files, filed)
	if err != nil {
		return "", err
	}
	if dir != nil {
		defer func() { _ = dir.Close() }()
	}
	if !slices.Contains(names, name) {
		return "", gone(name)
	}
	return erased(dir, name)
}

// erased removes a file, and does not claim more than is known.
func erased(dir *os.Root, name string) (string, error) {
	spared, err := file.Erase(dir, name)
	switch {
	case err != nil:
		return "", err
	case spared != "":
		return "it is removed; it could not be overwritten first: " + spared, nil
	}
	return "it is overwritten and removed; snapshots, backups and flash may still hold it", nil
}
