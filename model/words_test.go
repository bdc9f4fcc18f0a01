package model_test

import (
	"testing"

	"authdeck/model"
)

func TestAPathIsSaidAsAShellTakesIt(t *testing.T) {
	for path, want := range map[string]string{
		"/home/sara/plan-1.json": "/home/sara/plan-1.json", "/home/sara/my plan.json": "'/home/sara/my plan.json'", "it's.json": `'it'\''s.json'`, "": "''",
	} {
		if got := model.ShellWord(path); got != want {
			t.Errorf("%s: %s", path, got)
		}
	}
}
