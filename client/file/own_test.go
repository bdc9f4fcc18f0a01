package file

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// TestWhereAFileNeedsItsNameAtOnceItIsWholeTooOrNotThere is for file systems and
// systems on which a file cannot be written before it has a name.
func TestWhereAFileNeedsItsNameAtOnceItIsWholeTooOrNotThere(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	dir, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	above, err := dir.Open(".")
	if err != nil {
		t.Fatal(err)
	}
	defer above.Close()
	f, err := createNamed(dir, above, "x.key", []byte("first\n"), Hold)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := createNamed(dir, above, "x.key", []byte("second\n"), Hold); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	path := filepath.Join(folder, "x.key")
	content, err := os.ReadFile(path)
	if err != nil || string(content) != "first\n" {
		t.Errorf("the file holds %q, %v", content, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file has the mode %v, %v", info.Mode(), err)
	}
}
