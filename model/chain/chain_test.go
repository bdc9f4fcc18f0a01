package chain_test

import (
	"errors"
	"strings"
	"testing"

	"authdeck/model/chain"
)

type entry struct {
	Text string `json:"text"`
	Prev string `json:"prev"`
	Hash string `json:"hash"`
}

func sealed(t *testing.T, e entry) (line, hash string) {
	t.Helper()
	bytes, hash, err := chain.Seal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes), hash
}

func TestALineIsReadAsItWasSealed(t *testing.T) {
	line, hash := sealed(t, entry{Text: "<a> & b\n\"", Prev: "x"})
	if want := `{"text":"<a> & b\n\"","prev":"x","hash":"` + hash + "\"}\n"; line != want {
		t.Errorf("%q; want %q", line, want)
	}
	var got entry
	if found, err := chain.Open([]byte(strings.TrimSuffix(line, "\n")), &got); err != nil || found != hash || got != (entry{"<a> & b\n\"", "x", hash}) {
		t.Errorf("%+v, %q, %v", got, found, err)
	}
}

func TestOneLetterChangedInALineIsTold(t *testing.T) {
	line, _ := sealed(t, entry{Text: "sara", Prev: "x"})
	line = strings.TrimSuffix(line, "\n")
	for now, want := range map[string]error{
		line:                                     nil,
		strings.Replace(line, "sara", "lara", 1): chain.ErrChanged,
		strings.Replace(line, `"prev":"x"`, `"prev":"y"`, 1): chain.ErrChanged,
		line[:len(line)-3] + "g\"}":                          chain.ErrNone,
		line[:len(line)-2] + `">`:                            chain.ErrNone,
		strings.Replace(line, `,"hash":"`, `,"hush":"`, 1):   chain.ErrNone,
		line + " ":          chain.ErrNone,
		line[1:]:            chain.ErrNone,
		line[:len(line)-9]:  chain.ErrNone,
		"":                  chain.ErrNone,
		`{"text":"sara"}`:   chain.ErrNone,
		"nothing of a line": chain.ErrNone,
	} {
		if _, err := chain.Open([]byte(now), &entry{}); !errors.Is(err, want) {
			t.Errorf("%q: %v; want %v", now, err, want)
		}
	}
}

func TestWhatHasNoPlaceForAHashIsNotSealed(t *testing.T) {
	for _, v := range []any{struct{}{}, entry{Hash: "x"}, "hash", func() {}} {
		if line, _, err := chain.Seal(v); err == nil {
			t.Errorf("%q", line)
		}
	}
}

func TestALineWithoutItsBreakIsALineToo(t *testing.T) {
	lines := chain.Lines(strings.NewReader("a\n\nb"))
	var got []string
	for lines.Scan() {
		got = append(got, lines.Text())
	}
	if err := chain.Fault(lines); err != nil || strings.Join(got, "|") != "a\n|\n|b" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestALineThatHasNoEndIsAnotherFile(t *testing.T) {
	lines := chain.Lines(strings.NewReader(strings.Repeat("x", chain.Longest+1)))
	for lines.Scan() {
		t.Errorf("a line of %d bytes", len(lines.Bytes()))
	}
	if err := chain.Fault(lines); !errors.Is(err, chain.ErrLong) {
		t.Error(err)
	}
}
