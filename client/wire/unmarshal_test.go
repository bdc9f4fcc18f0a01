package wire

import (
	"encoding/json"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
	"unsafe"
	"weak"

	"authdeck/model"
)

// listed is an answer with all that the dialects have in theirs; its rows are of the type
// that a test says.
type listed[R any] struct {
	Count   *int   `json:"count"`
	Next    string `json:"next"`
	Results R      `json:"results"`
	Links   struct {
		Next float64 `json:"next"`
	} `json:"links"`
	Routes map[string]json.RawMessage `json:"routes"`
}

// written is a row, with fields that forgive and are of the type that a test says.
type written[N, L any] struct {
	ID     int64      `json:"id"`
	Key    string     `json:"key"`
	Name   model.Text `json:"name"`
	Made   Time       `json:"made"`
	Active Bool       `json:"active"`
	Number N          `json:"number"`
	Links  L          `json:"links"`
	Of     *struct {
		ID    int      `json:"id"`
		Names []string `json:"names"`
	} `json:"of"`
}

type linked struct {
	Next  *string `json:"next"`
	Words []int   `json:"words"`
}

// slowly is a [Maybe] as the standard library alone reads one.
type slowly[T any] Maybe[T]

// UnmarshalJSON implements [json.Unmarshaler].
func (s *slowly[T]) UnmarshalJSON(data []byte) error {
	var value T
	err := json.Unmarshal(data, &value)
	*s = slowly[T]{Odd: err != nil}
	if err == nil {
		s.Value = value
	}
	return nil
}

// FuzzAnAnswerIsReadAsTheStandardLibraryReadsIt holds one reading in one pass against that
// of another decoder, which looks at the whole first and then at each part on its own.
func FuzzAnAnswerIsReadAsTheStandardLibraryReadsIt(f *testing.F) {
	for _, body := range []string{
		`{"count":2,"results":[{"id":1,"key":"k","name":"\u001b[2J \ud800","made":"2025-12-01T08:00:00.120345Z","active":"True","number":7,"links":{"next":"x"},"of":{"id":3,"names":["a"]}},{}]}`,
		`{"COUNT":2,"Results":[{"Id":1,"ID":2,"id":3}],"results":[]}`, `{"count":1,"count":null,"results":null}`, `{"results":[null,{"of":null,"links":null,"number":null}]}`,
		"{\"results\":[{\"name\":\"\xff\",\"key\":\"\xc0\",\"\xff\":1}],\"routes\":{\"\xff\":\"\xfe\"}}",
		`{"results":[{"number":"x","links":{"next":{"a":[1,{"b":[]}]},"words":[1]},"id":9}]}`, `{"results":[{"links":{"words":[1,"x",[2]],"next":"n"},"key":"after"}]}`,
		`{"results":[{"links":{"words":[1,}}]}`, `{"results":[{"links":[{]}]}`, `{"results":[{"number":}]}`, `{"results":[{"number":`, `{"results":[1,]}`, `{"results":[,1]}`, `{"results":[{} {}]}`,
		`{"results":{}}`, `{"results":"x"}`, `{"results":[{"id":"1"}]}`, `{"results":[{"id":1.0}]}`, `{"results":[{"id":9223372036854775808}]}`, `{"results":[{"number":1e400}]}`,
		`[]`, `null`, ``, ` `, `{`, `7`, `{} {}`, `{}x`, "\ufeff{}", " \n{}\t ", `{"routes":{"a":{"b":[1,2]},"a":3}}`, `{"links":{"next":1e3},"next":"\u00e9\ud83d\ude00"}`,
		`{"results":[{"made":"2025-12-01T8:00:00,5+23:59","name":"\u0041"},{"made":"\u00322025"},{"made":"2025-02-30T00:00:00Z"},{"made":["2025-12-01T08:00:00Z"]}]}`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var got listed[Rows[written[Maybe[float64], Maybe[linked]]]]
		var want listed[[]written[slowly[float64], slowly[linked]]]
		had, wanted := Unmarshal(body, &got), json.Unmarshal(body, &want)
		if (had == nil) != (wanted == nil) {
			t.Fatalf("%q: %v, and the standard library says %v", body, had, wanted)
		}
		if had != nil {
			return
		}
		if (got.Results == nil) != (want.Results == nil) || len(got.Results) != len(want.Results) {
			t.Fatalf("%q: rows %+v, want %+v", body, got.Results, want.Results)
		}
		for i, row := range got.Results {
			same := want.Results[i]
			if now := (written[slowly[float64], slowly[linked]]{
				row.ID, row.Key, row.Name, row.Made, row.Active, slowly[float64](row.Number), slowly[linked](row.Links), row.Of,
			}); !reflect.DeepEqual(now, same) {
				t.Fatalf("%q: row %+v, want %+v", body, now, same)
			}
		}
		got.Results, want.Results = nil, nil
		if a, b := [...]any{got.Count, got.Next, got.Links, got.Routes}, [...]any{want.Count, want.Next, want.Links, want.Routes}; !reflect.DeepEqual(a, b) {
			t.Fatalf("%q: %+v, want %+v", body, a, b)
		}
	})
}

