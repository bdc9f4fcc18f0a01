package record

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"authdeck/client/file"
	"authdeck/model/audit"
)

// Verify looks for what somebody has done to a record, and to what was put aside of it as far as
// that lies beside it.
func Verify(path string) (audit.Report, error) {
	others := asides(path) // before the record is read: what is put aside meanwhile is no stray
	report, err := verify(path)
	if errors.Is(err, fs.ErrNotExist) && len(others) > 0 {
		return report.Beside(others), nil // it is gone, and was there: something was put aside of it
	}
	for err == nil && report.Before.Number > 0 {
		at := asideAt(path, report.Before.Number)
		earlier, bad := verify(at)
		if errors.Is(bad, fs.ErrNotExist) {
			break // it is kept elsewhere: what the report is of says so
		}
		err = bad
		others = slices.DeleteFunc(others, func(name string) bool { return name == filepath.Base(at) })
		report = report.After(earlier, filepath.Base(at))
	}
	return report.Beside(others), err
}

// part is the name of what was put aside, as [asideAt] has it.
var part = regexp.MustCompile(`^` + asideName + `-\d{8,}\` + ending + `$`)

// asides are the names of the files that were put aside of a record before it and lie beside it.
// Of one that is a part itself these are the parts before it. A second name of the same file is
// none: somebody was killed who was about to put it aside.
func asides(path string) (names []string) {
	folder, own := filepath.Split(path)
	if own != FileName && !part.MatchString(own) {
		return nil // it has another name, and so would its parts
	}
	here, _ := os.Stat(path)
	all, _ := os.ReadDir(filepath.Clean(folder)) // what cannot be read has been said of the record
	for _, e := range all {
		there, err := e.Info()
		if err != nil || !part.MatchString(e.Name()) || here != nil && os.SameFile(here, there) || own != FileName && e.Name() >= own {
			continue
		}
		names = append(names, e.Name())
	}
	return names
}

func verify(path string) (report audit.Report, err error) {
	err = reading(path, func(lines io.Reader, head *audit.Head) error {
		report, err = audit.Verify(lines, head)
		return err
	})
	return report, err
}

// asideAt is where that was put aside which ends with an entry.
func asideAt(path string, last int64) string {
	return fmt.Sprintf("%s-%08d%s", filepath.Join(filepath.Dir(path), asideName), last, ending)
}

// Each hands on what of a record is wanted, what was put aside of it first, and says how many lines
// are no entries.
func Each(path string, f audit.Filter, take func(audit.Entry) error) (others int, err error) {
	err = reading(path, func(lines io.Reader, _ *audit.Head) error {
		all := bufio.NewReaderSize(lines, firstLine)
		before, bad := eachBefore(path, all, f, take)
		if bad != nil {
			return bad
		}
		others, err = audit.Select(all, f, take)
		others += before
		return err
	})
	return others, err
}

// firstLine is more than the first line of a record takes that goes on after another file.
const firstLine = 16 << 10

// eachBefore is Each of the file that a record goes on after, where it lies beside it.
func eachBefore(path string, lines *bufio.Reader, f audit.Filter, take func(audit.Entry) error) (int, error) {
	begin, _ := lines.Peek(firstLine) // the error is that of Select
	line, _, _ := bytes.Cut(begin, []byte("\n"))
	first, err := audit.Open(line)
	if err != nil || first.Phase != audit.Continued || first.Number < 2 {
		return 0, nil //nolint:nilerr // what is no entry has nothing before it
	}
	others, err := Each(asideAt(path, first.Number-1), f, take)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	return others, err
}

// errMoved is of a record that another file is now, or the first one: it is read once more.
var errMoved = errors.New("it is another file since this moment")

// reading reads a record as it is in one moment: who writes is waited for, and held up only
// while it is looked how much there is. A record that is not there is empty.
func reading(path string, do func(lines io.Reader, head *audit.Head) error) error {
	for {
		if err := readingOnce(path, do); !errors.Is(err, errMoved) {
			return err
		}
	}
}

func readingOnce(path string, do func(lines io.Reader, head *audit.Head) error) error {
	f, err := file.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		head, err := headBeside(path)
		if _, there := os.Stat(path); there == nil {
			return errMoved // it was begun in between, and the head is of what is there now
		}
		if err != nil || head == nil {
			return errors.Join(err, fmt.Errorf("there is no record at %s: %w", path, fs.ErrNotExist))
		}
		return do(strings.NewReader(""), head)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer func() { _ = f.Close() }()
	size, head, err := momentOf(f, path)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if err := do(io.LimitReader(f, size), head); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// momentOf is how long a record is, and the head that goes with that.
func momentOf(f *os.File, path string) (size int64, head *audit.Head, err error) {
	if err := locking(file.LockShared(f, patience)); err != nil {
		return 0, nil, err
	}
	defer func() { _ = unix.Flock(int(f.Fd()), unix.LOCK_UN) }()
	if !file.IsAt(f, func() (os.FileInfo, error) { return os.Stat(path) }) {
		return 0, nil, errMoved
	}
	info, err := f.Stat()
	if err != nil {
		return 0, nil, err
	}
	head, err = headBeside(path)
	return info.Size(), head, err
}

// headBeside is the head of the record at a path; nil where there is none.
func headBeside(path string) (*audit.Head, error) {
	content, err := file.Read(strings.TrimSuffix(path, ending)+headEnding, headSize)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil //nolint:nilnil // there is none
	case err != nil:
		return nil, fmt.Errorf("%s: %w", headName, err)
	}
	return headIn(content), nil
}

// headIn is the head that stands in a file; nil where none does.
func headIn(content []byte) *audit.Head {
	var head *audit.Head // null says nothing
	if json.Unmarshal(content, &head) != nil {
		return nil
	}
	return head
}
