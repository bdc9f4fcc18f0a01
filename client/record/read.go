package record

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/sys/unix"

	"authdeck/client/file"
	"authdeck/model/audit"
)

// Verify looks for what somebody has done to a record.
func Verify(path string) (report audit.Report, err error) {
	err = reading(path, func(lines io.Reader, head *audit.Head) error {
		report, err = audit.Verify(lines, head)
		return err
	})
	return report, err
}

// Each hands on what of a record is wanted, and says how many lines are no entries.
func Each(path string, f audit.Filter, take func(audit.Entry) error) (others int, err error) {
	err = reading(path, func(lines io.Reader, _ *audit.Head) error {
		others, err = audit.Select(lines, f, take)
		return err
	})
	return others, err
}

// reading reads a record as it is in one moment: who writes is waited for, and held up only
// while it is looked how much there is. A record that is not there is empty.
func reading(path string, do func(lines io.Reader, head *audit.Head) error) error {
	f, err := file.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		head, err := headBeside(path)
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
	if err := lock(f, unix.LOCK_SH, patience); err != nil {
		return 0, nil, err
	}
	defer func() { _ = unix.Flock(int(f.Fd()), unix.LOCK_UN) }()
	info, err := f.Stat()
	if err != nil {
		return 0, nil, err
	}
	head, err = headBeside(path)
	return info.Size(), head, err
}

// headBeside is the head of the record at a path; nil where there is none.
func headBeside(path string) (*audit.Head, error) {
	content, err := file.Read(strings.TrimSuffix(path, ".jsonl")+".head", headSize)
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
