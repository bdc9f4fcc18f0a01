package query_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/model/query"
)

// TestTheTablesOfTheDocumentationAreTheFields holds docs/query.md against the language, line
// by line and in the same order.
func TestTheTablesOfTheDocumentationAreTheFields(t *testing.T) {
	text, err := os.ReadFile("../../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	_, tokens, found := strings.Cut(string(text), "## Of tokens")
	tokens, users, also := strings.Cut(tokens, "## Of users")
	if !found || !also {
		t.Fatal("there are no tables")
	}
	compareTables(t, "tokens", tokens, query.Tokens())
	compareTables(t, "users", users, query.Users())
}

func compareTables[T any](t *testing.T, name, section string, fields []query.Field[T]) {
	t.Helper()
	var want, words []string
	for _, f := range fields {
		var also []string
		for _, other := range f.Also {
			also = append(also, "`"+other+"`")
		}
		want = append(want, strings.Join([]string{"`" + f.Name + "`", strings.Join(also, " "), valuesOf(f.Entry, section), f.About}, "|"))
		if f.Words {
			words = append(words, f.Name)
		}
		for _, choice := range f.Choices {
			if !strings.Contains(section, "`"+choice+"`") {
				t.Errorf("%s: %s:%s is not documented", name, f.Name, choice)
			}
		}
	}
	if got := rows(section); !slices.Equal(got, want) {
		t.Errorf("%s: documented are\n%s\nand there are\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	said := "Words look at " + strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1] + "."
	if !strings.Contains(section, said) {
		t.Errorf("%s: it does not say: %s", name, said)
	}
}

func valuesOf(e query.Entry, section string) string {
	switch {
	case e.Kind == query.Number:
		return "number"
	case e.Spans:
		return "span"
	case e.Kind == query.Past:
		return "day or span"
	case e.Kind == query.Future:
		return "day or span, ahead"
	case e.Name == "is" && strings.Contains(section, "| `is:` |"):
		return "below"
	case e.Kind == query.Choice:
		return "`" + strings.Join(e.Choices, "` `") + "`"
	}
	return "text"
}

// rows are the lines of a section's first table, below its head.
func rows(section string) []string {
	_, table, _ := strings.Cut(section, "|---|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var all []string
	for line := range strings.Lines(table) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all = append(all, strings.Join(cells, "|"))
	}
	return all
}

// TestWhatTheDocumentationCallsAnErrorIsOneAndWhatItSaysInsteadIsRead holds the table of what
// other programs write.
func TestWhatTheDocumentationCallsAnErrorIsOneAndWhatItSaysInsteadIsRead(t *testing.T) {
	text, err := os.ReadFile("../../docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| written | to be written |\n|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	code := regexp.MustCompile("`([^`]+)`")
	lines := strings.Split(table, "\n")
	for _, line := range lines {
		cells := strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")
		for i, wrong := range []bool{true, false} {
			for _, written := range code.FindAllStringSubmatch(cells[i+1], -1) {
				typed := strings.ReplaceAll(written[1], "\x00", "|")
				if typed == "OR" {
					typed = "ali OR ci"
				}
				if _, err := query.Parse(typed, query.Tokens()); (err != nil) != wrong {
					t.Errorf("%s: %v", typed, err)
				}
			}
		}
	}
	if len(lines) != 4 {
		t.Errorf("%d lines: %q", len(lines), lines)
	}
}
