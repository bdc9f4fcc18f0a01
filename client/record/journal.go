package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"authdeck/client/file"
	"authdeck/model/audit"
)

// The files of a record.
const (
	FileName = "audit" + ending
	headName = "audit" + headEnding

	asideName  = "audit" // and the number of its last entry, of what was put aside
	ending     = ".jsonl"
	headEnding = ".head"
)

// journal is a record in a folder. Lines that come while others are written are written
// together, so that many orders at once do not wait for the disk one after the other.
type journal struct {
	folder   string
	patience time.Duration // with another program that writes to it

	mu      sync.Mutex
	waiting []*pending
	writing bool
}

// pending is a line on its way.
type pending struct {
	entry   audit.Entry
	line    []byte
	number  int64
	err     error
	written chan struct{}
}

// add writes a line, and comes back when the disk has it.
func (j *journal) add(e audit.Entry) (line []byte, number int64, err error) {
	p := &pending{entry: e, written: make(chan struct{})}
	j.mu.Lock()
	j.waiting = append(j.waiting, p)
	if j.writing {
		j.mu.Unlock()
		<-p.written
		return p.line, p.number, p.err
	}
	j.writing = true
	for len(j.waiting) > 0 {
		batch := j.waiting[:min(len(j.waiting), audit.Batch-2)] // two more may have to be said before
		j.waiting = j.waiting[len(batch):]
		j.mu.Unlock()
		finish(batch, j.append(batch))
		j.mu.Lock()
	}
	j.writing = false
	j.mu.Unlock()
	return p.line, p.number, p.err
}

func finish(batch []*pending, err error) {
	for _, p := range batch {
		p.err = err
		close(p.written)
	}
}

// append opens the record for these lines alone: whatever happens to the file between two
// of them is seen.
func (j *journal) append(batch []*pending) error {
	if err := whole(j.folder); err != nil {
		return err
	}
	if err := file.MakeFolder(j.folder); err != nil {
		return err
	}
	folder, err := file.OpenFolder(j.folder, "the record goes")
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }()
	if err := write(folder, batch, j.patience); err != nil {
		return fmt.Errorf("%s: %w", filepath.Join(j.folder, FileName), file.Bare(err))
	}
	return nil
}

// whole says what is wrong with a folder of which nobody knows where it is.
func whole(folder string) error {
	if filepath.IsAbs(folder) {
		return nil
	}
	return fmt.Errorf("%q is not a whole path; set HOME or XDG_STATE_HOME", folder)
}

// write adds the lines to the record in a folder.
func write(folder *os.Root, batch []*pending, patience time.Duration) error {
	lines, err := openLocked(folder, patience)
	if err != nil {
		return err
	}
	defer func() { _ = lines.Close() }() // and with it the lock goes
	head, err := file.OpenPrivate(folder, headName, 0)
	if err != nil {
		return fmt.Errorf("%s: %w", headName, err)
	}
	defer func() { _ = head.Close() }()
	end, err := endOf(lines, head)
	if err == nil {
		err = end.write(lines, head, batch)
	}
	if err == nil && end.empty {
		err = syncFolder(folder)
	}
	return err
}

// end is where the next line goes.
type end struct {
	empty  bool // there is no line yet
	after  audit.Head
	before []byte         // a line break that is missing
	first  []*audit.Entry // what has to be said before anything else
}

func endOf(lines, head *os.File) (end, error) {
	info, err := lines.Stat()
	if err != nil {
		return end{}, err
	}
	known, err := readHead(head)
	if err != nil {
		return end{}, err
	}
	lost := known == nil
	if lost {
		known = &audit.Head{}
	}
	size := info.Size()
	if size == 0 {
		return end{empty: true, after: *known}, nil
	}
	last, torn, broken, err := tailOf(lines, size, *known)
	if err != nil {
		return end{}, err
	}
	e := end{after: last}
	if broken {
		e.before = []byte("\n")
	}
	if lost {
		e.first = append(e.first, &audit.Entry{Phase: audit.Resumed, Words: "there was no head beside the record"})
	} else if len(torn) > 0 {
		torn = append(bytes.Clone(torn), e.before...)
		e.first = append(e.first, &audit.Entry{Phase: audit.Resumed, Words: "a line was cut off by the end of the program or the machine, or by a full disk", Torn: audit.TornOf(torn)})
	}
	return e, nil
}

// tailOf reads as much of the end as it needs.
func tailOf(lines *os.File, size int64, known audit.Head) (last audit.Head, torn []byte, broken bool, err error) {
	for _, window := range []int64{16 << 10, audit.Window} {
		content := make([]byte, min(size, window))
		if _, err = lines.ReadAt(content, size-int64(len(content))); err != nil {
			return last, nil, false, err
		}
		broken = content[len(content)-1] != '\n'
		if last, torn, err = audit.Tail(content, int64(len(content)) == size, known); err == nil {
			break
		}
	}
	return last, torn, broken, err
}

// write adds the lines at the end, and lets the head know when the disk has them.
func (e end) write(lines, head *os.File, batch []*pending) error {
	if e.empty && e.after == (audit.Head{}) {
		if err := writeHead(head, e.after); err != nil { // so that a record without one has lost it
			return err
		}
	}
	text, after := e.before, e.after
	var err error
	var line []byte
	for _, entry := range e.first {
		entry.Time, entry.Who = time.Now(), batch[0].entry.Who
		if line, after, err = audit.Seal(after, *entry); err != nil {
			return err
		}
		text = append(text, line...)
	}
	for _, p := range batch {
		if p.line, after, err = audit.Seal(after, p.entry); err != nil {
			return err
		}
		p.number = after.Number
		text = append(text, p.line...)
	}
	if _, err := lines.Write(text); err != nil {
		return err
	}
	if err := lines.Sync(); err != nil {
		return err
	}
	return writeHead(head, after)
}

// headSize is what the head takes, whatever it says: it is written in place, in one piece.
const headSize = 128

func writeHead(f *os.File, head audit.Head) error {
	text, err := json.Marshal(head)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(fmt.Appendf(nil, "%-*s\n", headSize-1, text), 0)
	return err
}

// readHead is what the head says; nil where it says nothing.
func readHead(f *os.File) (*audit.Head, error) {
	content := make([]byte, headSize)
	n, err := f.ReadAt(content, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return headIn(content[:n]), nil
}

// syncFolder has the names of new files outlive a power cut; not every file system can.
func syncFolder(folder *os.Root) error {
	f, err := folder.Open(".")
	if err != nil {
		return err
	}
	_ = f.Sync()
	return f.Close()
}
