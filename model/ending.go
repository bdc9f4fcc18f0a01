package model

import (
	"cmp"
	"time"
)

// Meaning is what of a token a field is about, where that can be said without the system's
// own words: by it an order is filled in that no person fills in.
type Meaning int

// The meanings.
const (
	OwnMeaning Meaning = iota // what its label says, and that alone
	MeansEnd                  // AskTime: when the token ends
	MeansEnds                 // AskYesNo: whether it ends at all
)

// NeverWord is a time that never comes, as it is typed and written.
const NeverWord = "never"

// Ending is the form filled in so that the token ends at a moment, or never, and is as it was
// in all else: what begins in a field stays in it. Where that cannot be, why says so.
func (f Form) Ending(end When) (values map[string]string, why string) {
	at, dated := end.Time()
	values = map[string]string{}
	date, ends := -1, -1
	for i, field := range f.Fields {
		values[field.Key] = field.Value
		switch field.Means {
		case MeansEnd:
			date = i
		case MeansEnds:
			ends = i
		case OwnMeaning:
		}
	}
	if ends >= 0 {
		values[f.Fields[ends].Key] = map[bool]string{true: "yes", false: "no"}[dated]
	}
	switch {
	case dated && date < 0:
		return nil, cmp.Or(f.NoEnd, "when it ends is nobody's to set")
	case !dated && ends < 0:
		return nil, cmp.Or(f.NoEnd, "a token without an end is not known there")
	case dated:
		if why := f.Fields[date].dated(values, at); why != "" {
			return nil, why
		}
	}
	for _, field := range f.Fields {
		if field.Idles(values) != "" {
			delete(values, field.Key)
		}
	}
	return values, ""
}

// Sets is when a token is to end by values of the form, or that it never is; unknown where they leave
// that as it was, or the form does not ask.
func (f Form) Sets(values map[string]string) (end When) {
	changed, ends := false, true
	for _, field := range f.Fields {
		value := values[field.Key]
		switch {
		case field.Means == OwnMeaning || field.Idles(values) != "":
			continue
		case field.Means == MeansEnds:
			ends = value == "yes"
		case value == NeverWord:
			end = Not(Never)
		default:
			if at, err := time.Parse(time.RFC3339, value); err == nil {
				end = At(at)
			}
		}
		changed = changed || value != field.Value
	}
	switch {
	case !changed:
		return When{}
	case !ends:
		return Not(Never)
	}
	return end
}

// dated puts a moment into a field, and says why it does not take it.
func (f Field) dated(values map[string]string, at time.Time) (why string) {
	values[f.Key] = at.Format(time.RFC3339)
	if why := f.Idles(values); why != "" {
		return f.Label + ": " + why
	}
	if f.Check != nil {
		if err := f.Check(values[f.Key]); err != nil {
			return f.Label + ": " + err.Error()
		}
	}
	return ""
}

// FilledIn is an order with the values of its form: of an edit that says when the token is to
// end ([Draft].Ends) those by which it does. One that a person filled in stays as it is.
func (o Order) FilledIn(f Form) (Order, error) {
	if o.Ends.Knowledge() == Unknown || len(o.Values) > 0 {
		return o, nil
	}
	values, why := f.Ending(o.Ends)
	if why != "" {
		return o, Fail(Unsupported, why)
	}
	o.Values, o.Ends = values, When{}
	return o, nil
}
