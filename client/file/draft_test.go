package file

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/file/filetest"
)

// both runs a promise for files without a name, and for systems that know none.
func both(t *testing.T, promise func(t *testing.T, begin func(path string, replace bool) (*Draft, error))) {
	t.Run("without a name", func(t *testing.T) { promise(t, Begin) })
	t.Run("with a name", func(t *testing.T) {
		promise(t, func(path string, replace bool) (*Draft, error) {
			d, err := Begin(path, replace)
			if err == nil && d.temp == "" {
				_ = d.f.Close()
				err = d.named()
			}
			return d, err
		})
	})
}

// within are the names in a folder.
func within(t *testing.T, folder string) string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func write(t *testing.T, d *Draft, content string) {
	t.Helper()
	if _, err := d.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
}

func holds(t *testing.T, path, want string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil || string(content) != want {
		t.Errorf("%s holds %q, %v; want %q", filepath.Base(path), content, err, want)
	}
}

func TestAFileIsThereWhenItIsWholeAndItsOwnersAlone(t *testing.T) {
	both(t, func(t *testing.T, begin func(string, bool) (*Draft, error)) {
		folder := t.TempDir()
		path := filepath.Join(folder, "rows.csv")
		d, err := begin(path, false)
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, "one\n")
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("before it is whole: %v", err)
		}
		write(t, d, "two\n")
		if err := d.Keep(); err != nil {
			t.Fatal(err)
		}
		holds(t, path, "one\ntwo\n")
		if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 || within(t, folder) != "rows.csv" {
			t.Errorf("its mode is %v, %v; there is %s", info.Mode(), err, within(t, folder))
		}
	})
}

func TestAFileThatIsLetGoOfLeavesNothingBehind(t *testing.T) {
	both(t, func(t *testing.T, begin func(string, bool) (*Draft, error)) {
		folder := t.TempDir()
		d, err := begin(filepath.Join(folder, "rows.csv"), false)
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, "half")
		d.Drop()
		if found := within(t, folder); found != "" {
			t.Errorf("there is %s", found)
		}
	})
}

func TestAFileThatIsThereIsReplacedInOneStepAndOnlyIfThatIsWanted(t *testing.T) {
	both(t, func(t *testing.T, begin func(string, bool) (*Draft, error)) {
		folder := t.TempDir()
		path := filepath.Join(folder, "rows.csv")
		if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := begin(path, false); !errors.Is(err, fs.ErrExist) || strings.Contains(err.Error(), folder) {
			t.Errorf("not to be replaced: %v", err)
		}
		d, err := begin(path, true)
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, "new")
		holds(t, path, "old")
		if err := d.Keep(); err != nil {
			t.Fatal(err)
		}
		holds(t, path, "new")
		if found := within(t, folder); found != "rows.csv" {
			t.Errorf("there is %s", found)
		}
	})
}

// TestAFileThatHasComeInTheMeantimeIsLeftAlone lets somebody else write one while the rows
// are read.
func TestAFileThatHasComeInTheMeantimeIsLeftAlone(t *testing.T) {
	both(t, func(t *testing.T, begin func(string, bool) (*Draft, error)) {
		folder := t.TempDir()
		path := filepath.Join(folder, "rows.csv")
		d, err := begin(path, false)
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, "ours")
		if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := d.Keep(); !errors.Is(err, fs.ErrExist) {
			t.Errorf("kept: %v", err)
		}
		holds(t, path, "theirs")
		if found := within(t, folder); found != "rows.csv" {
			t.Errorf("there is %s", found)
		}
	})
}

func TestWhatIsNoFileIsNeverReplaced(t *testing.T) {
	folder := t.TempDir()
	target, link := filepath.Join(folder, "target"), filepath.Join(folder, "link")
	if err := errors.Join(os.WriteFile(target, []byte("old"), 0o600), os.Symlink(target, link)); err != nil {
		t.Fatal(err)
	}
	paths := map[string]string{
		link: "symbolic link", "": "no file", folder + "/": "no file", folder + "/.": "no file", "..": "no file",
		filepath.Join(folder, "missing", "x.csv"): "its folder: no such file", filepath.Join(target, "x.csv"): "its folder: not a directory",
	}
	for path, says := range filetest.NoFiles(t) {
		if !strings.HasSuffix(path, "huge") {
			paths[path] = says
		}
	}
	for path, says := range paths {
		for _, replace := range []bool{false, true} {
			_, err := Begin(path, replace)
			switch {
			case err == nil || errors.Is(err, fs.ErrExist) || !strings.Contains(err.Error(), says):
				t.Errorf("%s: %v, want %q", path, err, says)
			case strings.Contains(err.Error(), folder):
				t.Errorf("the error holds the path: %v", err)
			}
		}
	}
	holds(t, target, "old")
}

// TestASharedFileIsReadByAllAndWrittenByItsOwner whatever the umask says, and takes the place of
// what was there.
func TestASharedFileIsReadByAllAndWrittenByItsOwner(t *testing.T) {
	both(t, func(t *testing.T, begin func(string, bool) (*Draft, error)) {
		path := filepath.Join(t.TempDir(), "tokens.prom")
		if err := os.WriteFile(path, []byte("before"), 0o600); err != nil {
			t.Fatal(err)
		}
		d, err := begin(path, true)
		if err != nil {
			t.Fatal(err)
		}
		d.Share()
		write(t, d, "now")
		holds(t, path, "before")
		if err := d.Keep(); err != nil {
			t.Fatal(err)
		}
		holds(t, path, "now")
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o644 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
	})
}
