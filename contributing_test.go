package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"authdeck/client"
)

// The limits of CONTRIBUTING.md that no linter knows.
const (
	mostFiles    = 25  // of a package, tests aside
	mostLines    = 280 // of a file, tests aside
	usualLines   = 25  // of a function: nineteen of twenty have no more
	medianAtMost = 160 // lines of a file
)

// room is a package of the program: what is in its folder, tests aside.
type room struct {
	files     []string
	lines     []int // of each file
	functions []int // lines of each
	doc       string
	knows     map[string]bool // packages of this module that it imports
}

// house is every package of the program by its folder.
func house(t *testing.T) map[string]*room {
	t.Helper()
	rooms := map[string]*room{}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "testdata" || name == "docs" || len(name) > 1 && strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		folder := path.Dir(filepath.ToSlash(name))
		if rooms[folder] == nil {
			rooms[folder] = &room{knows: map[string]bool{}}
		}
		return rooms[folder].take(name)
	})
	if err != nil {
		t.Fatal(err)
	}
	maps.DeleteFunc(rooms, func(_ string, r *room) bool { return len(r.files) == 0 })
	return rooms
}

func (r *room) take(name string) error {
	source, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, source, parser.ParseComments)
	if err != nil {
		return err
	}
	if tagged(file) {
		return nil
	}
	r.files, r.lines = append(r.files, name), append(r.lines, strings.Count(string(source), "\n"))
	r.doc += file.Doc.Text()
	for _, spec := range file.Imports {
		if known, ours := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "authdeck/"); ours {
			r.knows[known] = true
		}
	}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			r.functions = append(r.functions, set.Position(f.End()).Line-set.Position(f.Pos()).Line+1)
		}
	}
	return nil
}

// tagged reports whether a file is in a test build alone.
func tagged(file *ast.File) bool {
	for _, group := range file.Comments {
		if group.Pos() < file.Package && strings.Contains(group.List[0].Text, "//go:build sixth") {
			return true
		}
	}
	return false
}

// block is the fenced text under a heading of CONTRIBUTING.md.
func block(t *testing.T, heading string) []string {
	t.Helper()
	text, err := os.ReadFile("CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(text), "\n## "+heading+"\n")
	_, rest, fenced := strings.Cut(rest, "\n```\n")
	body, _, closed := strings.Cut(rest, "\n```\n")
	if !found || !fenced || !closed {
		t.Fatalf("CONTRIBUTING.md has no picture under %q", heading)
	}
	return strings.Split(body, "\n")
}

// pictured are the folders of the picture: each line is one, two blanks further in than
// the one that it is in.
func pictured(t *testing.T) []string {
	t.Helper()
	folder := regexp.MustCompile(`^( *)([a-z0-9]+)/ +\S`)
	var folders, above []string
	for _, line := range block(t, "The house") {
		found := folder.FindStringSubmatch(line)
		if found == nil {
			continue
		}
		above = append(above[:min(len(above), len(found[1])/2)], found[2])
		folders = append(folders, path.Join(above...))
	}
	return folders
}

func TestThePictureShowsEveryRoom(t *testing.T) {
	shown := append(pictured(t), ".")
	for _, folder := range slices.Sorted(maps.Keys(house(t))) {
		if !slices.Contains(shown, folder) {
			t.Errorf("%s is not in the picture of CONTRIBUTING.md", folder)
		}
	}
	for _, folder := range shown {
		if info, err := os.Stat(folder); err != nil || !info.IsDir() {
			t.Errorf("the picture of CONTRIBUTING.md shows %s, and there is no such folder", folder)
		}
	}
}

func TestThePictureSaysWhoKnowsWhom(t *testing.T) {
	said := map[string]bool{}
	for _, line := range block(t, "Who knows whom") {
		said[line] = true
	}
	for folder, r := range house(t) {
		line := folder + ":"
		for _, known := range slices.Sorted(maps.Keys(r.knows)) {
			line += " " + known
		}
		if !said[line] && len(r.knows) > 0 {
			t.Errorf("CONTRIBUTING.md lacks the line\n%s", line)
		}
		delete(said, line)
	}
	for line := range said {
		t.Errorf("CONTRIBUTING.md says, and it is not so:\n%s", line)
	}
}

func TestNoRoomIsCrowded(t *testing.T) {
	var lines, functions []int
	for folder, r := range house(t) {
		if len(r.files) > mostFiles {
			t.Errorf("%s has %d files, %d at most", folder, len(r.files), mostFiles)
		}
		for i, n := range r.lines {
			if n > mostLines {
				t.Errorf("%s has %d lines, %d at most", r.files[i], n, mostLines)
			}
		}
		lines, functions = append(lines, r.lines...), append(functions, r.functions...)
	}
	slices.Sort(lines)
	slices.Sort(functions)
	if n := lines[len(lines)/2]; n > medianAtMost {
		t.Errorf("half of the files have more than %d lines", n)
	}
	if n := functions[len(functions)*95/100]; n > usualLines {
		t.Errorf("one function of twenty has %d lines or more, %d is the limit", n, usualLines)
	}
}

func TestEveryRoomSaysWhatItIsForAndWhatItMustNotKnow(t *testing.T) {
	for folder, r := range house(t) {
		_, name := path.Split(folder)
		start := "Package " + name + " "
		if folder == "." {
			start = "Authdeck "
		}
		switch {
		case !strings.HasPrefix(r.doc, start):
			t.Errorf("%s has no doc comment that begins with %q", folder, start)
		case strings.Count(r.doc, "Package ") > 1:
			t.Errorf("%s has two doc comments", folder)
		case folder != "." && !regexp.MustCompile(`(?s)(not|no|nothing|never|nobody)\b.*\bknow|know\w*\s+(no|nothing|none|neither|only)\b`).MatchString(r.doc):
			t.Errorf("%s does not say what it must not know:\n%s", folder, r.doc)
		}
	}
}

// lists are those that a system stands in, each with what the twin that the test build
// has in its place says more: an import, where there is one, and a line.
func lists() map[string][]string {
	return map[string][]string{
		"client/dialects.go":      {`"authdeck/client/sixth"`, `"sixth": sixth.Dialect(),`},
		"client/demo/mirrors.go":  {`"authdeck/client/demo/sixth"`, "sixth.Mirror(),"},
		"client/subjects_test.go": {"sixths(),"},
	}
}

// twin is the file that stands in the place of a list where there is a sixth system.
func twin(list string) string {
	if of, test := strings.CutSuffix(list, "_test.go"); test {
		return of + "_sixth_test.go"
	}
	return strings.TrimSuffix(list, ".go") + "_sixth.go"
}

// linesOf are the lines of a file without the blanks that line them up.
func linesOf(t *testing.T, name string) []string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(text)) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return lines
}

