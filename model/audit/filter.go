package audit

import (
	"encoding/json"
	"io"
	"strings"
	"time"
)

// Filter is what of a record is wanted; the zero value wants all.
type Filter struct {
	Since, Until time.Time // the first is in it, the second is not; zero for no bound
	System       string    // the operator's name of it
	User         string    // who had it done, or whose token it was
}

// Wants reports whether an entry is wanted.
func (f Filter) Wants(e Entry) bool {
	return (f.Since.IsZero() || !e.Time.Before(f.Since)) &&
		(f.Until.IsZero() || e.Time.Before(f.Until)) &&
		(f.System == "" || f.System == e.System) &&
		(f.User == "" || strings.EqualFold(f.User, e.User) || strings.EqualFold(f.User, e.Owner) || f.User == e.OwnerID)
}

// Select hands the entries on that are wanted, in the order of the lines. Whether they are
// as they were written is not asked here: what is no entry is left out, and counted.
func Select(lines io.Reader, f Filter, take func(Entry) error) (others int, err error) {
	var stopped error
	err = eachLine(lines, func(line []byte) {
		var e Entry
		switch {
		case stopped != nil:
		case json.Unmarshal(line, &e) != nil || e.Schema != Schema:
			others++
		case f.Wants(e):
			stopped = take(e)
		}
	})
	if stopped != nil {
		return others, stopped
	}
	return others, err
}
