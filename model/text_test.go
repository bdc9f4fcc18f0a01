package model_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"authdeck/model"
)

func TestForeignTextIsMadeHarmless(t *testing.T) {
	for name, c := range map[string]struct{ foreign, want string }{
		"plain words":                      {"Ali K. (ops) ~!@", "Ali K. (ops) ~!@"},
		"empty":                            {"", ""},
		"Persian, Russian, Chinese, marks": {"سارا Фёдор 丽华 Zoe\u0308", "سارا Фёдор 丽华 Zoe\u0308"},
		"an escape sequence":               {"\x1b[2J\x1b[H", "␛[2J␛[H"},
		"a clipboard sequence":             {"\x1b]52;c;eA==\a", "␛]52;c;eA==␇"},
		"line ends, tab, backspace":        {"a\r\nb\tc\b", "a␍␊b␉c␈"},
		"NUL and DEL":                      {"a\x00b\x7f", "a␀b␡"},
		"C1 controls":                      {"a\u009b2J\u009dx\u009c\u0080\u0085", "a\ufffd2J\ufffdx\ufffd\ufffd\ufffd"},
		"raw C1 bytes":                     {"a\x9b2J", "a\ufffd2J"},
		"right-to-left override":           {"\u202etxt.live\u202c", "txt.live"},
		"embeddings and marks":             {"\u202aa\u202bb\u202dc\u200ed\u200fe\u061cf", "abcdef"},
		"isolates":                         {"\u2066a\u2067b\u2068c\u2069", "abc"},
		"ZWNJ between Persian letters":     {"امیر\u200cحسین", "امیر\u200cحسین"},
		"ZWNJ between Latin letters":       {"shelf\u200cful", "shelf\u200cful"},
		"ZWNJ after a letter with a mark":  {"نِ\u200cز", "نِ\u200cز"},
		"ZWNJ at the start":                {"\u200cحسین", "حسین"},
		"ZWNJ at the end":                  {"امیر\u200c", "امیر"},
		"ZWNJ before a space":              {"امیر\u200c حسین", "امیر حسین"},
		"ZWNJ before a digit":              {"a\u200c1", "a1"},
		"ZWNJ between digits":              {"1\u200c2", "12"},
		"ZWNJ twice":                       {"a\u200c\u200cb", "a\u200cb"},
		"ZWNJ before an invisible one":     {"a\u200c\u200bb", "ab"},
		"ZWNJ before an invisible letter":  {"a\u200c\u115fb", "ab"},
		"ZWNJ before the last filler":      {"a\u200c\u3164", "a"},
		"ZWNJ before an invalid byte":      {"a\u200c\xff", "a\ufffd"},
		"ZWJ":                              {"a\u200db", "ab"},
		"zero-width space and word joiner": {"a\u200bb\u2060c", "abc"},
		"joined emoji":                     {"\U0001f468\u200d\U0001f469", "\U0001f468\U0001f469"},
		"variation selector":               {"\u2764\ufe0f\u2764\ufe0e", "\u2764\u2764"},
		"variation selector supplement":    {"a\U000e0100b", "ab"},
		"skin tones":                       {"\U0001f44d\U0001f3fb\U0001f3fd\U0001f3ff", "\U0001f44d"},
		"soft hyphen":                      {"pass\u00adword", "password"},
		"tags":                             {"tag\U000e0001\U000e0065\U000e007f", "tag"},
		"byte order mark":                  {"\ufeffByte\ufeff", "Byte"},
		"Hangul fillers":                   {"a\u115f\u1160\u3164\uffa0b", "ab"},
		"line and paragraph separators":    {"a\u2028b\u2029c", "abc"},
		"interlinear annotation":           {"a\ufff9b\ufffac\ufffbd", "abcd"},
		"combining grapheme joiner":        {"a\u034fb", "ab"},
		"no-break space":                   {"a\u00a0b", "a b"},
		"every other space":                {"a\u2003b\u3000c\u202fd\u1680e", "a b c d e"},
		"three marks":                      {"Z\u0335\u0346\u0321", "Z\u0335\u0346\u0321"},
		"four marks":                       {"Z\u0335\u0346\u0321\u031bA", "Z\u0335\u0346\u0321A"},
		"marks past an invisible one":      {"Z\u0335\u0346\u200b\u0321\u031b", "Z\u0335\u0346\u0321"},
		"enclosing marks":                  {"Z" + strings.Repeat("\u0489", 40), "Z\u0489\u0489\u0489"},
		"a mark without a letter":          {"\u0301a", "a"},
		"a mark after invisible ones only": {"\u200b\u0301a", "a"},
		"invalid bytes":                    {"a\xffb\xc3(", "a\ufffdb\ufffd("},
		"half a rune at the end":           {"a\xe2\x82", "a\ufffd\ufffd"},
		"a surrogate in UTF-8":             {"\xed\xa0\x80", "\ufffd\ufffd\ufffd"},
		"private use":                      {"a\ue000b\U0010fffd", "a\ufffdb\ufffd"},
		"unassigned":                       {"a\u0378b", "a\ufffdb"},
		"a noncharacter":                   {"a\uffffb", "a\ufffdb"},
		"1,024 letters":                    {strings.Repeat("x", 1024), strings.Repeat("x", 1024)},
		"1,025 letters":                    {strings.Repeat("x", 1025), strings.Repeat("x", 1024) + "…"},
		"5,000 wide letters":               {strings.Repeat("丽", 5000), strings.Repeat("丽", 1024) + "…"},
	} {
		t.Run(name, func(t *testing.T) {
			got := model.Clean(c.foreign)
			if got.String() != c.want {
				t.Errorf("%+q became %+q, want %+q", c.foreign, got.String(), c.want)
			}
			if got.Changed() != (c.want != c.foreign) {
				t.Errorf("Changed is %t", got.Changed())
			}
			harmless(t, got)
		})
	}
}