// TestAListWithoutEndIsGivenUpWhereverItStands has it in an object, in a row of another
// list, and read by the standard library.
func TestAListWithoutEndIsGivenUpWhereverItStands(t *testing.T) {
	endless := "[" + strings.Repeat("1,", mostRows) + "1]"
	var page listed[Rows[struct{ Scopes Rows[int] }]]
	var bare listed[Rows[int]]
	for _, read := range []func([]byte, any) error{Unmarshal, json.Unmarshal} {
		if err := read([]byte(`{"results":[{"scopes":`+endless+`}]}`), &page); err == nil {
			t.Errorf("a row has %d scopes", len(page.Results[0].Scopes))
		}
		if err := read([]byte(`{"results":`+endless+`}`), &bare); err == nil || bare.Results != nil {
			t.Errorf("%d rows, %v", len(bare.Results), err)
		}
	}
}

func TestAnOddValueCostsNothingThatStandsBehindIt(t *testing.T) {
	for _, odd := range []string{
		`"x"`, `7`, `true`, `[]`, `[[1],{"next":"n"}]`, `{"words":"x"}`, `{"next":{"a":[{"b":"c"}]},"words":[1]}`, `{"words":[1,[2],{"c":3}],"next":"n"}`,
	} {
		var rows Rows[written[Maybe[float64], Maybe[linked]]]
		err := Unmarshal([]byte(`[{"links":`+odd+`,"id":1,"number":2},{"id":3}]`), &rows)
		if err != nil || len(rows) != 2 || rows[0].ID != 1 || rows[0].Number.Value != 2 || rows[1].ID != 3 {
			t.Errorf("%s: %+v, %v", odd, rows, err)
			continue
		}
		if got := rows[0].Links; !got.Odd || got.Value.Next != nil || got.Value.Words != nil {
			t.Errorf("%s is read as %+v", odd, got)
		}
	}
}

// TestNothingThatWasReadIsKeptByTheDecoder has a string that looks like any other: nobody
// can know in what field of which server a key comes.
func TestNothingThatWasReadIsKeptByTheDecoder(t *testing.T) {
	read := func() (text, body weak.Pointer[byte]) {
		sent := []byte(`{"key":"` + strings.Repeat("canary-", 20) + `"}`)
		var row written[int, int]
		if err := Unmarshal(sent, &row); err != nil {
			t.Fatal(err)
		}
		return weak.Make(unsafe.StringData(row.Key)), weak.Make(&sent[0])
	}
	text, body := read()
	runtime.GC()
	if text.Value() != nil || body.Value() != nil {
		t.Errorf("after one collection the text is kept: %t, the body: %t", text.Value() != nil, body.Value() != nil)
	}
}

// TestATimeIsReadInEveryWayInWhichItCanBeWritten has some that a strict reader refuses.
func TestATimeIsReadInEveryWayInWhichItCanBeWritten(t *testing.T) {
	for _, text := range []string{
		"2025-12-01T08:00:00Z", "2025-12-01T08:00:00.120345+03:30", "2025-12-01T8:00:00Z", "2025-12-01T08:00:00,5Z", "2025-12-01T08:00:00+23:59",
		"2025-12-01t08:00:00z", "2025-02-30T08:00:00Z", "2025-12-01T24:00:00Z", "2025-12-01", "0001-01-01T00:00:00Z", "yesterday", "", " ",
	} {
		want, _ := time.Parse(time.RFC3339Nano, text)
		for _, written := range []string{`"` + text + `"`, strings.Replace(`"`+text+`"`, "2", `\u0032`, 1)} {
			var got Time
			if err := Unmarshal([]byte(written), &got); err != nil || !got.at.Equal(want) {
				t.Errorf("%s is %v, %v; want %v", written, got.at, err, want)
			}
		}
	}
}

// TestALongListMakesRoomOnceAndNotForWhatIsNoneOfItsRows has a list of rows as long as the
// first, one whose second is long, and one within a row, behind which comes much else.
func TestALongListMakesRoomOnceAndNotForWhatIsNoneOfItsRows(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	var even, uneven listed[Rows[written[int, int]]]
	if err := Unmarshal([]byte(`{"results":[`+strings.Repeat(`{"id":1000},`, 199)+`{}]}`), &even); err != nil || cap(even.Results) > 250 {
		t.Errorf("room for %d rows of 200, %v", cap(even.Results), err)
	}
	if err := Unmarshal([]byte(`{"results":[{},{"key":"`+long+`"}]}`), &uneven); err != nil || cap(uneven.Results) > 2*someRows {
		t.Errorf("room for %d rows of 2, %v", cap(uneven.Results), err)
	}
	var nested listed[Rows[struct{ Scopes Rows[int] }]]
	if err := Unmarshal([]byte(`{"results":[{"scopes":[1,2]},{"more":"`+long+`"}]}`), &nested); err != nil || cap(nested.Results[0].Scopes) > 2 {
		t.Errorf("room for %d scopes of 2, %v", cap(nested.Results[0].Scopes), err)
	}
}
