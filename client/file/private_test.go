package file_test

import (
	"os"
	"path/filepath"
	"testing"

	"authdeck/client/file"
	"authdeck/client/file/filetest"
)

func TestWhatIsSaidOfAPrivateFileWithoutOpeningItIsWhatReadingItSays(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	paths := []string{filepath.Join(folder, "none")}
	for name, mode := range map[string]os.FileMode{"mine": 0o600, "read": 0o640, "write": 0o602} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, nil, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, path+"-link"); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path, path+"-link")
	}
	for path, says := range filetest.NoFiles(t) {
		if says != "larger than" {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		_, read := file.ReadPrivate(path, 16)
		said := file.Private(path)
		if (read == nil) != (said == nil) || read != nil && read.Error() != said.Error() {
			t.Errorf("%s: %v, and reading it says %v", path, said, read)
		}
	}
}