func TestTheQuotedFormIsPrintableASCII(t *testing.T) {
	for _, foreign := range []string{
		"\x1b[2J", "سارا\u202e", "a\xff", strings.Repeat("丽", 5000), strings.Repeat("\x1b", 1025), "\x7f\u0080",
	} {
		if quoted := model.Clean(foreign).Quoted(); !printableASCII(quoted) || quoted == "" {
			t.Errorf("the quoted form of %.20q is %q", foreign, quoted)
		}
	}
}

func TestTheQuotedFormSaysWhatCame(t *testing.T) {
	foreign := "ali\u202e\x1b]52\a\xff"
	back, err := strconv.Unquote(model.Clean(foreign).Quoted())
	if err != nil || back != foreign {
		t.Errorf("%+q came back as %+q (%v)", foreign, back, err)
	}
}

func TestTheQuotedFormOfALongTextIsCutAndSaysSo(t *testing.T) {
	quoted := model.Clean(strings.Repeat("丽", 5000)).Quoted()
	if !strings.Contains(quoted, "15000 bytes") || strings.Contains(quoted, `\xe4`) || strings.Contains(quoted, `\ufffd`) {
		t.Errorf("the quoted form is %s", quoted)
	}
}

func TestTheQuotedFormOfALongTextKeepsItsInvalidBytes(t *testing.T) {
	if quoted := model.Clean("a\xffb" + strings.Repeat("x", 2000)).Quoted(); !strings.HasPrefix(quoted, `"a\xffbx`) {
		t.Errorf("the quoted form begins with %.20s", quoted)
	}
}

func TestJoinPutsTextsTogether(t *testing.T) {
	joined := model.Join(" ", model.Clean("سارا"), model.Text{}, model.Clean("K"))
	if joined.String() != "سارا K" || joined.Changed() || joined.Quoted() != "سارا K" {
		t.Errorf("joined to %q, changed %t, quoted %q", joined, joined.Changed(), joined.Quoted())
	}
	if nobody := model.Join(" "); nobody != (model.Text{}) || model.Join(" ", model.Text{}) != nobody {
		t.Error("nothing joined is not the empty text")
	}
}

