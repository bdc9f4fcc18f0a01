package record

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"authdeck/client/file"
	"authdeck/model"
	"authdeck/model/audit"
)

// Check looks whether something could be recorded in a folder now, and whether what is
// there is as it was written. It makes nothing and writes nothing.
func Check(folder string) model.Check {
	path := filepath.Join(folder, FileName)
	check := model.Check{Subject: "record", What: "writing", Verdict: model.OK, Found: model.Clean("nothing is recorded yet in " + path)}
	failed := func(found, advice string) model.Check {
		check.Verdict, check.Found, check.Advice = model.Failed, model.Clean(found), advice
		return check
	}
	if err := writable(folder); err != nil {
		return failed(err.Error(), "Nothing is done in any system before that is mended.")
	}
	report, err := Verify(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return failed(err.Error(), "")
	case report.Verdict == audit.Tampered:
		return failed(path+" is not as it was written", "authdeck audit verify says which lines.")
	case report.Verdict == audit.Cut:
		check.Verdict, check.Advice = model.Warning, "The next line that is written says so."
		check.Found = model.Clean(path + ": its last line is cut in the middle, by the end of the program or the machine, or by a full disk")
	default:
		check.Found = model.Clean(fmt.Sprintf("%s is good, %d entries, %s", path, report.Entries, sizeOf(path)) + begins(report))
	}
	return check
}

// begins says what is not here of a record.
func begins(r audit.Report) string {
	if r.Before.Number == 0 {
		return ""
	}
	return fmt.Sprintf("; what was done before entry %d is not here", r.Before.Number+1)
}

// sizeOf is how large a record has become: nothing is ever taken away from it.
func sizeOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return "of a size that cannot be read: " + err.Error()
	}
	if info.Size() < 1<<20 {
		return fmt.Sprintf("%d KiB", (info.Size()+1<<10-1)>>10)
	}
	return fmt.Sprintf("%d MiB", info.Size()>>20)
}

// writable says what keeps lines from a folder, if it is there.
func writable(folder string) error {
	if err := whole(folder); err != nil {
		return err
	}
	if _, err := os.Lstat(folder); errors.Is(err, fs.ErrNotExist) {
		return nil // it is made with the first line
	}
	room, err := file.OpenFolder(folder, "the record goes")
	if err != nil {
		return err
	}
	defer func() { _ = room.Close() }()
	for _, name := range []string{FileName, headName} {
		if _, err := room.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		f, err := file.OpenPrivate(room, name, unix.O_APPEND)
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Join(folder, name), err)
		}
		_ = f.Close()
	}
	return nil
}
