package audit_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/audit"
)

// written are the lines of so many entries, and the head beside them.
func written(t *testing.T, count int) (lines []string, head audit.Head) {
	t.Helper()
	for i := range count {
		order := model.Order{Action: model.Delete, Reason: model.Clean("TICKET-1"), Token: model.Token{ID: fmt.Sprint(i), Name: model.Clean("ci <\u202e>\n"), Owner: model.User{ID: "7", Username: model.Clean("sara")}}}
		e := audit.Entry{Time: time.Date(2026, 11, 30, 12, 0, i, 5, time.UTC), Phase: audit.AboutTo, Who: audit.Who{User: "root"}, What: audit.WhatOf(model.Info{Name: "shop"}, order)}
		line, after, err := audit.Seal(head, e)
		if err != nil {
			t.Fatal(err)
		}
		lines, head = append(lines, string(line)), after
	}
	return lines, head
}

func verified(t *testing.T, lines []string, head *audit.Head) audit.Report {
	t.Helper()
	report, err := audit.Verify(strings.NewReader(strings.Join(lines, "")), head)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestARecordAsItWasWrittenIsGood(t *testing.T) {
	for _, count := range []int{0, 1, 9} {
		lines, head := written(t, count)
		if r := verified(t, lines, &head); r.Verdict != audit.Good || r.Entries != int64(count) || len(r.Findings) != 0 || r.Last != head {
			t.Errorf("of %d: %+v", count, r)
		}
	}
	if r := verified(t, nil, nil); r.Verdict != audit.Good {
		t.Errorf("of nothing: %+v", r)
	}
}

// sealedAnew is the entry of a line with something else in it, as somebody writes it who
// knows how the hash is made.
func sealedAnew(t *testing.T, line string, number int64, prev, was, is string) (string, audit.Head) {
	t.Helper()
	e, err := audit.Open([]byte(strings.TrimSuffix(line, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	e.System = strings.Replace(e.System, was, is, 1)
	again, head, err := audit.Seal(audit.Head{Number: number - 1, Hash: prev}, e)
	if err != nil {
		t.Fatal(err)
	}
	return string(again), head
}

func TestWhatSomebodyDidToARecordIsFoundWithItsLine(t *testing.T) {
	forgedAt := func(i int) func([]string) []string {
		return func(lines []string) []string {
			before, err := audit.Open([]byte(strings.TrimSuffix(lines[i-1], "\n")))
			if err != nil {
				t.Fatal(err)
			}
			lines[i], _ = sealedAnew(t, lines[i], int64(i+1), before.Hash, "shop", "lab")
			return lines
		}
	}
	for name, c := range map[string]struct {
		do    func(lines []string) []string
		line  int
		words string
	}{
		"a letter is changed":    {func(l []string) []string { l[2] = strings.Replace(l[2], "sara", "lara", 1); return l }, 3, "entry 3 was changed"},
		"a blank is put in":      {func(l []string) []string { l[2] = strings.Replace(l[2], ":", ": ", 1); return l }, 3, "entry 3 was changed"},
		"the last is changed":    {func(l []string) []string { l[5] = strings.Replace(l[5], "sara", "lara", 1); return l }, 6, "entry 6 was changed"},
		"a line is no entry":     {func(l []string) []string { l[2] = "x\n"; return l }, 3, "is no entry"},
		"a line has no hash":     {func(l []string) []string { l[2] = "{}\n"; return l }, 3, "is no entry"},
		"one is missing":         {func(l []string) []string { return slices.Delete(l, 2, 3) }, 3, "entry 3 is missing before it"},
		"some are missing":       {func(l []string) []string { return slices.Delete(l, 1, 4) }, 2, "entries 2 to 4 are missing before it"},
		"the first is missing":   {func(l []string) []string { return l[1:] }, 1, "entry 1 is missing before it"},
		"the last is missing":    {func(l []string) []string { return l[:5] }, 0, "entry 6 is missing at the end"},
		"some at the end":        {func(l []string) []string { return l[:2] }, 0, "entries 3 to 6 are missing at the end"},
		"all are missing":        {func([]string) []string { return nil }, 0, "all its entries are missing, up to entry 6"},
		"two are swapped":        {func(l []string) []string { l[2], l[3] = l[3], l[2]; return l }, 3, "entry 4 is out of its place"},
		"one stands twice":       {func(l []string) []string { return slices.Insert(l, 3, l[1]) }, 4, "entry 2 is out of its place"},
		"a line is put in":       {func(l []string) []string { return slices.Insert(l, 3, "{}\n") }, 4, "is no entry"},
		"one is sealed anew":     {forgedAt(2), 4, "entry 4 does not follow the one before it"},
		"the last is anew":       {forgedAt(5), 0, "entry 6 is another one than the head knows"},
		"one is cut":             {func(l []string) []string { l[2] = l[2][:40] + "\n"; return l }, 3, "is no entry"},
		"the last is cut":        {func(l []string) []string { l[5] = l[5][:40]; return l }, 6, "it was whole before"},
		"the last lacks its end": {func(l []string) []string { l[5] = strings.TrimSuffix(l[5], "\n"); return l }, 6, "it was whole before"},
		"junk stands at the end": {func(l []string) []string { return append(l, "junk") }, 7, "by no crash and no full disk"},
		"a blank at the end":     {func(l []string) []string { return append(l, "\n") }, 7, "is no entry"},
		"a line at the end":      {func(l []string) []string { return append(l, "junk\n") }, 7, "is no entry"},
	} {
		t.Run(name, func(t *testing.T) {
			lines, head := written(t, 6)
			r := verified(t, c.do(lines), &head)
			if r.Verdict != audit.Tampered || len(r.Findings) == 0 || r.Findings[0].Line != c.line || !strings.Contains(r.Findings[0].Words, c.words) {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestEveryChangedByteIsFound changes each in turn.
func TestEveryChangedByteIsFound(t *testing.T) {
	lines, head := written(t, 3)
	whole := strings.Join(lines, "")
	for i := range len(whole) {
		changed := []byte(whole)
		changed[i] ^= 1
		if r := verified(t, []string{string(changed)}, &head); r.Verdict != audit.Tampered {
			t.Fatalf("byte %d: %+v", i, r)
		}
	}
}

// TestEveryCutIsFound takes away from the end, byte by byte.
func TestEveryCutIsFound(t *testing.T) {
	lines, head := written(t, 3)
	whole := strings.Join(lines, "")
	for i := range len(whole) {
		if r := verified(t, []string{whole[:i]}, &head); r.Verdict != audit.Tampered {
			t.Fatalf("after %d bytes: %+v", i, r)
		}
	}
}

// TestAHeadThatWasPutBackIsFound tells it from one that a crash left behind.
func TestAHeadThatWasPutBackIsFound(t *testing.T) {
	lines, _ := written(t, audit.Batch+1)
	_, first := written(t, 1)
	if r := verified(t, lines, &first); r.Verdict != audit.Good {
		t.Errorf("of a head that a crash left: %+v", r)
	}
	r := verified(t, lines, &audit.Head{})
	if r.Verdict != audit.Tampered || len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Words, "it was put back") {
		t.Errorf("of a head that was put back: %+v", r)
	}
}

func TestWhatIsNoHeadIsNotTakenForOne(t *testing.T) {
	for text, is := range map[string]bool{
		`{"number":0,"hash":""}`: true, `{"number":2,"hash":"ab"}`: true, `{"number":2,"hash":"ab"}     `: true,
		`{}`: false, `{"number":2}`: false, `{"hash":"ab"}`: false, `{"number":-5,"hash":"ab"}`: false,
		`{"number":0,"hash":"ab"}`: false, `{"number":2,"hash":""}`: false, `{"number":"2","hash":"ab"}`: false, `[]`: false,
	} {
		var head audit.Head
		if err := json.Unmarshal([]byte(text), &head); (err == nil) != is {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestWithoutAHeadItIsSaidWhatCannotBeTold(t *testing.T) {
	lines, _ := written(t, 3)
	r := verified(t, lines, nil)
	if r.Verdict != audit.Tampered || len(r.Findings) != 1 || !strings.Contains(r.Findings[0].Words, "no head beside it") {
		t.Errorf("%+v", r)
	}
}

// TestACrashIsToldFromTampering cuts the line that was being written, of which no head
// knows, at every byte.
func TestACrashIsToldFromTampering(t *testing.T) {
	lines, head := written(t, 3)
	next, _, err := audit.Seal(head, audit.Entry{Phase: audit.Outcome, Of: 3})
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(next); i++ {
		torn := slices.Concat(lines, []string{string(next[:i])})
		r := verified(t, torn, &head)
		if r.Verdict != audit.Cut || len(r.Findings) != 1 || r.Findings[0].Line != 4 || !strings.Contains(r.Findings[0].Words, "cut in the middle") {
			t.Fatalf("after %d bytes: %+v", i, r)
		}
	}
}

// TestARecordGoesOnAfterACrash has the next line say what the crash left, also where it
// came twice, and none of it can be changed afterwards.
func TestARecordGoesOnAfterACrash(t *testing.T) {
	lines, head := written(t, 3)
	next, _, err := audit.Seal(head, audit.Entry{Phase: audit.Outcome, Of: 3})
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{string(next[:40]), string(next[:20]) + "\n" + string(next[:60])} {
		content := []byte(strings.Join(lines, "") + left)
		after, torn, err := audit.Tail(content, true, head)
		if err != nil || after != head || string(torn) != left {
			t.Fatalf("%+v, %q, %v", after, torn, err)
		}
		resumed, last, err := audit.Seal(after, audit.Entry{Phase: audit.Resumed, Torn: audit.TornOf([]byte(left + "\n"))})
		if err != nil {
			t.Fatal(err)
		}
		whole := string(content) + "\n" + string(resumed)
		if r := verified(t, []string{whole}, &last); r.Verdict != audit.Good || r.Entries != 4 || len(r.Crashes) != 1 || r.Crashes[0].Line != 4 {
			t.Errorf("%+v", r)
		}
		if r := verified(t, []string{strings.Replace(whole, left, left+" ", 1)}, &last); r.Verdict != audit.Tampered {
			t.Errorf("what was left was changed: %+v", r)
		}
	}
}

func TestTheNumbersOfMissingLinesAreNotGivenToOthers(t *testing.T) {
	lines, head := written(t, 5)
	for name, content := range map[string]string{"cut": strings.Join(lines[:2], ""), "cut in a line": strings.Join(lines[:4], "") + lines[4][:30], "empty": ""} {
		after, torn, err := audit.Tail([]byte(content), true, head)
		if err != nil || after != head || torn != nil {
			t.Errorf("%s: %+v, %q, %v", name, after, torn, err)
		}
	}
}

func TestOfALongRecordItsEndIsEnough(t *testing.T) {
	lines, head := written(t, 5)
	content := []byte(strings.Join(lines, ""))
	for from := range len(content) - len(lines[4]) {
		if after, torn, err := audit.Tail(content[from:], false, head); err != nil || after != head || len(torn) != 0 {
			t.Fatalf("from %d: %+v, %q, %v", from, after, torn, err)
		}
	}
	if _, _, err := audit.Tail(bytes.Repeat([]byte("x"), 100), false, head); err == nil {
		t.Error("another file has an end too")
	}
}

func TestAFilterWantsWhatItSays(t *testing.T) {
	lines, _ := written(t, 5)
	second := time.Date(2026, 11, 30, 12, 0, 1, 5, time.UTC)
	for _, c := range []struct {
		filter audit.Filter
		want   string
	}{
		{audit.Filter{}, "1 2 3 4 5"},
		{audit.Filter{Since: second}, "2 3 4 5"},
		{audit.Filter{Until: second}, "1"},
		{audit.Filter{System: "shop", User: "Sara"}, "1 2 3 4 5"},
		{audit.Filter{User: "root"}, "1 2 3 4 5"},
		{audit.Filter{User: "7"}, "1 2 3 4 5"},
		{audit.Filter{System: "sho"}, ""},
		{audit.Filter{User: "omid"}, ""},
	} {
		var got []string
		others, err := audit.Select(strings.NewReader(strings.Join(lines, "")+"x\n"), c.filter, func(e audit.Entry) error {
			got = append(got, fmt.Sprint(e.Number))
			return nil
		})
		if err != nil || others != 1 || strings.Join(got, " ") != c.want {
			t.Errorf("%+v: %v, %d others, %v", c.filter, got, others, err)
		}
	}
}

func TestWhatIsForeignIsCleanInALine(t *testing.T) {
	lines, _ := written(t, 1)
	if !strings.Contains(lines[0], `"token":"ci <>␊"`) || strings.Count(lines[0], "\n") != 1 {
		t.Errorf("%s", lines[0])
	}
}
