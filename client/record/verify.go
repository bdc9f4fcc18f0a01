package record

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"authdeck/model/audit"
)

// Verify looks for what somebody has done to a record, and to what was put aside of it as far as
// that lies beside it. A part that lies there and that nothing goes on after is found too: to put
// aside always leaves a line that does.
func Verify(path string) (audit.Report, error) {
	for {
		before, _ := os.Stat(path)
		report, read, err := chained(path)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return report, err
		}
		loose, bad := looseBeside(path, read)
		switch after, _ := os.Stat(path); {
		case bad != nil:
			return report, bad
		case len(loose) == 0:
			return report, err
		case before == nil && after == nil, before != nil && after != nil && os.SameFile(before, after):
			return report.Beside(loose), nil
		}
		// it was put aside in between
	}
}

// looseBeside are the parts beside a record, or before a part of one, that were not read with it,
// but for those that another one of them goes on after.
func looseBeside(path string, read []string) ([]string, error) {
	most, is := numberOf(filepath.Base(path))
	if !is {
		return nil, nil // it is called otherwise, and so may be what belongs to it
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var loose, followed []string
	for _, e := range entries {
		part := filepath.Join(filepath.Dir(path), e.Name())
		n, is := numberOf(e.Name())
		if !is || n == 0 || most > 0 && n >= most || slices.Contains(read, e.Name()) || same(part, path) {
			continue
		}
		loose = append(loose, e.Name())
		if r, err := verify(part); err == nil && r.Before.Number > 0 {
			followed = append(followed, filepath.Base(asideAt(path, r.Before.Number)))
		}
	}
	return slices.DeleteFunc(loose, func(name string) bool { return slices.Contains(followed, name) }), err
}

// numberOf is the last entry of a part by its name; 0 of the record itself.
func numberOf(name string) (n int64, is bool) {
	if name == FileName {
		return 0, true
	}
	found := regexp.MustCompile(`^` + asideName + `-([0-9]{8,18})\` + ending + `$`).FindStringSubmatch(name)
	if found == nil {
		return 0, false
	}
	n, err := strconv.ParseInt(found[1], 10, 64)
	return n, err == nil
}

// same reports whether two names are of one file: of a record that was about to be put aside when
// the program was killed.
func same(one, other string) bool {
	a, err := os.Stat(one)
	b, bad := os.Stat(other)
	return err == nil && bad == nil && os.SameFile(a, b)
}
