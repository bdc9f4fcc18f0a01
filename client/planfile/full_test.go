package planfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
)

// TestAFileForKeysThatTookNoneIsNotLeftBehind is about a disk that is full, which a file that is
// open for reading is like.
func TestAFileForKeysThatTookNoneIsNotLeftBehind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.jsonl")
	k, err := CreateKeys(path)
	if err != nil {
		t.Fatal(err)
	}
	_ = k.f.Close()
	if k.f, err = os.Open(path); err != nil {
		t.Fatal(err)
	}
	if err := k.Take(&plan.Line{}, model.Issued{Key: model.NewSecret("a key")}); err == nil || !strings.Contains(err.Error(), path+": ") {
		t.Errorf("the error is %v", err)
	}
	if err := k.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there: %v", err)
	}
}
