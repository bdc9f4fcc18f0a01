package record_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client/record"
	"authdeck/model/audit"
)

// aside are three orders in each of three files, the last one the record.
func aside(t *testing.T) (path string, parts []string) {
	t.Helper()
	keeper, path := kept(t, record.Options{})
	api := record.New(shop(), keeper)
	for range 3 {
		for range 3 {
			if _, err := api.Do(t.Context(), deletion()); err != nil {
				t.Fatal(err)
			}
		}
		if len(parts) < 2 {
			parts = append(parts, rotated(t, path).Path)
		}
	}
	return path, parts
}

func rotated(t *testing.T, path string) record.Aside {
	t.Helper()
	a, err := record.Rotate(record.Options{Folder: filepath.Dir(path), Getenv: os.Getenv})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func verified(t *testing.T, path string) audit.Report {
	t.Helper()
	report, err := record.Verify(path)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestARecordThatWasPutAsideGoesOnInANewFileAndIsReadAsOne(t *testing.T) {
	t.Parallel()
	path, parts := aside(t)
	if want := []string{"audit-00000006.jsonl", "audit-00000013.jsonl"}; filepath.Base(parts[0]) != want[0] || filepath.Base(parts[1]) != want[1] {
		t.Errorf("put aside as %q", parts)
	}
	if r := verified(t, path); r.Verdict != audit.Good || r.Entries != 20 || r.Last.Number != 20 || r.Before.Number != 0 {
		t.Errorf("%+v", r)
	}
	for i, e := range entries(t, path) {
		if e.Number != int64(i+1) || (e.Phase == audit.Continued) != (i == 6 || i == 13) {
			t.Errorf("the %d. entry is %d, %s", i+1, e.Number, e.Phase)
		}
	}
	for part, count := range map[string]int64{parts[0]: 6, parts[1]: 13} {
		if r := verified(t, part); r.Verdict != audit.Good || r.Entries != count {
			t.Errorf("%s: %+v", part, r)
		}
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 6 {
		t.Errorf("there are %v, %v", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info, err)
		}
	}
}

func TestOfWhatIsKeptElsewhereItIsSaidThatItIsNotHere(t *testing.T) {
	t.Parallel()
	path, parts := aside(t)
	far := t.TempDir()
	move := func(name, from, to string) {
		t.Helper()
		if err := os.Rename(filepath.Join(from, name), filepath.Join(to, name)); err != nil {
			t.Fatal(err)
		}
	}
	last := verified(t, parts[0]).Last
	for _, name := range []string{"audit-00000006.jsonl", "audit-00000006.head"} {
		move(name, filepath.Dir(path), far)
	}
	if r := verified(t, path); r.Verdict != audit.Good || r.Entries != 14 || r.Before != last {
		t.Errorf("%+v, and not after %+v", r, last)
	}
	if all := entries(t, path); len(all) != 14 || all[0].Number != 7 {
		t.Errorf("%+v", all)
	}
	if c := record.Check(filepath.Dir(path)); !strings.Contains(c.Found.String(), "is good, 14 entries") || !strings.HasSuffix(c.Found.String(), "; what was done before entry 7 is not here") {
		t.Errorf("%s", c.Found)
	}
	for _, name := range []string{"audit-00000013.jsonl", "audit-00000013.head", "audit.jsonl", "audit.head"} {
		move(name, filepath.Dir(path), far)
	}
	if r := verified(t, filepath.Join(far, record.FileName)); r.Verdict != audit.Good || r.Entries != 20 || r.Before.Number != 0 {
		t.Errorf("brought together it is %+v", r)
	}
}

func TestWhatSomebodyDidToWhatWasPutAsideIsFoundWithItsFile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do          func(part, path string) error
		file, words string
	}{
		"a letter is changed": {func(part, _ string) error { return replaced(part, "sara", "lara") }, "audit-00000006.jsonl", "entry 1 was changed"},
		"its end is cut":      {func(part, _ string) error { return shorter(part, -1) }, "audit-00000006.jsonl", "entry 6 is missing at the end"},
		"another is there": {func(part, _ string) error {
			folder := filepath.Dir(part) + "-other"
			keeper := record.Keep(record.Options{Folder: folder, Getenv: os.Getenv})
			api := record.New(shop(), keeper)
			for range 3 {
				if _, err := api.Do(t.Context(), deletion()); err != nil {
					return err
				}
			}
			for _, ending := range []string{".jsonl", ".head"} {
				if err := os.Rename(filepath.Join(folder, "audit"+ending), strings.TrimSuffix(part, ".jsonl")+ending); err != nil {
					return err
				}
			}
			return nil
		}, "audit-00000013.jsonl", "entry 7 does not follow the last one of audit-00000006.jsonl"},
		"the record is gone": {func(_, path string) error { return without(path) }, "audit-00000013.jsonl", "no file here goes on after it"},
		"the record is emptied": {func(_, path string) error {
			return errors.Join(os.Truncate(path, 0), os.WriteFile(strings.TrimSuffix(path, "jsonl")+"head", []byte("null"), 0o600))
		}, "audit-00000013.jsonl", "no file here goes on after it"},
		"one in the middle is gone": {func(part, _ string) error {
			return without(strings.Replace(part, "06.jsonl", "13.jsonl", 1))
		}, "audit-00000006.jsonl", "no file here goes on after it"},
		"one has another name": {func(part, _ string) error {
			return os.Rename(part, strings.Replace(part, "06.jsonl", "99.jsonl", 1))
		}, "audit-00000099.jsonl", "no file here goes on after it"},
		"of one the head alone is left": {func(part, _ string) error { return os.Remove(part) }, "audit-00000006.jsonl", "all its entries are missing, up to entry 6"},
		"the begin is cut":              {func(_, path string) error { return shorter(path, 1) }, "", "entries 1 to 14 are missing before it"},
	} {
		path, parts := aside(t)
		if err := c.do(parts[0], path); err != nil {
			t.Fatal(err)
		}
		r := verified(t, path)
		if r.Verdict != audit.Tampered || !slices.ContainsFunc(r.Findings, func(f audit.Finding) bool { return f.File == c.file && strings.Contains(f.Words, c.words) }) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// without takes a file away, and its head.
func without(path string) error {
	return errors.Join(os.Remove(path), os.Remove(strings.TrimSuffix(path, "jsonl")+"head"))
}

func replaced(path, was, is string) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strings.Replace(string(content), was, is, 1)), 0o600)
}

