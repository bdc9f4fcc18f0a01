package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
	"authdeck/model/inventory"
)

func page(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// firsts are what stands in the first cell of each row of a table, by the head of that cell.
func firsts(page, head string) (found []string) {
	_, table, _ := strings.Cut(page, "\n| "+head+" |")
	table, _, _ = strings.Cut(table, "\n\n")
	for line := range strings.Lines(table) {
		if cell, _, is := strings.Cut(strings.TrimPrefix(line, "| `"), "` |"); is && strings.HasPrefix(line, "| `") {
			found = append(found, cell)
		}
	}
	slices.Sort(found)
	return found
}

// TestEachMetricAndEachFigureIsDocumentedAndNoOther checks a demo in which all of them occur.
func TestEachMetricAndEachFigureIsDocumentedAndNoOther(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	path := filepath.Join(t.TempDir(), "a.prom")
	_, ends, _ := c.run("check", "--prometheus", path)
	_, number, _ := c.run("check", "is:over")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var metrics, figures []string
	for _, found := range regexp.MustCompile(`(?m)^# TYPE (\S+) gauge$`).FindAllStringSubmatch(string(text), -1) {
		metrics = append(metrics, found[1])
	}
	for _, found := range regexp.MustCompile(`'(\S+)'=`).FindAllStringSubmatch(ends+number, -1) {
		figures = append(figures, regexp.MustCompile(`^(shop|idp|tower|cloud|pult)_`).ReplaceAllString(strings.Replace(found[1], "_3d", "_14d", 1), "SYSTEM_"))
	}
	slices.Sort(metrics)
	slices.Sort(figures)
	if told := firsts(page(t, "monitoring.md"), "metric"); !slices.Equal(told, metrics) {
		t.Errorf("docs/monitoring.md tells of\n%q, and there are\n%q", told, metrics)
	}
	if told := firsts(page(t, "monitoring.md"), "figure"); !slices.Equal(told, slices.Compact(figures)) {
		t.Errorf("docs/monitoring.md tells of\n%q, and there are\n%q", told, slices.Compact(figures))
	}
	for _, metric := range regexp.MustCompile(`authdeck_[a-z_]+`).FindAllString(page(t, "monitoring.md"), -1) {
		if known := []string{"authdeck_config", "authdeck_system", "authdeck_warn", "authdeck_crit", "authdeck_query"}; !slices.Contains(metrics, metric) && !slices.Contains(known, metric) {
			t.Errorf("docs/monitoring.md speaks of %s, which is no metric", metric)
		}
	}
}

func TestEachClassOfChangesIsDocumented(t *testing.T) {
	var classes []string
	for _, class := range inventory.Classes() {
		classes = append(classes, string(class))
	}
	slices.Sort(classes)
	if told := firsts(page(t, "inventory.md"), "class"); !slices.Equal(told, classes) {
		t.Errorf("docs/inventory.md tells of\n%q, and there are\n%q", told, classes)
	}
}

// TestThePythonOfTheDocumentsVerifiesAnInventoryToo runs it as it stands there.
func TestThePythonOfTheDocumentsVerifiesAnInventoryToo(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3 here")
	}
	_, code, _ := strings.Cut(page(t, "inventory.md"), "```python\n")
	code, _, _ = strings.Cut(code, "```")
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	path := filepath.Join(t.TempDir(), "x")
	_, said, _ := c.run("inventory", "save", path)
	count, hash := regexp.MustCompile(`\d+ tokens`).FindString(said), regexp.MustCompile(`[0-9a-f]{64}`).FindString(said)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	whole := string(content)
	lines := strings.SplitAfter(strings.TrimSuffix(whole, "\n"), "\n")
	for file, says := range map[string]string{
		whole: strings.TrimSuffix(count, "tokens") + hash + "\n",
		strings.Replace(whole, `"id":"1044"`, `"id":"1043"`, 1):    "is not as it was written\n",
		strings.Join(slices.Delete(slices.Clone(lines), 3, 4), ""): "line 4 is not as it was written\n",
		strings.Join(lines[:len(lines)-1], ""):                     "the end is missing\n",
		whole + lines[len(lines)-1] + "\n":                         " is not the end of this inventory\n",
		strings.Replace(whole, `"machine":"`, `"machine":"x`, 1):   "line 1 is not as it was written\n",
		"": "the end is missing\n",
	} {
		write(t, path, file)
		out, err := exec.Command(python, "-c", code, path).CombinedOutput()
		if !strings.HasSuffix(string(out), says) || (err == nil) != (file == whole) {
			t.Errorf("%q, %v; want %q", out, err, says)
		}
	}
}
