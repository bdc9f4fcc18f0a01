package planfile

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"authdeck/client/file"
	"authdeck/client/seal"
	"authdeck/client/signature"
	"authdeck/model"
	"authdeck/model/plan"
)

// largest is how large a plan may be: a million lines are.
const largest = 1 << 30

// Read reads a plan from a file.
func Read(path string) (*plan.Plan, error) {
	_, p, err := readWhole(path)
	return p, err
}

// Write writes a plan to a file, which is there when it is whole and only then. One that is
// there is an [io/fs.ErrExist], unless it is to be replaced; and never where something was
// done for what is in it.
func Write(path string, p *plan.Plan, replace bool) error {
	if replace {
		path = At(path)
		if begun(path) {
			return errors.New("a plan is there of which something was done already; give this one another name")
		}
	}
	draft, err := file.Begin(path, replace)
	if err != nil {
		return err
	}
	defer draft.Drop()
	out := bufio.NewWriterSize(draft, 1<<20)
	if err := p.Encode(out); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	return draft.Keep()
}

// begun reports whether something was done for the plan at a path: what its journal begins
// with is of no deed.
func begun(path string) bool {
	content, err := file.ReadPrivate(journalOf(path), largest)
	return err == nil && bytes.Count(content, []byte("\n")) > 1 || err != nil && !errors.Is(err, fs.ErrNotExist)
}

// Files are those of a person: a [plan.Files].
type Files struct {
	Folder string                   // for plans that are given no name
	AtHome func(path string) string // a path with ~ for the person's home

	Applier signature.Applier // who the person is
	To      seal.Recipients   // to whom new keys can be sealed; nil for nobody
	Courier model.Courier     // the commands that can take new keys; nil for none
}

// Keep implements [plan.Files].
func (f Files) Keep(p *plan.Plan, path string, replace bool) (kept string, err error) {
	if path == "" {
		if !filepath.IsAbs(f.Folder) {
			return "", fmt.Errorf("the folder for plans is %q, which is not a whole path; set HOME or XDG_STATE_HOME", f.Folder)
		}
		if err := file.MakeFolder(f.Folder); err != nil {
			return "", fmt.Errorf("the folder for plans: %w", err)
		}
		path, replace = filepath.Join(f.Folder, p.Made.UTC().Format("20060102T150405Z")+"-"+p.Action.String()+"-"+p.ID+".json"), false
	}
	path = f.AtHome(path)
	if err := Write(path, p, replace); err != nil {
		return path, err
	}
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	return path, nil
}

// Journal implements [plan.Files].
func (f Files) Journal(p *plan.Plan, path string) (plan.Journal, error) {
	j, err := Open(p, f.AtHome(path))
	if err != nil {
		return nil, err
	}
	return j, nil
}

// Ends implements [plan.Files].
func (f Files) Ends(p *plan.Plan, path string) ([]plan.End, error) { return Ends(p, f.AtHome(path)) }

// At is the file to which a path leads. What is done for a plan, who has it in hand and who has
// signed it stand beside that one, by whatever link somebody comes to it.
func At(path string) string {
	if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return path // a link further up leads what stands beside it to the same place
	}
	if at, err := filepath.EvalSymlinks(path); err == nil {
		return at
	}
	return path // it leads nowhere: whoever opens it says so
}

func journalOf(path string) string { return path + ".journal" }
