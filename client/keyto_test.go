package client_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client"
)

func TestAFileForAKeyIsNotThereYetAndItsFolderTakesIt(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	there := filepath.Join(folder, "there")
	if err := os.Symlink("/nowhere", there); err != nil {
		t.Fatal(err)
	}
	home := func(string) string { return folder }
	for path, want := range map[string]string{
		there: "is there already", folder: "is there already", "": "the name of no file", there + "x/": "the name of no file",
		filepath.Join(folder, "none", "key"): "takes no file", "/dev/null/key": "takes no file",
	} {
		if whole, err := client.NewFile(path, home); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is %q, %v; want %q", path, whole, err, want)
		}
	}
	if whole, err := client.NewFile("~/key", home); whole != filepath.Join(folder, "key") || err != nil {
		t.Errorf("it is %q, %v", whole, err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 1 {
		t.Errorf("the trial left %v, %v", left, err)
	}
}

func TestACommandForAKeyIsLookedForBeforeAnythingIsSent(t *testing.T) {
	t.Parallel()
	for want, argv := range map[string][]string{
		"nowhere-at-all cannot be started": {"nowhere-at-all", "x"},
		"{naam} stands for nothing":        {"cat", "{naam}"},
		"it is empty":                      {""},
	} {
		if _, err := client.Courier("shop", argv); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", argv, err)
		}
	}
	if c, err := client.Courier("shop", []string{"cat", "{id}"}); err != nil || c.Through("shop") != "cat {id}" || c.Through("idp") != "" {
		t.Errorf("%v", err)
	}
	if _, err := client.Sealer([]string{"AGE-SECRET-KEY-1CANARY"}); err == nil || strings.Contains(err.Error(), "CANARY") {
		t.Errorf("a secret key is taken for a recipient: %v", err)
	}
}
