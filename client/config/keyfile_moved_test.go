package config

import (
	"os"
	"path/filepath"
	"testing"

	"authdeck/client/file"
	"authdeck/client/file/filetest"
)

// TestAKeyFileThatNobodyWouldFindIsNotCalledWritten is about the moment between the folder that
// was looked at and the file in it.
func TestAKeyFileThatNobodyWouldFindIsNotCalledWritten(t *testing.T) {
	for how, away := range filetest.Away() {
		folder := filepath.Join(t.TempDir(), "keys")
		if err := os.Mkdir(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		dir, err := file.OpenFolder(folder, "keys go")
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Create(dir, "a.key", []byte("key\n")); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(folder, "a.key")
		if err := stays(dir, "a.key", path); err != nil {
			t.Errorf("%s: before it is, %v", how, err)
		}
		away(t, path)
		if err := stays(dir, "a.key", path); (err == nil) != (how == "replaced") { // that one is in its folder
			t.Errorf("%s: %v", how, err)
		}
		_ = dir.Close()
	}
}
