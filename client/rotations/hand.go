package rotations

import (
	"os"

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

func (h *hand) put(line []byte) error {
	if h.broken != nil {
		return h.broken
	}
	if _, h.broken = h.f.Write(line); h.broken == nil {
		h.broken = h.f.Sync()
	}
	h.broken = plain(h.broken)
	return h.broken
}

// Close implements [rotation.Hand].
func (h *hand) Close() error {
	_ = h.dir.Close()
	return h.f.Close()
}
