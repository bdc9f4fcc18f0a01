package file_test

import (
	"os"
	"path/filepath"
	"testing"

	"authdeck/client/file"
	"authdeck/client/file/filetest"
)

func TestAFileThatIsNotAtItsPathAnyMoreIsMissed(t *testing.T) {
	t.Parallel()
	for how, away := range filetest.Away() {
		path := filepath.Join(t.TempDir(), "folder", "lines")
		if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		f, err := file.CreatePrivate(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Stays(f, path); err != nil {
			t.Errorf("%s: before it is, %v", how, err)
		}
		away(t, path)
		if err := file.Stays(f, path); err == nil {
			t.Errorf("%s is not missed", how)
		}
		_ = f.Close()
	}
}
