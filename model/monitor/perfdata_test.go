package monitor_test

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// figure is one of the performance data, as a reader has it.
type figure struct{ value, warn, crit, min, max, unit string }

// The readers below follow what two programs take. The first is the text of the Monitoring
// Plugins Development Guidelines (sections "Plugin Output", "Threshold and ranges" and
// "Performance data"); the second is Icinga 2, by its own source: PluginUtility::ParseCheckOutput
// and SplitPerfdata for the lines, PerfdataValue::Parse for a figure.

// The grammar of the guidelines. A label in quotes has no equals sign and no single quote.
var (
	statusLine = regexp.MustCompile(`^[A-Z]+ (OK|WARNING|CRITICAL|UNKNOWN): [^|\n]+?(?: \| (.*))?$`)
	figureForm = regexp.MustCompile(`^(?:'([^'=|]+)'|([^'=| ]+))=(-?[0-9.]+)(us|ms|s|%|B|KB|MB|GB|TB|c|)((?:;[^; ]*){0,4})$`)
	rangeForm  = regexp.MustCompile(`^@?(?:(?:~|-?[0-9.]+):)?(?:-?[0-9.]+)?$`)
	numberForm = regexp.MustCompile(`^(?:-?[0-9.]+)?$`)
)

// byTheGuidelines reads what a plugin says.
func byTheGuidelines(said string) (verdict string, figures map[string]figure, err error) {
	if !utf8.ValidString(said) || !strings.HasSuffix(said, "\n") {
		return "", nil, errors.New("it is no text of whole lines")
	}
	first, long, _ := strings.Cut(said, "\n")
	found := statusLine.FindStringSubmatch(first)
	if found == nil {
		return "", nil, fmt.Errorf("the first line is %q", first)
	}
	if strings.Contains(long, "|") {
		return "", nil, fmt.Errorf("a line below has performance data: %q", long)
	}
	figures = map[string]figure{}
	for pair := range strings.FieldsSeq(found[2]) {
		f := figureForm.FindStringSubmatch(pair)
		if f == nil {
			return "", nil, fmt.Errorf("it is no figure: %q", pair)
		}
		rest := append(strings.Split(f[5], ";"), "", "", "", "", "")[1:5]
		if !rangeForm.MatchString(rest[0]) || !rangeForm.MatchString(rest[1]) || !numberForm.MatchString(rest[2]) || !numberForm.MatchString(rest[3]) {
			return "", nil, fmt.Errorf("its ranges are none: %q", pair)
		}
		label := f[1] + f[2]
		if _, twice := figures[label]; twice {
			return "", nil, fmt.Errorf("%q stands there twice", label)
		}
		figures[label] = figure{f[3], rest[0], rest[1], rest[2], rest[3], f[4]}
	}
	return found[1], figures, nil
}

// byIcinga reads what a plugin says as Icinga 2 does: what stands behind the first bar of any
// line are figures, a label goes to the next equals sign, and a value to the next blank.
func byIcinga(said string) (text string, figures map[string]figure, err error) {
	var data []string
	for line := range strings.FieldsFuncSeq(said, func(r rune) bool { return r == '\r' || r == '\n' }) {
		words, more, _ := strings.Cut(line, "|")
		text += words + "\n"
		data = append(data, more)
	}
	rest := strings.Trim(strings.Join(data, " "), " ")
	figures = map[string]figure{}
	for rest != "" {
		label, after, is := strings.Cut(rest, "=")
		if !is {
			return "", nil, fmt.Errorf("something stands there beside figures: %q", rest)
		}
		if len(label) > 2 && label[0] == '\'' && label[len(label)-1] == '\'' {
			label = label[1 : len(label)-1]
		}
		if strings.Contains(label, "::") {
			return "", nil, fmt.Errorf("%q is taken for two", label)
		}
		value, next, _ := strings.Cut(after, " ")
		if figures[label], err = icingasFigure(value); err != nil {
			return "", nil, err
		}
		rest = next
	}
	return text, figures, nil
}

func icingasFigure(said string) (figure, error) {
	const number = "+-0123456789.e"
	parts := append(strings.Split(said, ";"), "", "", "", "")
	unit := strings.TrimLeft(parts[0], number)
	value := strings.TrimSuffix(parts[0], unit)
	if _, err := strconv.ParseFloat(value, 64); err != nil {
		return figure{}, err
	}
	switch strings.ToLower(unit) {
	case "", "us", "ms", "s", "tb", "gb", "mb", "kb", "b", "%", "c":
	default:
		return figure{}, fmt.Errorf("it knows no unit %q", unit)
	}
	return figure{value, parts[1], parts[2], parts[3], parts[4], unit}, nil // of a range it shows none, and goes on
}

// TestTheReadersOfThisTestAreStrict has them refuse what those programs do not take.
func TestTheReadersOfThisTestAreStrict(t *testing.T) {
	for _, said := range []string{
		"", "TOKENS OK: x", "OK\n", "TOKENS FINE: x\n", "TOKENS OK: x | a\n", "TOKENS OK: x | a=1 b\n", "TOKENS OK: x | 'a b'=1\n",
		"TOKENS OK: x | a=U\n", "TOKENS OK: x | a=1x\n", "TOKENS OK: x | a=1;2..;b\n", "TOKENS OK: x | a=1;;;;;\n", "TOKENS OK: x | a=1 a=2\n",
		"TOKENS OK: x | y | a=1\n", "TOKENS OK: x | a=1\nmore | b=2\n", "TOKENS OK: x\xff\n", "TOKENS OK: x | 'it''s'=1\n",
	} {
		if verdict, figures, err := byTheGuidelines(said); err == nil {
			t.Errorf("%q: %s, %v", said, verdict, figures)
		}
	}
	for _, said := range []string{"OK | a\n", "OK | a::b=1\n", "OK | a=x\n", "OK | a=1x\n", "OK | a=1\nmore | b\n"} {
		if _, figures, err := byIcinga(said); err == nil {
			t.Errorf("%q: %v", said, figures)
		}
	}
	verdict, figures, err := byTheGuidelines("TOKENS WARNING: x | 'a'=1.5s;10:;@~:5;0;9 b=-2\nmore\n")
	if err != nil || verdict != "WARNING" || figures["a"] != (figure{"1.5", "10:", "@~:5", "0", "9", "s"}) || figures["b"].value != "-2" {
		t.Errorf("%s, %v, %v", verdict, figures, err)
	}
}
