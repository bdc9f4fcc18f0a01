package recall

import (
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"authdeck/client/file/filetest"
)

// kept is a folder for questions that is not there yet, and what is said of it.
func kept(t *testing.T) (q Questions, path string, log *strings.Builder) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "state", "authdeck")
	log = &strings.Builder{}
	return In(folder, slog.New(slog.NewTextHandler(log, nil))), filepath.Join(folder, "searches"), log
}

func recalls(t *testing.T, q Questions, want ...string) {
	t.Helper()
	if got := q.Recall(); !slices.Equal(got, want) {
		t.Errorf("there is %q, want %q", got, want)
	}
}

func TestWhatWasAskedIsThereInTheNextSessionOnceAndTheNewestLast(t *testing.T) {
	q, path, log := kept(t)
	recalls(t, q)
	for _, line := range []string{"owner:ali", "is:stale", "سارا", "owner:ali"} {
		q.Remember(line)
	}
	recalls(t, q, "is:stale", "سارا", "owner:ali")
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file: %v, %v", info, err)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode() != fs.ModeDir|0o700 {
		t.Errorf("its folder: %v, %v", info, err)
	}
	if found, _ := os.ReadDir(filepath.Dir(path)); len(found) != 1 || log.Len() > 0 {
		t.Errorf("beside it there is %v; said: %s", found, log)
	}
}

func TestOnlySoMuchIsKept(t *testing.T) {
	q, _, _ := kept(t)
	for n := range most + 5 {
		q.Remember(fmt.Sprintf("id:%d", n))
	}
	got := q.Recall()
	if len(got) != most || got[0] != "id:5" || got[most-1] != fmt.Sprintf("id:%d", most+4) {
		t.Errorf("%d lines, from %s", len(got), got[0])
	}
	q.Remember(strings.Repeat("a b ", longest))
	if again := q.Recall(); !slices.Equal(again, got) {
		t.Error("a line longer than any question was kept")
	}
}

// keys are as the systems make them, and as they are pasted into a search.
func keys() []string {
	return []string{
		"0123456789abcdef0123456789abcdef01234567", "x 0123456789abcdef0123456789abcdef01234567", `"3fA9kQ2zLm7W"`,
		"description:3f2504e0-4f89-11d3-9a0c-0305e82c3301", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.x", "-name:abcdefghijklmnopqrstuvwxyzab",
	}
}

func TestNothingThatLooksLikeAKeyIsKeptOrRecalled(t *testing.T) {
	q, path, _ := kept(t)
	q.Remember("owner:ali")
	for _, key := range keys() {
		q.Remember(key)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "owner:ali\n" {
		t.Errorf("the file holds %q, %v", content, err)
	}
	written := strings.Join(append(keys(), "is:stale", "a\x1b[2Jb", "\xff", ""), "\n")
	if err := os.WriteFile(path, []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	recalls(t, q, "is:stale")
	q.Remember("is:old")
	if content, _ := os.ReadFile(path); string(content) != "is:stale\nis:old\n" {
		t.Errorf("the file still holds %q", content)
	}
}

// TestAFileThatIsNotOursDoesNoHarmAndIsLeftAsItIs is for what else can lie at the path.
func TestAFileThatIsNotOursDoesNoHarmAndIsLeftAsItIs(t *testing.T) {
	for name, put := range map[string]func(path string) error{
		"a folder":        func(path string) error { return os.Mkdir(path, 0o700) },
		"others can read": func(path string) error { return os.WriteFile(path, []byte("is:old\n"), 0o644) },
		"larger than":     func(path string) error { return os.WriteFile(path, make([]byte, largest+1), 0o600) },
		"a symbolic link": func(path string) error { return os.Symlink(os.DevNull, path) },
		"a FIFO": func(path string) error {
			for pipe, says := range filetest.NoFiles(t) {
				if strings.HasPrefix(says, "a FIFO") {
					return os.Rename(pipe, path)
				}
			}
			return fs.ErrNotExist
		},
	} {
		t.Run(name, func(t *testing.T) {
			q, path, log := kept(t)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := put(path); err != nil {
				t.Fatal(err)
			}
			before, _ := os.Lstat(path)
			recalls(t, q)
			q.Remember("owner:ali")
			if after, err := os.Lstat(path); err != nil || !os.SameFile(before, after) || after.Size() != before.Size() {
				t.Errorf("it is another file: %v, %v", after, err)
			}
			if said := log.String(); strings.Count(said, "level=WARN") != 2 || !strings.Contains(said, name) || strings.Contains(said, path) {
				t.Errorf("said: %s", said)
			}
		})
	}
}

func TestAFolderThatCannotBeIsSaidAndNoHarm(t *testing.T) {
	log := &strings.Builder{}
	for _, folder := range []string{"", "state", "/dev/null/authdeck"} {
		q := In(folder, slog.New(slog.NewTextHandler(log, nil)))
		q.Remember("owner:ali")
	}
	if said := log.String(); strings.Count(said, "not kept for later sessions") != 3 {
		t.Errorf("said: %s", said)
	}
}

// TestSessionsSideBySideLoseNothing has several write at once, as consoles in several windows.
func TestSessionsSideBySideLoseNothing(t *testing.T) {
	q, path, log := kept(t)
	q.Remember("first")
	var all sync.WaitGroup
	for session := range 4 {
		mine := In(filepath.Dir(path), q.log)
		all.Go(func() {
			for n := range 10 {
				mine.Remember(fmt.Sprintf("id:%d%d", session, n))
			}
		})
	}
	all.Wait()
	if got := q.Recall(); len(got) != 41 || log.Len() > 0 {
		t.Errorf("%d lines are left of 41; said: %s", len(got), log)
	}
}
