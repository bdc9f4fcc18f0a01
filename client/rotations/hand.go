package rotations

import (
	"fmt"
	"os"
	"path/filepath"

	"authdeck/client/file"
	"authdeck/model/rotation"
)

// hand is a pair that is this program's until it is closed or the program is dead.
type hand struct {
	dir    *os.Root
	f      *os.File
	name   string
	pair   rotation.Pair
	broken error // of a write: nothing more is written, for nobody knows what is there
}

// take reads the pair, and takes off what was cut in the middle of a line.
func (h *hand) take() error {
	p, whole, err := read(h.f)
	if err != nil {
		return err
	}
	h.pair = p
	return h.f.Truncate(int64(whole))
}

// Pair implements [rotation.Hand].
func (h *hand) Pair() rotation.Pair { return h.pair }

// Write implements [rotation.Hand]. Where nothing is left to do, the file goes.
func (h *hand) Write(s rotation.Step) error {
	next := h.pair
	if err := next.Take(s); err != nil {
		return err
	}
	if err := h.put(rotation.Line(s)); err != nil {
		return err
	}
	h.pair = next
	if !next.UnderWay() {
		_ = h.dir.Remove(h.name) // whoever looks next does it otherwise
		sync(h.dir)
	}
	return nil
}

// put has a line on the disk, in the file that whoever looks for the pair finds.
func (h *hand) put(line []byte) error {
	if h.broken == nil {
		h.broken = h.stays()
	}
	if h.broken == nil {
		_, h.broken = h.f.Write(line)
	}
	if h.broken == nil {
		h.broken = h.f.Sync()
	}
	if h.broken == nil {
		h.broken = h.stays()
	}
	h.broken = file.Bare(h.broken)
	return h.broken
}

// stays says that nobody will find what is written, so that the pair may be begun once more.
func (h *hand) stays() error {
	path := filepath.Join(h.dir.Name(), h.name)
	if err := file.Stays(h.f, path); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// Close implements [rotation.Hand].
func (h *hand) Close() error {
	_ = h.dir.Close()
	return h.f.Close()
}
