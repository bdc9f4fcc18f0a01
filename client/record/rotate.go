package record

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"authdeck/client/file"
	"authdeck/model/audit"
)

// nextName is what the new lines are called until they are the record.
const nextName = "audit.next"

// Aside is what was put aside.
type Aside struct {
	Path    string // of the lines; their head is beside them
	Entries int64
	Last    audit.Head
}

// Rotate puts what a record has so far aside, beside it, and has the record go on in a file of
// which the first line refers to the last one before. What is not as it was written stays. At
// whatever point the program is killed, the record is whole: it is the file from before, or the
// new one.
func Rotate(o Options) (Aside, error) {
	k := Keep(o)
	if err := whole(o.Folder); err != nil {
		return Aside{}, err
	}
	folder, err := file.OpenFolder(o.Folder, "the record goes")
	if err == nil {
		_, err = folder.Lstat(FileName) // or it would be made
		defer func() { _ = folder.Close() }()
	}
	if errors.Is(err, fs.ErrNotExist) {
		return Aside{}, errors.New("nothing is recorded yet, and so nothing was put aside")
	}
	if err != nil {
		return Aside{}, err
	}
	a, err := k.rotate(folder)
	if err != nil {
		return Aside{}, fmt.Errorf("%s: %w", filepath.Join(o.Folder, FileName), err)
	}
	a.Path = asideAt(filepath.Join(o.Folder, FileName), a.Last.Number)
	return a, nil
}

func (k *Keeper) rotate(folder *os.Root) (Aside, error) {
	lines, err := openLocked(folder, k.journal.patience)
	if err != nil {
		return Aside{}, err
	}
	defer func() { _ = lines.Close() }()
	head, err := file.OpenPrivate(folder, headName, 0)
	if err != nil {
		return Aside{}, fmt.Errorf("%s: %w", headName, err)
	}
	defer func() { _ = head.Close() }()
	last, entries, err := good(lines, head)
	if err != nil {
		return Aside{}, nothing(err)
	}
	aside := filepath.Base(asideAt(FileName, last.Number))
	next, after, err := k.next(folder, last, aside)
	if err != nil {
		return Aside{}, nothing(err)
	}
	defer func() { _ = next.Close() }() // who waits for it begins after the head is written
	if err := change(folder, lines, last, aside); err != nil {
		return Aside{}, nothing(errors.Join(err, folder.Remove(nextName)))
	}
	if err := errors.Join(syncFolder(folder), writeHead(head, after)); err != nil {
		return Aside{}, fmt.Errorf("it was put aside as %s, and %s could not be written, which the next line does: %w", aside, headName, err)
	}
	return Aside{Entries: entries, Last: last}, nil
}

func nothing(err error) error { return fmt.Errorf("nothing was put aside: %w", err) }

// good is the last entry of a record that is as it was written.
func good(lines, head *os.File) (last audit.Head, entries int64, err error) {
	known, err := readHead(head)
	if err != nil {
		return last, 0, err
	}
	info, err := lines.Stat()
	if err != nil {
		return last, 0, err
	}
	report, err := audit.Verify(io.NewSectionReader(lines, 0, info.Size()), known)
	switch {
	case err != nil:
		return last, 0, err
	case report.Verdict != audit.Good:
		return last, 0, errors.New("it is not as it was written; authdeck audit verify says where")
	case report.Entries == 0 || report.Before.Number > 0 && report.Entries == 1:
		return last, 0, errors.New("nothing was recorded since it was begun")
	}
	return report.Last, report.Entries, nil
}

// next makes the file in which the record goes on, locked before it is the record.
func (k *Keeper) next(folder *os.Root, last audit.Head, aside string) (_ *os.File, after audit.Head, err error) {
	line, after, err := audit.Seal(last, audit.Entry{Time: time.Now(), Phase: audit.Continued, Who: k.who, Words: "the lines before are in " + aside})
	if err != nil {
		return nil, after, err
	}
	if err := folder.Remove(nextName); err != nil && !errors.Is(err, fs.ErrNotExist) { // of one that was killed
		return nil, after, err
	}
	next, err := file.OpenPrivate(folder, nextName, os.O_APPEND)
	if err != nil {
		return nil, after, err
	}
	if err = locking(file.Lock(next, k.journal.patience)); err == nil {
		_, err = next.Write(line)
	}
	if err == nil {
		err = next.Sync()
	}
	if err != nil {
		_ = next.Close()
		return nil, after, err
	}
	return next, after, nil
}

// change gives the lines their other name, with a head beside it, and the new file theirs.
func change(folder *os.Root, lines *os.File, last audit.Head, aside string) error {
	if err := unlinkOthers(folder, lines); err != nil {
		return err
	}
	if err := headOf(folder, strings.TrimSuffix(aside, ending)+headEnding, last); err != nil {
		return err
	}
	if err := folder.Link(FileName, aside); err != nil {
		return fmt.Errorf("it cannot be given another name: %w", err)
	}
	if err := syncFolder(folder); err != nil {
		return err
	}
	return folder.Rename(nextName, FileName)
}

// unlinkOthers takes names away that a program which was killed has given to the lines: they have
// grown since, and are not what that name says.
func unlinkOthers(folder *os.Root, lines *os.File) error {
	names, err := fs.Glob(folder.FS(), asideName+"-*"+ending)
	for _, name := range names {
		if err == nil && file.IsAt(lines, func() (os.FileInfo, error) { return folder.Lstat(name) }) {
			err = errors.Join(folder.Remove(name), folder.Remove(strings.TrimSuffix(name, ending)+headEnding))
		}
	}
	return err
}

// headOf writes a head of its own.
func headOf(folder *os.Root, name string, last audit.Head) error {
	f, err := file.OpenPrivate(folder, name, 0)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err = writeHead(f, last); err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
