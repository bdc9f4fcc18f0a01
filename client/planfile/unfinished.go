package planfile

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"authdeck/client/file"
	"authdeck/model/plan"
)

// Unfinished are the plans in a folder that were begun and left in the middle, the latest first.
// One that another program applies right now is not among them, nor one that was dismissed, and
// of one that cannot be read nothing is known.
func Unfinished(folder string) ([]plan.Unfinished, error) {
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var found []plan.Unfinished
	for _, e := range slices.Backward(entries) {
		path, is := strings.CutSuffix(filepath.Join(folder, e.Name()), ".journal")
		if !is || there(dismissedOf(path)) {
			continue
		}
		if u, is := unfinished(path); is {
			found = append(found, u)
		}
	}
	return found, err
}

func unfinished(path string) (u plan.Unfinished, is bool) {
	if !worthReading(path) {
		return u, false
	}
	p, err := Read(path)
	if err != nil {
		return u, false
	}
	records, underWay, err := Records(p, path)
	if err != nil || underWay {
		return u, false
	}
	u, is = p.Unfinished(records)
	u.Path = path
	return u, is
}

// worthReading reports whether a plan may have been left in the middle, by its journal and the end of
// its file alone: a plan of many lines takes a while to read, and most are at their end.
func worthReading(path string) bool {
	content, err := file.ReadPrivate(journalOf(path), largest)
	if err != nil {
		return false
	}
	_, entries, _ := bytes.Cut(content, []byte("\n"))
	open := map[int]bool{}
	for line := range bytes.Lines(entries) {
		if r, err := readEntry(line, math.MaxInt); err == nil && r.Step != plan.Looked {
			open[r.Line+1] = r.Step != plan.Ends || r.Outcome == plan.NotBegun
		}
	}
	done, last := 0, lastLine(path)
	for n, is := range open {
		if !is && n <= last {
			done++
		}
	}
	return len(open) > 0 && (last == 0 || done < last)
}

// lastLine is the number of the last line of a plan, of which it has as many; 0 where the end of
// the file does not tell.
func lastLine(path string) (n int) {
	f, err := file.Open(path)
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }()
	if _, err := f.Seek(-glance, io.SeekEnd); err != nil { // it is no longer than that
		_, err = f.Seek(0, io.SeekStart)
		if err != nil {
			return 0
		}
	}
	end, err := io.ReadAll(io.LimitReader(f, glance))
	if err != nil {
		return 0
	}
	at := bytes.LastIndex(end, []byte(numbered))
	if at < 0 {
		return 0
	}
	digits, _, _ := bytes.Cut(end[at+len(numbered):], []byte(","))
	n, _ = strconv.Atoi(string(digits))
	return n
}

const (
	glance   = 64 << 10
	numbered = "\n{\"n\": " // as a plan is written
)

// Dismiss has a plan that was left in the middle stay so: [Unfinished] does not tell of it any
// more, unless somebody goes on with it.
func Dismiss(path string) error {
	path = At(path)
	if _, is := unfinished(path); !is {
		return errors.New("it is no plan that was left in the middle")
	}
	f, err := file.CreatePrivate(dismissedOf(path))
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func there(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

func dismissedOf(path string) string { return path + ".dismissed" }
