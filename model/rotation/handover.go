package rotation

import (
	"errors"
	"slices"
	"time"

	"authdeck/model"
)

// Delivery is a key that somebody has now.
type Delivery struct {
	System string // the operator's name of it
	Token  model.Token
	Plan   string // of the order that it came of; empty where that is not known
	How    Manner
	At     time.Time
}

// HandOver notes in a book that somebody has a key, where it is that of a successor. Of is the
// pair; nil where it is of none. A key that came of an order whose answer was never written
// down tells which token was made.
func HandOver(b Book, d Delivery) (of *Pair, err error) {
	all, _ := b.Pairs() // a file that cannot be read is said where pairs are shown
	at := slices.IndexFunc(all, d.isOf)
	if at < 0 {
		return nil, nil
	}
	h, err := b.Take(all[at].ID)
	if errors.Is(err, ErrOver) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = h.Close() }()
	p := h.Pair()
	if !d.isOf(p) {
		return nil, nil
	}
	if p.Stage == Making {
		err = h.Write(Step{At: d.At, What: IsMade, New: d.Token, Words: "its key came, and the program ended before that was written down"})
	}
	if err == nil {
		err = h.Write(Step{At: d.At, What: IsHandedOver, How: d.How})
	}
	p = h.Pair()
	return &p, err
}

// isOf reports whether a key is that of the successor of a pair, which nobody had yet.
func (d Delivery) isOf(p Pair) bool {
	switch {
	case p.System != d.System || d.Token.ID == "":
		return false
	case p.Stage == Made:
		return p.New.ID == d.Token.ID
	}
	return p.Stage == Making && d.Plan == p.ID && d.Plan != ""
}
