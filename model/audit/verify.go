package audit

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"authdeck/model/chain"
)

// Verdict is what became of a record.
type Verdict int

// The verdicts.
const (
	Good     Verdict = iota // each line is as it was written, and none is missing
	Cut                     // the program or the machine ended, or the disk was full, while the last line was written; all before is good
	Tampered                // something was changed, taken out, put in another place or put in
)

// Report is what there is to find in a record.
type Report struct {
	Verdict  Verdict
	Entries  int64 // that are as they were written
	Last     Head
	Before   Head      // the entry that the first one follows, which is in a file that is not here; zero for none
	Findings []Finding // what is wrong, in the order of the lines
	Crashes  []Finding // where a line was cut off, and the next one says so

	first string // the name of the file that it begins with; empty for the one that was asked about
}

// Finding is something about a line of the file, counted from 1; 0 is its end.
type Finding struct {
	Line  int
	Words string
	File  string // the name of the file; empty of the one that was asked about
}

// mostFindings is how many are told; a file of something else has one a line.
const mostFindings = 20

// Verify reads a record. The head is the one beside it, and nil where there is none.
func Verify(lines io.Reader, head *Head) (Report, error) {
	v := &verifier{}
	err := eachLine(lines, v.take)
	if err != nil {
		return Report{}, err
	}
	v.end(head)
	return v.report, nil
}

// eachLine hands lines on with their breaks; the last one may have none.
func eachLine(lines io.Reader, take func(line []byte)) error {
	scanner := chain.Lines(lines)
	for scanner.Scan() {
		take(scanner.Bytes())
	}
	return chain.Fault(scanner)
}

// seen is a line that is an entry.
type seen struct {
	line       int
	number     int64
	prev, hash string
	continues  bool // it says that the lines before are in another file
}

// verifier reads line by line, and judges the chain at the end.
type verifier struct {
	report  Report
	line    int
	entries []seen
	left    []byte // what is no entry, since the last one
	from    int    // its first line
	broken  bool   // the last line has no break
}

func (v *verifier) take(line []byte) {
	v.line++
	whole, ended := bytes.CutSuffix(line, []byte("\n"))
	e, err := Open(whole)
	switch {
	case !ended:
		v.broken = true
		v.leave(line)
	case errors.Is(err, chain.ErrChanged):
		v.blame()
		v.find(v.line, fmt.Sprintf("entry %d was changed: it is not what was written", e.Number))
		v.entries = append(v.entries, seen{v.line, e.Number, e.Prev, e.Hash, false})
	case err != nil:
		v.leave(line)
	default:
		v.accept(e)
	}
}

// leave keeps what is no entry: the next entry may know of it.
func (v *verifier) leave(line []byte) {
	if len(v.left) == 0 {
		v.from = v.line
	}
	v.left = append(v.left, line...)
}

func (v *verifier) accept(e Entry) {
	torn := e.Torn
	switch {
	case e.Phase == Resumed && torn == nil:
		v.find(v.line, "when this was written there was no head beside the record: whether lines are missing before it cannot be told")
	case torn != nil && *torn == *TornOf(v.left):
		v.report.Crashes = append(v.report.Crashes, Finding{Line: v.from, Words: "was cut in the middle: the program or the machine ended, or the disk was full, while it was written, and entry " + fmt.Sprint(e.Number) + " says so"})
		v.left = nil
	case torn != nil:
		v.left = nil
		v.find(v.line, fmt.Sprintf("entry %d says that a line before it was cut in the middle, and what stands there is not that", e.Number))
	}
	v.blame()
	v.report.Entries++
	v.entries = append(v.entries, seen{v.line, e.Number, e.Prev, e.Hash, e.Phase == Continued})
}

// blame says of lines that are no entries that they are none.
func (v *verifier) blame() {
	for i := range bytes.Count(v.left, []byte("\n")) {
		v.find(v.from+i, "is no entry: it was changed or put in")
	}
	v.left = nil
}

