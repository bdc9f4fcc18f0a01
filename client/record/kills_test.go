package record_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"authdeck/client/record"
	"authdeck/model/audit"
)

// another is another authdeck that writes to a record.
func another(t *testing.T, folder string, orders int) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var sent bytes.Buffer
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childFolder+"="+folder, childOrders+"="+strconv.Itoa(orders))
	cmd.Stdout, cmd.Stderr = &sent, os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, &sent
}

// TestSeveralProgramsWriteOneRecord has some of them write at once.
func TestSeveralProgramsWriteOneRecord(t *testing.T) {
	t.Parallel()
	const programs, orders = 3, 20
	folder := filepath.Join(t.TempDir(), "authdeck")
	var all sync.WaitGroup
	for range programs {
		cmd, _ := another(t, folder, orders)
		all.Go(func() {
			if err := cmd.Wait(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	found := entries(t, filepath.Join(folder, record.FileName))
	if len(found) != 2*programs*hands*orders {
		t.Errorf("there are %d lines", len(found))
	}
	about := map[int64]string{}
	for _, e := range found {
		if e.Phase == audit.AboutTo {
			about[e.Number] = e.TokenID
		} else if about[e.Of] != e.TokenID {
			t.Errorf("%d is the end of %d, which is about %q and not %q", e.Number, e.Of, about[e.Of], e.TokenID)
		}
	}
}

// wholeMatrix is the variable that asks for all kills.
const wholeMatrix = "AUTHDECK_KILLS"

// TestAKillNeverLooksLikeTamperingAndHidesNothing kills programs that write to one record,
// each at some moment. What was sent has its line, and the next program goes on.
func TestAKillNeverLooksLikeTamperingAndHidesNothing(t *testing.T) {
	t.Parallel()
	kills := 12
	if os.Getenv(wholeMatrix) != "" {
		kills = 250
	}
	folder := filepath.Join(t.TempDir(), "authdeck")
	path := filepath.Join(folder, record.FileName)
	sent, cut := 0, 0
	for range kills {
		cmd, said := another(t, folder, 100_000)
		begin := sizeOf(path)
		for sizeOf(path) == begin { // until it writes
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond)
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait()
		report, err := record.Verify(path)
		if err != nil || report.Verdict == audit.Tampered {
			t.Fatalf("%+v, %v", report, err)
		}
		if report.Verdict == audit.Cut {
			cut++
		}
		about := map[string]bool{}
		if _, err := record.Each(path, audit.Filter{}, func(e audit.Entry) error {
			about[e.TokenID] = about[e.TokenID] || e.Phase == audit.AboutTo
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for id := range strings.Lines(said.String()) {
			sent++
			if !about[strings.TrimSpace(id)] {
				t.Fatalf("%q was sent, and there is no line about it", id)
			}
		}
	}
	t.Logf("%d kills, %d orders sent, %d times the last line was cut", kills, sent, cut)
}

func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// TestARecordGoesOnAfterWhateverWasLeft damages a record as a power cut or a person does,
// and has the next line written.
func TestARecordGoesOnAfterWhateverWasLeft(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do      func(path string, content []byte) error
		verdict audit.Verdict
		words   string
		number  int64 // of the next line
	}{
		"a line of which no head knows is cut": {func(path string, content []byte) error {
			begun := `{"schema":"authdeck-audit/1","number":7,"ti`
			return os.WriteFile(path, append(content, begun...), 0o600)
		}, audit.Good, "", 8},
		"its last line is gone": {func(path string, content []byte) error {
			return os.WriteFile(path, content[:bytes.LastIndexByte(content[:len(content)-1], '\n')+1], 0o600)
		}, audit.Tampered, "entry 6 is missing before it", 7},
		"its last line is cut": {func(path string, content []byte) error {
			return os.WriteFile(path, content[:len(content)-9], 0o600)
		}, audit.Tampered, "is no entry", 7},
		"it is gone": {func(path string, _ []byte) error { return os.Remove(path) }, audit.Tampered, "entries 1 to 6 are missing before it", 7},
		"its head is gone": {func(path string, _ []byte) error {
			return os.Remove(strings.TrimSuffix(path, "jsonl") + "head")
		}, audit.Tampered, "there was no head beside the record", 8},
		"its head says nothing": {func(path string, _ []byte) error {
			return os.WriteFile(strings.TrimSuffix(path, "jsonl")+"head", []byte("null"), 0o600)
		}, audit.Tampered, "there was no head beside the record", 8},
		"its head is one behind": {func(path string, content []byte) error {
			e, err := audit.Open(bytes.Split(content, []byte("\n"))[4])
			if err != nil {
				return err
			}
			return os.WriteFile(strings.TrimSuffix(path, "jsonl")+"head", []byte(`{"number":5,"hash":"`+e.Hash+`"}`), 0o600)
		}, audit.Good, "", 7},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			keeper, path := kept(t, record.Options{})
			api := record.New(shop(), keeper)
			for range 3 {
				if _, err := api.Do(t.Context(), deletion()); err != nil {
					t.Fatal(err)
				}
			}
			content, err := os.ReadFile(path)
			if err != nil || c.do(path, content) != nil {
				t.Fatal(err)
			}
			if _, err := api.Do(t.Context(), deletion()); err != nil {
				t.Fatal(err)
			}
			report, err := record.Verify(path)
			if err != nil || report.Verdict != c.verdict || report.Last.Number != c.number+1 {
				t.Errorf("%+v, %v", report, err)
			}
			if c.words != "" && !strings.Contains(report.Findings[0].Words, c.words) {
				t.Errorf("%+v", report.Findings)
			}
		})
	}
}
