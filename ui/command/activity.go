package command

import (
	"context"
	"errors"
	"io/fs"

	"authdeck/model/audit"
	"authdeck/ui/activity"
)

// mostEntries is how many lines of a record the console shows; authdeck audit list has all.
const mostEntries = 10_000

// activity is where the console knows from what was asked and done.
func (o *options) activity(systems Systems) activity.Sources {
	from := activity.Sources{Asked: systems.Asked.Newest, Unrecorded: "Nothing is recorded in the demo; authdeck demo --record FOLDER says where it is to be."}
	if path := systems.Record; path != "" {
		from.Recorded = func(context.Context) (activity.Record, error) { return o.recorded(path) }
	}
	return from
}

// recorded reads the end of a record, and looks whether all of it is as it was written. One
// that is not there is empty: nobody has done anything.
func (o *options) recorded(path string) (activity.Record, error) {
	found, err := o.Verify(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return activity.Record{}, nil
	case err != nil:
		return activity.Record{}, err
	}
	entries := make([]audit.Entry, 0, min(found.Entries, mostEntries))
	count := 0
	_, err = o.Entries(path, audit.Filter{}, func(e audit.Entry) error {
		if count++; len(entries) < mostEntries {
			entries = append(entries, e)
			return nil
		}
		entries[(count-1)%mostEntries] = e
		return nil
	})
	if err != nil {
		return activity.Record{}, err
	}
	oldest := 0
	if count > mostEntries {
		oldest = count % mostEntries
	}
	return activity.Record{Entries: append(entries[oldest:len(entries):len(entries)], entries[:oldest]...), Left: count - len(entries), Found: found}, nil
}
