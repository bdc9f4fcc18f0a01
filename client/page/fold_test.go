package page

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestASearchFindsANameHoweverItIsTyped(t *testing.T) {
	for name, c := range map[string]struct{ text, typed string }{
		"case":                        {"Sara.Karimi", "sara.KARIMI"},
		"French, put together":        {"Chloé Dupré", "chloe\u0301"},
		"French, taken apart":         {"Chloe\u0301 Dupre\u0301", "Chloé"},
		"French, without accents":     {"Chloé Dupré", "dupre"},
		"French, two letters in one":  {"Cœur", "coeur"},
		"French, capitals":            {"Élodie", "ÉLODIE"},
		"German umlaut":               {"Müller", "MU\u0308LLER"},
		"German umlaut, plain":        {"Müller", "muller"},
		"German sharp s":              {"Straße", "STRASSE"},
		"German sharp s, typed":       {"Strasse", "straße"},
		"German capital sharp s":      {"GROẞ", "gross"},
		"Turkish dotted capital":      {"İpek Işık", "ipek"},
		"Turkish dotless":             {"İpek Işık", "ışık"},
		"Turkish on another keyboard": {"İpek Işık", "isik"},
		"Turkish in capitals":         {"Işık", "IŞIK"},
		"Turkish cedilla, apart":      {"Çağla", "c\u0327ag\u0306la"},
		"Russian":                     {"Фёдор Иванов", "федор"},
		"Russian in capitals":         {"Фёдор Иванов", "ФЁДОР"},
		"Russian, taken apart":        {"Андрей", "андреи\u0306"},
		"Persian yeh for Arabic yeh":  {"علي كريمي", "علی کریمی"},
		"Arabic yeh for Persian yeh":  {"علی کریمی", "علي كريمي"},
		"Persian without its joiner":  {"امیر\u200cحسین", "امیرحسین"},
		"Persian with a joiner":       {"امیرحسین", "امیر\u200cحسین"},
		"Persian with vowel marks":    {"مُحَمَّد", "محمد"},
		"Persian madda":               {"آرش", "ارش"},
		"Persian madda, apart":        {"آرش", "ا\u0653رش"},
		"Persian heh":                 {"خانة", "خانه"},
		"Persian digits":              {"no. 120", "۱۲۰"},
		"Arabic digits":               {"کاربر ۷", "٧"},
		"tatweel":                     {"محمـــد", "محمد"},
		"presentation forms":          {"\ufe8d\ufedf\ufee0\ufeea", "الله"},
		"a mark of direction":         {"sara\u200f", "sara"},
		"full width":                  {"ＳＡＲＡ", "sara"},
		"a ligature":                  {"ﬁnance", "finance"},
		"Greek final sigma":           {"Οδυσσέας", "ΟΔΥΣΣΕΑΣ"},
		"Polish, Danish":              {"Łukasz Sørensen", "lukasz sorensen"},
	} {
		if !strings.Contains(Fold(c.text), Fold(c.typed)) {
			t.Errorf("%s: %q (%+q) does not find %q (%+q)", name, c.typed, Fold(c.typed), c.text, Fold(c.text))
		}
	}
}

func TestWhatAreDifferentLettersStayDifferent(t *testing.T) {
	for one, other := range map[string]string{
		"кий": "кии", "کار": "گار", "पि": "पु", "か": "き", "ن": "ت", "ali": "alı1", "1": "۲", "ъ": "ь",
	} {
		if Fold(one) == Fold(other) {
			t.Errorf("%q and %q are one: %+q", one, other, Fold(one))
		}
	}
}

func FuzzFold(f *testing.F) {
	for _, seed := range []string{"", "Chloé", "امیر\u200cحسین", "\xff", "۱۲۰", "İ", "𝟘𝟙"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		folded := Fold(text)
		if !utf8.ValidString(folded) && utf8.ValidString(text) {
			t.Errorf("%+q became %+q", text, folded)
		}
		if again := Fold(folded); again != folded {
			t.Errorf("%+q became %+q and then %+q", text, folded, again)
		}
	})
}
