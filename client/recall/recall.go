// Package recall keeps what was asked for in one session for those after it: the lines that
// were typed into searches, in a file of its owner's alone, and nothing that looks like a key.
// It must not know the language that they are in.
package recall

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"authdeck/client/file"
	"authdeck/client/redact"
	"authdeck/model"
)

const (
	most    = 200       // lines that are kept
	longest = 1 << 10   // bytes of one
	largest = 256 << 10 // bytes of a file that is read
)

// Questions are the lines in a file. A file that is not ours to read is left as it is, and
// said in the log: to search is worth more than to remember it.
type Questions struct {
	path string
	log  *slog.Logger
}

// In are the questions that are kept in a folder, which need not be there yet.
func In(folder string, log *slog.Logger) Questions {
	return Questions{path: filepath.Join(folder, "searches"), log: log}
}

// Recall is what was kept, the newest last.
func (q Questions) Recall() []string {
	lines, err := q.read()
	if err != nil {
		q.log.Warn("what was searched for in sessions before is not there", "why", err.Error())
	}
	return lines
}

// Remember puts a line at the end of what is kept, and takes it from where else it stands.
func (q Questions) Remember(line string) {
	if !worth(line) {
		return
	}
	if err := q.add(line); err != nil {
		q.log.Warn("what was searched for is not kept for later sessions", "why", err.Error())
	}
}

// add reads the file anew: another session may have put a line into it.
func (q Questions) add(line string) error {
	folder := filepath.Dir(q.path)
	if !filepath.IsAbs(folder) {
		return errors.New("the folder for it is not a whole path; set HOME or XDG_STATE_HOME")
	}
	if err := file.MakeFolder(folder); err != nil {
		return errors.New("its folder cannot be made")
	}
	defer alone(folder)()
	lines, err := q.read()
	if err != nil {
		return err
	}
	lines = append(slices.DeleteFunc(lines, func(l string) bool { return l == line }), line)
	lines = lines[max(0, len(lines)-most):]
	draft, err := file.Begin(q.path, true)
	if err != nil {
		return err
	}
	defer draft.Drop()
	if _, err := draft.Write([]byte(strings.Join(lines, "\n") + "\n")); err != nil {
		return err
	}
	return draft.Keep()
}

// read gives the lines that are worth keeping: somebody else may have written others.
func (q Questions) read() ([]string, error) {
	content, err := file.ReadPrivate(q.path, largest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("its file: %w", err)
	}
	lines := slices.DeleteFunc(strings.Split(string(content), "\n"), func(l string) bool { return !worth(l) })
	return lines[max(0, len(lines)-most):], nil
}

// worth reports whether a line may stand in the file. It errs on the safe side: better a
// question that is typed again than a key on the disk.
func worth(line string) bool {
	return line != "" && len(line) <= longest && utf8.ValidString(line) && !strings.ContainsFunc(line, unicode.IsControl) &&
		!redact.LooksLikeKey(line) && !model.LikeSecret(line)
}

const (
	turns = 300 // in which another session is waited for
	turn  = 10 * time.Millisecond
)

// alone has other sessions wait until the function is called that it gives. Where a file
// system knows no locks, or one is never let go of, it goes on: the worst is a line of
// another session that is missing.
func alone(folder string) (done func()) {
	f, err := os.Open(folder) //nolint:gosec // the person's own state folder
	if err != nil {
		return func() {}
	}
	for range turns {
		if err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); !errors.Is(err, syscall.EWOULDBLOCK) {
			break
		}
		time.Sleep(turn)
	}
	return func() { _ = f.Close() } // which lets go of the lock
}
