package audit

import (
	"bytes"
	"errors"

	"authdeck/model/chain"
)

// Window is how many bytes of the end of a record [Tail] wants, if there are as many.
const Window = 2 * chain.Longest

// errNoTail is of a file that is no record, or no more.
var errNoTail = errors.New("there is no entry at its end")

// Tail is what the next line follows: the last entry, and what a crash left after it. End
// are the last bytes of the record, whole says that they are all of it, and head is the one
// beside it. What the head says counts where it knows of more: lines are missing then, and
// their numbers are not given to others.
func Tail(end []byte, whole bool, head Head) (last Head, torn []byte, err error) {
	rest := end
	if !whole {
		rest = rest[bytes.IndexByte(rest, '\n')+1:]
	}
	begin := len(rest)
	for begin > 0 {
		line := rest[:begin]
		from := bytes.LastIndexByte(bytes.TrimSuffix(line, []byte("\n")), '\n') + 1
		if e, err := Open(bytes.TrimSuffix(line[from:], []byte("\n"))); err == nil {
			last = Head{e.Number, e.Hash}
			break
		}
		begin = from
	}
	if begin == 0 && !whole {
		return Head{}, nil, errNoTail
	}
	if head.Number > last.Number {
		return head, nil, nil
	}
	return last, rest[begin:], nil
}
