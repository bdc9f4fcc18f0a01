package wire

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestAListWithoutEndIsGivenUp(t *testing.T) {
	var rows Rows[int]
	if err := json.Unmarshal([]byte("["+strings.Repeat("1,", mostRows)+"1]"), &rows); err == nil || rows != nil {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if err := json.Unmarshal([]byte("["+strings.Repeat("1,", mostRows-1)+"1]"), &rows); err != nil || len(rows) != mostRows {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

func TestNullIsNoEmptyList(t *testing.T) {
	for text, want := range map[string]int{"null": -1, "[]": 0, "[1,2]": 2, `{"a":1}`: -2, `"x"`: -2, `[1,"x"]`: -2} {
		var rows Rows[int]
		err := json.Unmarshal([]byte(text), &rows)
		got := len(rows)
		switch {
		case err != nil:
			got = -2
		case rows == nil:
			got = -1
		}
		if got != want {
			t.Errorf("%s is %d, want %d", text, got, want)
		}
	}
}

func TestAnOddValueIsSaidToBeOdd(t *testing.T) {
	var row struct{ A, B, C Maybe[int] }
	if err := json.Unmarshal([]byte(`{"A":3,"B":"x"}`), &row); err != nil {
		t.Fatal(err)
	}
	if row.A != (Maybe[int]{Value: 3}) || row.B != (Maybe[int]{Odd: true}) || row.C != (Maybe[int]{}) {
		t.Errorf("%+v", row)
	}
}
