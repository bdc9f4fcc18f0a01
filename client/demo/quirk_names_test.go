package demo_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// quirksDeclared counts the constants of quirks.go that are quirks: those of the first block.
func quirksDeclared(t *testing.T) (names int) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "quirks.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		if block, ok := d.(*ast.GenDecl); ok && block.Tok == token.CONST {
			return len(block.Specs)
		}
	}
	return 0
}

func TestEveryQuirkCanBeAskedForByItsName(t *testing.T) {
	seen := map[demo.Quirk]bool{}
	for _, q := range demo.Quirks() {
		seen[q] = true
	}
	if len(seen) != len(demo.Quirks()) || len(seen) != quirksDeclared(t) {
		t.Errorf("%d names of %d quirks; %d are declared", len(seen), len(demo.Quirks()), quirksDeclared(t))
	}
}

func TestQuirksAreReadByNameAndOneThatNoMirrorHasIsRefused(t *testing.T) {
	for names, want := range map[string][]demo.Quirk{
		"": nil, "waldur-7.0": {demo.Waldur70}, " authentik-2026.8 ,waldur-7.0,": {demo.AuthentikNewest, demo.Waldur70},
	} {
		if got, err := demo.ParseQuirks(names); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", names, got, err)
		}
	}
	_, err := demo.ParseQuirks("waldur-7.0,waldur-8")
	if err == nil || !strings.HasPrefix(err.Error(), `unknown quirk "waldur-8", want one of `) {
		t.Errorf("%v", err)
	}
}
