package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
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
// its hash is the SHA-256 of the line without the member hash, as [Open] reads it.
func Seal(after Head, e Entry) (line []byte, head Head, err error) {
	e.Schema, e.Number, e.Prev, e.Hash = Schema, after.Number+1, after.Hash, ""
	e.Time = e.Time.UTC()
	body, err := plain(e)
	if err != nil {
		return nil, Head{}, err
	}
	body = append(bytes.TrimSuffix(body, []byte(`,"hash":""}`)), '}')
	head = Head{e.Number, sum(body)}
	return fmt.Appendf(nil, "%s,\"hash\":%q}\n", body[:len(body)-1], head.Hash), head, nil
}

// plain is JSON on one line, in which < and > stand for themselves.
func plain(e Entry) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(e)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), err
}

// sealed is the end of every line.
var sealed = regexp.MustCompile(`,"hash":"([0-9a-f]{64})"\}$`)

// errNoEntry is of what never was a line, or is not whole.
var errNoEntry = errors.New("it is no entry")

// errChanged is of a line that is not what it was sealed as.
var errChanged = errors.New("it is not what was written")

// Open reads a line, without its line break. Of a changed one it is errChanged, with what
// it says now.
func Open(line []byte) (Entry, error) {
	at := sealed.FindSubmatchIndex(line)
	var e Entry
	if at == nil || json.Unmarshal(line, &e) != nil || e.Schema != Schema {
		return Entry{}, errNoEntry
	}
	if sum(append(bytes.Clone(line[:at[0]]), '}')) != string(line[at[2]:at[3]]) {
		return e, errChanged
	}
	return e, nil
}

// TornOf is what is said of what a crash left.
func TornOf(left []byte) *Torn { return &Torn{Bytes: int64(len(left)), SHA256: sum(left)} }

func sum(of []byte) string {
	hash := sha256.Sum256(of)
	return hex.EncodeToString(hash[:])
}