func (v *verifier) find(line int, words string) {
	v.report.Verdict = Tampered
	if len(v.report.Findings) < mostFindings {
		v.report.Findings = append(v.report.Findings, Finding{Line: line, Words: words})
	}
}

// end judges the end of the file, and the chain.
func (v *verifier) end(head *Head) {
	hashes := map[int64]string{}
	for _, e := range v.entries {
		hashes[e.number] = e.hash
		if e.number > v.report.Last.Number {
			v.report.Last = Head{e.number, e.hash}
		}
	}
	crashed := len(v.left) > 0 && (v.broken || head != nil) && begun(v.left, v.report.Last.Number+1) &&
		(head == nil || head.Number <= v.report.Last.Number) // else it was whole once
	if !crashed {
		if v.broken {
			v.find(v.line, "is cut in the middle, and by no crash and no full disk: it was whole before")
		}
		v.blame()
	}
	v.chain(hashes)
	v.atEnd(head, hashes)
	if crashed && v.report.Verdict == Good {
		v.report.Verdict = Cut
		v.report.Findings = []Finding{{Line: v.from, Words: "is cut in the middle: the program or the machine ended, or the disk was full, while it was written. All before it is good"}}
	}
}

// begun reports whether what was left is how entries of that number begin: a crash leaves
// nothing else.
func begun(left []byte, number int64) bool {
	start := fmt.Appendf(nil, `{"schema":%q,"number":%d,`, Schema, number)
	for line := range bytes.Lines(left) {
		if line = bytes.TrimSuffix(line, []byte("\n")); len(line) == 0 {
			return false
		}
		n := min(len(line), len(start))
		if !bytes.Equal(line[:n], start[:n]) {
			return false
		}
	}
	return true
}

// chain looks at the numbers and at what follows what.
func (v *verifier) chain(hashes map[int64]string) {
	want := int64(1)
	if len(v.entries) > 0 && v.entries[0].continues {
		first := v.entries[0]
		want, v.report.Before = first.number, Head{first.number - 1, first.prev}
	}
	for _, e := range v.entries {
		before, there := hashes[e.number-1]
		switch {
		case e.number < want:
			v.find(e.line, fmt.Sprintf("entry %d is out of its place", e.number))
			continue
		case e.number > want && missing(hashes, want, e.number-1):
			v.find(e.line, fmt.Sprintf("%s missing before it", entries(want, e.number-1)))
		case e.number > want:
			v.find(e.line, fmt.Sprintf("entry %d is out of its place", e.number))
		case there && before != e.prev, e.number == 1 && e.prev != "":
			v.find(e.line, fmt.Sprintf("entry %d does not follow the one before it: that one was changed, and its hash with it", e.number))
		}
		want = e.number + 1
	}
}

// missing reports whether none of these is anywhere.
func missing(hashes map[int64]string, from, to int64) bool {
	for n := from; n <= to && n-from < mostFindings; n++ {
		if _, there := hashes[n]; there {
			return false
		}
	}
	return true
}

func entries(from, to int64) string {
	if from == to {
		return fmt.Sprintf("entry %d is", from)
	}
	return fmt.Sprintf("entries %d to %d are", from, to)
}

// atEnd holds the lines against the head.
func (v *verifier) atEnd(head *Head, hashes map[int64]string) {
	last := v.report.Last.Number
	switch {
	case head == nil && last > 0:
		v.find(0, "there is no head beside it: whether lines are missing at the end cannot be told")
	case head == nil:
	case head.Number > last && last == 0: // it may have begun with another than 1
		v.find(0, fmt.Sprintf("all its entries are missing, up to entry %d", head.Number))
	case head.Number > last:
		v.find(0, entries(last+1, head.Number)+" missing at the end")
	case head.Number < last-Batch:
		v.find(0, fmt.Sprintf("the head knows of %d entries only, and a crash leaves it behind by %d at most: it was put back, and whether lines are missing at the end cannot be told", head.Number, Batch))
	case head.Number > 0 && hashes[head.Number] != head.Hash && hashes[head.Number] != "":
		v.find(0, fmt.Sprintf("entry %d is another one than the head knows: the record was written anew", head.Number))
	}
}
