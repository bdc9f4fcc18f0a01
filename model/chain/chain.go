package chain

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Longest is how many bytes a line has at most: some twenty texts of 1,024 letters fit.
const Longest = 1 << 20

// ErrNone is of what never was a line, or is not whole.
var ErrNone = errors.New("it is no entry")

// ErrChanged is of a line that is not what it was sealed as.
var ErrChanged = errors.New("it is not what was written")

// ErrLong is of a file in which a line is longer than any that was sealed.
var ErrLong = errors.New("there is a line in it that is longer than any of a record: it is another file")

// Seal is a value as its line, with its line break. The last member of its JSON is "hash", and
// empty; the hash is the SHA-256 of the line without that member and without the line break.
func Seal(v any) (line []byte, hash string, err error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false) // < and > stand for themselves
	if err := encoder.Encode(v); err != nil {
		return nil, "", err
	}
	body, empty := bytes.CutSuffix(out.Bytes(), []byte(before+after+"\n"))
	if !empty {
		return nil, "", errors.New("its last member is no empty hash")
	}
	hash = Sum(append(bytes.Clone(body), '}'))
	return fmt.Appendf(body, "%s%s%s\n", before, hash, after), hash, nil
}

// What stands around the hash at the end of every line.
const (
	before = `,"hash":"`
	after  = `"}`
)

// parted are what a hash is of, but for its last bracket, and the hash of a line; nil for what is
// no line.
func parted(line []byte) (body []byte, hash string) {
	at := len(line) - len(before) - 2*sha256.Size - len(after)
	if at < 0 {
		return nil, ""
	}
	end := line[at+len(before) : len(line)-len(after)]
	if !bytes.HasPrefix(line[at:], []byte(before)) || !bytes.HasSuffix(line, []byte(after)) || len(bytes.Trim(end, "0123456789abcdef")) > 0 {
		return nil, ""
	}
	return line[:at], string(end)
}

// Open reads a line, without its line break, into a value. What is none is [ErrNone]; of a
// changed one the error is [ErrChanged], and the value has what it says now.
func Open(line []byte, into any) (hash string, err error) {
	body, hash := parted(line)
	if body == nil || json.Unmarshal(line, into) != nil {
		return "", ErrNone
	}
	if Sum(append(bytes.Clone(body), '}')) != hash {
		return hash, ErrChanged
	}
	return hash, nil
}

// Sum is the hash of bytes, as lines have it.
func Sum(of []byte) string {
	hash := sha256.Sum256(of)
	return hex.EncodeToString(hash[:])
}

// Lines are the lines of a file with their breaks; the last one may have none.
func Lines(file io.Reader) *bufio.Scanner {
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, Longest)
	scanner.Split(func(data []byte, end bool) (int, []byte, error) {
		if at := bytes.IndexByte(data, '\n'); at >= 0 {
			return at + 1, data[:at+1], nil
		}
		if end && len(data) > 0 {
			return len(data), data, nil
		}
		return 0, nil, nil
	})
	return scanner
}

// Fault is what was wrong with the reading of lines, once there are no more; nil for nothing.
func Fault(lines *bufio.Scanner) error {
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return ErrLong
	}
	return lines.Err()
}