func TestASixthSystemIsOneLineInEachList(t *testing.T) {
	for list, more := range lists() {
		without, with := linesOf(t, list), linesOf(t, twin(list))
		if without[0] != "//go:build !sixth" || with[0] != "//go:build sixth" {
			t.Errorf("%s begins with %q, and %s with %q", list, without[0], twin(list), with[0])
		}
		without, with = without[1:], with[1:]
		for _, line := range more {
			if i := slices.Index(with, line); i >= 0 {
				with = slices.Delete(with, i, i+1)
			} else {
				t.Errorf("%s lacks %q", twin(list), line)
			}
		}
		if !slices.Equal(with, without) {
			t.Errorf("%s has to be %s and the lines %q: only the one has %q, only the other %q",
				twin(list), list, more, only(with, without), only(without, with))
		}
	}
}

// only are the lines that another file lacks.
func only(lines, other []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool { return slices.Contains(other, line) })
}

func TestEveryKindOfSystemIsInTheDocuments(t *testing.T) {
	readme, systems := linesOf(t, "README.md"), linesOf(t, "docs/systems.md")
	for kind := range client.Kinds() {
		begins := func(start string) func(string) bool {
			return func(line string) bool { return strings.HasPrefix(strings.ToLower(line), start) }
		}
		if !slices.ContainsFunc(readme, begins("| `"+kind+"` |")) {
			t.Errorf("the table of README.md has no row of %s", kind)
		}
		if !slices.ContainsFunc(systems, begins("## "+kind)) {
			t.Errorf("docs/systems.md has no section of %s", kind)
		}
	}
}

// TestNothingElseKnowsOfASixthSystem wants every file that is another one in the test
// build to be a list, a room of the sixth, or its words in the contract.
func TestNothingElseKnowsOfASixthSystem(t *testing.T) {
	known := []string{"client/dialect_sixth_test.go"}
	for list := range lists() {
		known = append(known, list, twin(list))
	}
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		name = filepath.ToSlash(name)
		own := strings.HasPrefix(name, "client/sixth/") || strings.HasPrefix(name, "client/demo/sixth/")
		if err != nil || entry.IsDir() || !strings.HasSuffix(name, ".go") || own || slices.Contains(known, name) {
			return err
		}
		for _, line := range linesOf(t, name) {
			if strings.HasPrefix(line, "//go:build ") && strings.Contains(line, "sixth") {
				t.Errorf("%s is another file where there is a sixth system", name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
