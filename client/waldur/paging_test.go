package waldur_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/model"
)

func TestPagesThatOverlapGiveEveryRowOnceAndSayWhatIsMissing(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	other := strings.NewReplacer("/17/", "/18/", "http:", "https:").Replace(mariRow)
	moved := strings.Replace(mariRow, "https://w.invalid", "http://10.0.0.1:8000", 1)
	f.sheet(sessions+"?page=1", 4, true, mariRow, ownRow)
	f.sheet(sessions+"?page=2", 4, false, moved, other)
	page := tokens(t, f.open(t, sessionKey), model.Query{Sort: "kind"})
	var ids []string
	for _, token := range page.Items {
		ids = append(ids, token.ID)
	}
	if got := strings.Join(ids, " "); got != "pat-"+pat+" session-17 session-18 session-4" {
		t.Errorf("the list is %s", got)
	}
	if !strings.Contains(page.Note, "3 of 4 came") {
		t.Errorf("the note is %q", page.Note)
	}
	if got := f.last(t, sessions).query; !strings.Contains(got, "page_size=300") {
		t.Errorf("asked with %q", got)
	}
}

func TestAListWithoutHeadersIsReadToItsEnd(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.says(sessions+"?page=1", 200, "["+mariRow+"]")
	f.says(sessions+"?page=2", 200, "["+ownRow+"]")
	f.says(sessions+"?page=3", 404, `{"detail":"Invalid page."}`)
	if page := tokens(t, f.open(t, sessionKey), model.Query{}); page.Total != 3 || strings.Contains(page.Note, "moved") {
		t.Errorf("%d came: %s", page.Total, page.Note)
	}
	f.says(sessions, 200, "["+mariRow+"]") // whatever page is asked for
	f.says(sessions+"?page=2", 200, "["+mariRow+"]")
	f.says(sessions+"?page=3", 200, "["+mariRow+"]")
	if page := tokens(t, f.open(t, sessionKey), model.Query{}); page.Total != 2 {
		t.Errorf("%d came of a server that does not page", page.Total)
	}
}

// many are rows of as many sessions, from a number on.
func many(from, rows int) (list []string) {
	for n := from; n < from+rows; n++ {
		list = append(list, strings.Replace(mariRow, "/17/", fmt.Sprintf("/%d/", n), 1))
	}
	return list
}

func TestAListThatDoesNotEndIsGivenUp(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	for page := 1; page <= 101; page++ {
		f.sheet(sessions+fmt.Sprintf("?page=%d", page), 5, true, many(page, 1)...)
	}
	_, err := f.open(t, sessionKey).Tokens(t.Context(), model.Query{Size: 7})
	failsAs(t, err, model.Malformed, "does not end after 100 pages")
	if asked := strings.Count(strings.Join(f.lines(), "\n"), sessions); asked != 100 {
		t.Errorf("asked %d times", asked)
	}
}

func TestAPageThatIsTooLongIsNotBelieved(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.sheet(sessions, 5, false, many(1, 301)...)
	_, err := f.open(t, sessionKey).Tokens(t.Context(), model.Query{Size: 7})
	failsAs(t, err, model.Malformed, "301 rows")
}

func TestACountThatIsTooSmallIsSaid(t *testing.T) {
	t.Parallel()
	f := waldurOf(t)
	f.sheet(sessions, 5, false, many(1, 8)...)
	if page := tokens(t, f.open(t, sessionKey), model.Query{}); page.Total != 9 || !strings.Contains(page.Note, "8 came, though the server counts 5 only") {
		t.Errorf("%d came: %q", page.Total, page.Note)
	}
}

func TestAListIsHeldAgainstTheCountOfItsLastPage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		first  string // a row of the first page
		counts [2]int
		note   string
	}{
		"nothing moved":                            {renewedAt("09:30:00"), [2]int{2, 2}, ""},
		"what ended before it was read":            {renewedAt("09:30:00"), [2]int{7, 2}, ""},
		"what ended after, and drew others nearer": {renewedAt("08:59:59"), [2]int{3, 2}, "came, 1 ended while the list was read"},
		"a row that came in meanwhile":             {renewedAt("09:30:00"), [2]int{2, 3}, "2 of 3 came"},
	} {
		f := waldurOf(t)
		f.sheet(sessions+"?page=1", c.counts[0], true, c.first)
		f.sheet(sessions+"?page=2", c.counts[1], false, ownRow)
		f.answers[sessions+"?page=1"].header.Set("Date", "Thu, 20 Aug 2026 09:59:50 GMT")
		f.answers[sessions+"?page=2"].header.Set("Date", "Thu, 20 Aug 2026 10:00:00 GMT")
		page := tokens(t, f.open(t, sessionKey), model.Query{})
		if note := strings.TrimSuffix(page.Note, "Of personal access tokens you see your own: Waldur shows them to nobody else."); (strings.TrimSpace(note) == "") != (c.note == "") || !strings.Contains(note, c.note) {
			t.Errorf("%s: the note is %q", name, note)
		}
	}
}