// shorter takes a line away, the first one or the last.
func shorter(path string, which int) error {
	content, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	lines := strings.SplitAfter(string(content), "\n")
	if lines = lines[:len(lines)-1]; which < 0 {
		lines = lines[:len(lines)-1]
	} else {
		lines = lines[which:]
	}
	return os.WriteFile(path, []byte(strings.Join(lines, "")), 0o600)
}

func TestNothingIsPutAsideWhereThatWouldHideSomething(t *testing.T) {
	t.Parallel()
	refused := func(path, words string) {
		t.Helper()
		if _, err := record.Rotate(record.Options{Folder: filepath.Dir(path), Getenv: os.Getenv}); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%v, want %q", err, words)
		}
	}
	_, nowhere := kept(t, record.Options{})
	refused(nowhere, "nothing is recorded yet")
	path, _ := aside(t)
	rotated(t, path)
	refused(path, "nothing was recorded since it was begun")
	path, _ = aside(t)
	if err := replaced(path, "sara", "lara"); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	refused(path, "nothing was put aside: it is not as it was written")
	if after, err := os.ReadDir(filepath.Dir(path)); err != nil || len(after) != len(before) {
		t.Errorf("%v, %v", after, err)
	}
}

// TestWhatAKillLeftIsNotTakenForARecord has a name that was given and not used, for lines that have
// grown since, and the half of a file.
func TestWhatAKillLeftIsNotTakenForARecord(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"audit-00000014.jsonl", "audit-00000020.jsonl"} {
		path, _ := aside(t)
		folder := filepath.Dir(path)
		if err := os.Link(path, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
		for _, left := range []string{strings.TrimSuffix(name, ".jsonl") + ".head", "audit.next"} {
			if err := os.WriteFile(filepath.Join(folder, left), []byte("half"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		a := rotated(t, path)
		if files, err := os.ReadDir(folder); err != nil || len(files) != 8 || filepath.Base(a.Path) != "audit-00000020.jsonl" {
			t.Errorf("%s: %v, %v, %+v", name, files, err, a)
		}
		if r := verified(t, path); r.Verdict != audit.Good || r.Entries != 21 {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

// putter is another program that puts a record aside, again and again.
func putter(t *testing.T, folder string, times int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childFolder+"="+folder, childOrders+"="+strconv.Itoa(times), childAside+"=yes")
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// TestConsolesWriteOnWhileARecordIsPutAside has none of their lines go to a file that is the
// record no more, and whoever reads meanwhile sees nothing missing.
func TestConsolesWriteOnWhileARecordIsPutAside(t *testing.T) {
	t.Parallel()
	const programs, orders = 2, 20
	folder := filepath.Join(t.TempDir(), "authdeck")
	path := filepath.Join(folder, record.FileName)
	var all sync.WaitGroup
	for range programs {
		cmd, _ := another(t, folder, orders)
		all.Go(func() {
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
	puts := putter(t, folder, 100_000)
	over := make(chan struct{})
	go func() { all.Wait(); close(over) }()
	for running := true; running; {
		select {
		case <-over:
			running = false
		default:
		}
		if r, err := record.Verify(path); err == nil && (r.Verdict != audit.Good || r.Before.Number != 0) {
			t.Errorf("meanwhile it is %+v", r)
		}
	}
	_ = puts.Process.Kill()
	_ = puts.Wait()
	found := slices.DeleteFunc(entries(t, path), func(e audit.Entry) bool { return e.Phase == audit.Continued })
	if len(found) != 2*programs*hands*orders {
		t.Errorf("there are %d lines", len(found))
	}
}

// TestAKillWhileARecordIsPutAsideLosesNothing kills whoever does it at some moment, while others
// write.
func TestAKillWhileARecordIsPutAsideLosesNothing(t *testing.T) {
	t.Parallel()
	kills := 12
	if os.Getenv(wholeMatrix) != "" {
		kills = 250
	}
	folder := filepath.Join(t.TempDir(), "authdeck")
	path := filepath.Join(folder, record.FileName)
	lines, put := 0, 0
	for range kills {
		writer, _ := another(t, folder, 5)
		cmd := putter(t, folder, 100_000)
		time.Sleep(time.Duration(5+rand.IntN(60)) * time.Millisecond) // the moment is what is tried
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if err := writer.Wait(); err != nil {
			t.Fatal(err)
		}
		lines += 2 * hands * 5
		found := slices.DeleteFunc(entries(t, path), func(e audit.Entry) bool { return e.Phase == audit.Continued || e.Phase == audit.Resumed })
		if r := verified(t, path); r.Before.Number != 0 || len(found) != lines {
			t.Fatalf("%d lines are there, of %d; %+v", len(found), lines, r)
		}
	}
	for _, e := range entries(t, path) {
		if e.Phase == audit.Continued {
			put++
		}
	}
	t.Logf("%d kills, put aside %d times", kills, put)
}