func TestJoinLeavesOutWhatIsEmpty(t *testing.T) {
	joined := model.Join(" ", model.Clean("\u202e"), model.Clean("K"))
	if joined.String() != "K" {
		t.Errorf("joined to %q, want K", joined)
	}
	if !joined.Changed() {
		t.Error("nobody learns that something came which is not shown")
	}
}

func TestJoinQuotesAllPartsWhenOneChanged(t *testing.T) {
	joined := model.Join(" ", model.Clean("سارا"), model.Clean("\x1bK"))
	if joined.String() != "سارا ␛K" || !joined.Changed() {
		t.Errorf("joined to %q, changed %t", joined, joined.Changed())
	}
	if quoted := joined.Quoted(); !printableASCII(quoted) || !strings.Contains(quoted, `\x1bK`) || !strings.Contains(quoted, `\u0633`) {
		t.Errorf("the quoted form is %s", quoted)
	}
}

func TestTextIsCleanedAsItIsDecoded(t *testing.T) {
	var user struct{ Name, Alias, Gone model.Text }
	if err := json.Unmarshal([]byte(`{"Name": "\u001b[2J\u202eali", "Alias": null}`), &user); err != nil {
		t.Fatal(err)
	}
	if user.Name.String() != "␛[2Jali" || !user.Name.Changed() {
		t.Errorf("the name is %q", user.Name)
	}
	if user.Alias != (model.Text{}) || !user.Gone.Empty() {
		t.Errorf("null is %q", user.Alias)
	}
	if err := json.Unmarshal([]byte(`{"Name": 7}`), &user); err == nil {
		t.Error("a number was taken for a text")
	}
}

func TestTextIsWrittenCleaned(t *testing.T) {
	out, err := json.Marshal(map[string]model.Text{"found": model.Clean("\x1b\"ali\u202e")})
	if err != nil || string(out) != `{"found":"␛\"ali"}` {
		t.Errorf("written as %s (%v)", out, err)
	}
}

func TestPrintingATextPrintsWhatIsClean(t *testing.T) {
	user := model.User{Username: model.Clean("\x1b[2J\u202eali")}
	for _, printed := range []string{fmt.Sprint(user), fmt.Sprintf("%+v", user), fmt.Sprintf("%#v", user), user.Username.String()} {
		if r, found := harm(printed); found {
			t.Errorf("%+q holds %U", printed, r)
		}
	}
}

func TestTheOriginalIsWhatCameByteByByte(t *testing.T) {
	for _, foreign := range []string{
		"", "plain", "سارا", "first\nsecond\t\u00a0", "👩\u200d🔧❤\ufe0f", "\u202ex\x1b[2J\x00", "a\xff", strings.Repeat("丽", 5000), strings.Repeat("\x1b", 60<<10),
	} {
		if came, had := model.Clean(foreign).Original(); !had || came != foreign {
			t.Errorf("%.30q came back as %.30q, %t", foreign, came, had)
		}
	}
	for name, text := range map[string]model.Text{
		"too long": model.Clean(strings.Repeat("\n", 64<<10+1)), "joined": model.Join(" ", model.Clean("a\n"), model.Clean("b")),
	} {
		if came, had := text.Original(); had {
			t.Errorf("%s: %.30q is called the original", name, came)
		}
	}
}

func TestNoPrinterShowsTheOriginal(t *testing.T) {
	hidden := struct{ text model.Text }{model.Clean("\x1b[2J\u202eali❤\ufe0f")}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		if printed := fmt.Sprintf(verb, hidden); strings.ContainsAny(printed, "\x1b\u202e\ufe0f") {
			t.Errorf("%s prints %+q", verb, printed)
		}
	}
}
