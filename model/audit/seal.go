package audit

import (
	"encoding/json"
	"errors"

	"authdeck/model/chain"
)

// Head is the last line that was written whole, kept beside the lines: they alone cannot
// tell that some are missing at their end.
type Head struct {
	Number int64  `json:"number"`
	Hash   string `json:"hash"`
}

// Batch is how many entries go to the disk together at most. The head follows them, so that a
// crash leaves it behind by so many and no more.
const Batch = 64

// UnmarshalJSON takes what [Head] is written as, whole. A head without one of its two members,
// or with an impossible one, is none: it would say of a record that was cut that nothing is missing.
func (h *Head) UnmarshalJSON(text []byte) error {
	var found struct {
		Number *int64  `json:"number"`
		Hash   *string `json:"hash"`
	}
	if err := json.Unmarshal(text, &found); err != nil {
		return err
	}
	if found.Number == nil || found.Hash == nil || *found.Number < 0 || (*found.Number == 0) != (*found.Hash == "") {
		return errors.New("it is no head of a record")
	}
	*h = Head{*found.Number, *found.Hash}
	return nil
}

// Seal is an entry as its line, with its line break. It follows the one of the head, and
// its hash is that of [chain.Seal].
func Seal(after Head, e Entry) (line []byte, head Head, err error) {
	e.Schema, e.Number, e.Prev, e.Hash = Schema, after.Number+1, after.Hash, ""
	e.Time = e.Time.UTC()
	line, hash, err := chain.Seal(e)
	if err != nil {
		return nil, Head{}, err
	}
	return line, Head{e.Number, hash}, nil
}

// Open reads a line, without its line break. Of a changed one it is [chain.ErrChanged], with
// what it says now.
func Open(line []byte) (Entry, error) {
	var e Entry
	_, err := chain.Open(line, &e)
	if e.Schema != Schema || errors.Is(err, chain.ErrNone) {
		return Entry{}, chain.ErrNone
	}
	return e, err
}

// TornOf is what is said of what a crash left.
func TornOf(left []byte) *Torn { return &Torn{Bytes: int64(len(left)), SHA256: chain.Sum(left)} }
