// Package rotations remembers tokens that take each other's place, in files of their owner's
// alone: one a pair, of lines at its end, each on the disk before and after what it speaks of.
// It must not know the systems, nor what a step means.
package rotations

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"authdeck/client/file"
	"authdeck/model/rotation"
)

const (
	ending  = ".jsonl"  // of the name of a pair's file
	largest = 256 << 10 // bytes of one that is read
	turn    = ".lock"   // the file that is held while a pair is begun
)

// Book keeps pairs in a folder. It implements [rotation.Book].
type Book struct{ folder string }

// In keeps them in a folder, which need not be there yet.
func In(folder string) *Book { return &Book{folder} }

// Pairs implements [rotation.Book]. A pair of which nothing is left to do goes with its file:
// the program ended before it could take that away.
func (b *Book) Pairs() ([]rotation.Pair, error) {
	dir, err := b.opened()
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = dir.Close() }()
	entries, err := fs.ReadDir(dir.FS(), ".")
	if err != nil {
		return nil, fmt.Errorf("%s: %w", b.folder, file.Bare(err))
	}
	var all []rotation.Pair
	var bad []error
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ending) {
			continue
		}
		p, err := look(dir, e.Name())
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, rotation.ErrTorn): // before the end of its first line nothing was sent
		case err != nil:
			bad = append(bad, fmt.Errorf("%s: %w", filepath.Join(b.folder, e.Name()), err))
		case p.UnderWay():
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(a, b rotation.Pair) int { return a.Begun.Compare(b.Begun) })
	return all, errors.Join(bad...)
}

// look reads a pair, and takes it away where nothing is left to do and nobody has it.
func look(dir *os.Root, name string) (rotation.Pair, error) {
	f, err := file.OpenIn(dir, name, os.O_RDONLY)
	if err != nil {
		return rotation.Pair{}, err
	}
	defer func() { _ = f.Close() }()
	p, _, err := read(f)
	if err == nil && !p.UnderWay() && file.Hold(f) == nil {
		_ = dir.Remove(name)
	}
	return p, err
}

func read(f *os.File) (rotation.Pair, int, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return rotation.Pair{}, 0, err
	}
	content, err := io.ReadAll(io.LimitReader(f, largest))
	if err != nil {
		return rotation.Pair{}, 0, err
	}
	return rotation.Read(content)
}

// Begin implements [rotation.Book]. One pair is begun at a time, whoever begins it: two
// successors of one token would be one too many.
func (b *Book) Begin(p rotation.Pair, first rotation.Step) (rotation.Hand, error) {
	dir, err := b.open()
	if err != nil {
		return nil, err
	}
	held, err := file.OpenPrivate(dir, turn, 0)
	if err == nil {
		defer func() { _ = held.Close() }()
		err = file.HoldSoon(held)
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", filepath.Join(b.folder, turn), file.Bare(err))
	} else {
		err = b.free(p)
	}
	if err != nil {
		_ = dir.Close()
		return nil, err
	}
	return create(dir, p, first)
}

// free fails where there is a pair of the same old token. Of files that cannot be read nobody
// knows which they are of.
func (b *Book) free(p rotation.Pair) error {
	all, err := b.Pairs()
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(other rotation.Pair) bool { return other.IsOf(p.Host, p.Old.ID) }) {
		return rotation.ErrUnderWay
	}
	return nil
}

// create makes the file of a pair with its first step: it is there whole or not at all, and
// nobody finds it before it is held.
func create(dir *os.Root, p rotation.Pair, first rotation.Step) (rotation.Hand, error) {
	h := &hand{dir: dir, name: p.ID + ending, pair: p}
	err := h.pair.Take(first)
	if err == nil {
		h.f, err = file.CreateHeld(dir, h.name, append(rotation.Head(&p), rotation.Line(first)...))
	}
	if err != nil {
		_ = dir.Close()
		return nil, file.Bare(err)
	}
	return h, nil
}

// Take implements [rotation.Book].
func (b *Book) Take(id string) (rotation.Hand, error) {
	dir, err := b.open()
	if err != nil {
		return nil, err
	}
	f, err := file.OpenIn(dir, filepath.Base(id)+ending, os.O_RDWR|os.O_APPEND)
	if err != nil {
		_ = dir.Close()
		return nil, untaken(err)
	}
	h := &hand{dir: dir, f: f, name: filepath.Base(id) + ending}
	if err = file.Hold(f); err == nil {
		err = h.stays() // whoever had it before may have taken it away
	}
	if err == nil {
		err = h.take()
	}
	if err != nil {
		_ = h.Close()
		return nil, untaken(err)
	}
	return h, nil
}

// untaken is why a pair is not in hand.
func untaken(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return rotation.ErrOver
	case errors.Is(err, file.ErrHeld):
		return rotation.ErrHeld
	}
	return file.Bare(err)
}

// Forget implements [rotation.Book].
func (b *Book) Forget(id string) error {
	dir, err := b.open()
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }()
	name := filepath.Base(id) + ending
	f, err := file.OpenIn(dir, name, os.O_RDONLY)
	if err != nil {
		return untaken(err)
	}
	defer func() { _ = f.Close() }()
	if err = file.Hold(f); err == nil {
		err = dir.Remove(name)
	}
	if err != nil {
		return untaken(err)
	}
	sync(dir)
	return nil
}

// open opens the folder, and makes it where it is missing.
func (b *Book) open() (*os.Root, error) {
	if !filepath.IsAbs(b.folder) {
		return nil, errors.New("the folder for rotations is not a whole path; set HOME or XDG_STATE_HOME")
	}
	if err := file.MakeFolder(b.folder); err != nil {
		return nil, err
	}
	return b.opened()
}

// opened is the folder, where it is there.
func (b *Book) opened() (*os.Root, error) {
	return file.OpenFolder(b.folder, "rotations are remembered")
}

// sync has names that came or went outlive a power cut too, where a file system can that.
func sync(dir *os.Root) {
	if above, err := dir.Open("."); err == nil {
		_ = above.Sync()
		_ = above.Close()
	}
}
