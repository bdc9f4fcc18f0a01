package planfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"

	"authdeck/client/file"
	"authdeck/model/plan"
)

// Journal is what was done for a plan, in a file beside it. Make it with [Open].
type Journal struct {
	f       *os.File
	plan    string // the path of the plan
	records []plan.Record

	mu      sync.Mutex
	turn    *sync.Cond // when a sync has ended
	written int        // lines
	synced  int        // of these
	syncing bool
	broken  error // of a write: nothing more is written, for nobody knows what is there
}

// Open opens the journal of a plan whose file is at a path, and makes it where there is none.
// Nobody else has it until it is closed.
func Open(p *plan.Plan, path string) (*Journal, error) {
	j := &Journal{plan: At(path)}
	f, err := file.AppendPrivate(journalOf(j.plan))
	if err != nil {
		return nil, fmt.Errorf("the journal of the plan: %w", err)
	}
	j.f, j.turn = f, sync.NewCond(&j.mu)
	if err = lock(f); err == nil {
		err = file.Stays(f, journalOf(j.plan)) // whoever had it before may have taken it away
	}
	if err == nil {
		err = j.begin(p)
	}
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("the journal of the plan: %w", err)
	}
	file.SyncName(j.plan)
	return j, nil
}

// lock has the file for this program alone, until it is closed or the program ends.
func lock(f *os.File) error {
	err := file.Lock(f, file.Soon)
	if errors.Is(err, file.ErrHeld) {
		return errors.New("another authdeck applies this plan right now")
	}
	return err
}

// begin reads what is there, and takes off what was cut in the middle: of a line that never
// was whole nobody has heard that it was written.
func (j *Journal) begin(p *plan.Plan) error {
	content, err := readAll(j.f)
	if err != nil {
		return err
	}
	records, whole, err := readJournal(content, p)
	if err != nil {
		return err
	}
	if err := j.f.Truncate(int64(whole)); err != nil {
		return err
	}
	j.records = records
	if whole > 0 {
		return nil
	}
	head, err := headOf(p)
	if err != nil {
		return err
	}
	if _, err := j.f.Write(head); err != nil {
		return err
	}
	return j.f.Sync()
}

// Records implements [plan.Journal].
func (j *Journal) Records() []plan.Record { return j.records }

// Write implements [plan.Journal]. Lines that come while another one is on its way to the
// disk go there together.
func (j *Journal) Write(r plan.Record) error {
	line := lineOf(r)
	if r.Step == plan.Begins {
		_ = os.Remove(dismissedOf(j.plan)) // somebody goes on with it
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.broken == nil {
		j.broken = j.stays()
	}
	if j.broken == nil {
		_, err := j.f.Write(line)
		j.broken = file.Bare(err)
	}
	if j.broken != nil {
		return j.broken
	}
	j.written++
	for mine := j.written; j.synced < mine && j.broken == nil; {
		if j.syncing {
			j.turn.Wait()
			continue
		}
		j.sync()
	}
	return j.broken
}

// sync takes what is written to the disk. It wants the lock, and lets go of it meanwhile.
func (j *Journal) sync() {
	upTo := j.written
	j.syncing = true
	j.mu.Unlock()
	err := j.f.Sync()
	if err == nil {
		err = j.stays()
	}
	j.mu.Lock()
	j.syncing = false
	if err != nil {
		j.broken = file.Bare(err)
	} else {
		j.synced = upTo
	}
	j.turn.Broadcast()
}

// stays says that nobody will find what is written, and that another program can begin the plan.
func (j *Journal) stays() error {
	if err := file.Stays(j.f, journalOf(j.plan)); err != nil {
		return fmt.Errorf("the journal of the plan, %s: %w", journalOf(j.plan), err)
	}
	return nil
}

// Close implements [plan.Journal].
func (j *Journal) Close() error { return j.f.Close() }

// Records are what was done for a plan whose file is at a path, for whoever does nothing for
// it: none where there is no journal. Under way reports that another program has it right now.
func Records(p *plan.Plan, path string) (records []plan.Record, underWay bool, err error) {
	path = journalOf(At(path))
	if f, err := file.Open(path); err == nil {
		defer func() { _ = f.Close() }()
		underWay = errors.Is(file.Share(f), file.ErrHeld) // else nobody begins while it is read
	}
	content, err := file.ReadPrivate(path, largest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err == nil {
		if records, _, err = readJournal(content, p); err == nil {
			return records, underWay, nil
		}
	}
	return nil, underWay, fmt.Errorf("the journal of the plan: %w", err)
}

// Ends are what is known of each line of a plan whose file is at a path.
func Ends(p *plan.Plan, path string) ([]plan.End, error) {
	records, underWay, err := Records(p, path)
	if err != nil {
		return nil, err
	}
	return p.EndsSoFar(records, underWay), nil
}
