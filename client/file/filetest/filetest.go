// Package filetest is what tests of files that an operator names ask: paths at which
// there is something else. It must not know what they are read for.
package filetest

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// NoFiles are paths at which there is something else than a file that can be
// read, with what is said of each.
func NoFiles(t *testing.T) map[string]string {
	t.Helper()
	folder := t.TempDir()
	pipe, huge := filepath.Join(folder, "pipe"), filepath.Join(folder, "huge")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 8<<30); err != nil {
		t.Skipf("no file of eight gigabytes with a hole in it is possible here: %v", err)
	}
	return map[string]string{
		pipe: "a FIFO and not a regular file", folder: "a folder and not a regular file",
		"/dev/zero": "a device and not a regular file", huge: "larger than",
	}
}

// Away are the ways in which a file goes away from its path while it is written to.
func Away() map[string]func(t *testing.T, path string) {
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	return map[string]func(*testing.T, string){
		"removed": func(t *testing.T, path string) { t.Helper(); must(t, os.Remove(path)) },
		"moved":   func(t *testing.T, path string) { t.Helper(); must(t, os.Rename(path, path+".old")) },
		"its folder moved": func(t *testing.T, path string) {
			t.Helper()
			must(t, os.Rename(filepath.Dir(path), filepath.Dir(path)+".old"))
		},
		"replaced": func(t *testing.T, path string) {
			t.Helper()
			must(t, os.Remove(path))
			must(t, os.WriteFile(path, nil, 0o600))
		},
	}
}
