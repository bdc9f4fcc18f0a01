package planfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
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
