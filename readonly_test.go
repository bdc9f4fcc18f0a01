package main

import (
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// TestWhoSaysReadOnlyChangesNothingWithAnyCommand and hears that a rule of theirs forbade it.
func TestWhoSaysReadOnlyChangesNothingWithAnyCommand(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	folder := t.TempDir()
	path, id, named := filepath.Join(folder, "plan"), c.first("shop"), c.first("idp")
	_, out, said := c.run("plan", "delete", "id:"+id, "-o", path, "--system", "shop")
	_, rest, _ := strings.Cut(out, "\nid\t")
	plan, _, is := strings.Cut(rest, "\n")
	if !is {
		t.Fatal(said)
	}
	for _, args := range [][]string{
		{"token", "delete", "shop", id, "--yes"},
		{"token", "rotate", "shop", id, "--yes", "--key-to", path + "-key"},
		{"token", "create", "idp", "--set", "identifier=x", "--yes", "--key-to", path + "-key"},
		{"token", "edit", "idp", named, "--set", "description=x", "--yes"},
		{"apply", path, "--yes", "--id", plan},
	} {
		code, _, said := c.run(append(args, "--read-only")...)
		if code != 5 || !strings.Contains(said, "authdeck is read-only here (--read-only, or read_only in the configuration)") {
			t.Errorf("%q: exit code %d: %s", args, code, said)
		}
	}
	if code, _, said := c.run("apply", path, "--yes", "--id", plan); code != 0 {
		t.Errorf("exit code %d: %s", code, said)
	}
	c.readOnly("shop")
	if code, _, said := c.run("plan", "delete", "id>0", "-o", path+"2", "--system", "shop"); code != 5 || !strings.Contains(said, "there is no plan") {
		t.Errorf("exit code %d: %s", code, said)
	}
}
