package audit

import (
	"cmp"
	"fmt"
)

// After is what there is to find in a record together with the file before it, of that name.
func (r Report) After(earlier Report, name string) Report {
	if earlier.Last != r.Before {
		r.Verdict = Tampered
		r.Findings = append(r.Findings, Finding{Line: 1, File: r.first, Words: fmt.Sprintf("entry %d does not follow the last one of %s", r.Before.Number+1, name)})
	}
	if earlier.Verdict != Good { // it was, when it was put aside
		r.Verdict = Tampered
	}
	r.Entries, r.Before, r.first = r.Entries+earlier.Entries, earlier.Before, name
	r.Findings, r.Crashes = append(named(earlier.Findings, name), r.Findings...), append(named(earlier.Crashes, name), r.Crashes...)
	return r
}

// Beside is what there is to find where files lie beside a record that were put aside of one, and
// that it does not go on after.
func (r Report) Beside(names []string) Report {
	for _, name := range names {
		r.Verdict = Tampered
		r.Findings = append(r.Findings, Finding{File: name, Words: "it was put aside, and no file here goes on after it: what follows it is missing, or it is no part of this record"})
	}
	return r
}

func named(findings []Finding, name string) []Finding {
	var all []Finding
	for _, f := range findings {
		all = append(all, Finding{f.Line, f.Words, cmp.Or(f.File, name)})
	}
	return all
}
