package file_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"authdeck/client/file"
	"authdeck/client/file/filetest"
)

func TestALogIsAFileOrADeviceThatTakesLines(t *testing.T) {
	t.Parallel()
	for path, says := range filetest.NoFiles(t) {
		f, err := file.Append(path)
		switch {
		case strings.HasPrefix(path, "/dev/"), says == "larger than":
			if err != nil {
				t.Errorf("%s: %v", path, err)
			}
		case err == nil || !strings.Contains(err.Error(), "FIFO") && !strings.Contains(err.Error(), "directory"):
			t.Errorf("%s: %v", path, err)
		}
		if f != nil {
			_ = f.Close()
		}
	}
}

func TestAFileThatTellsNoSizeIsReadToItsLimitOnly(t *testing.T) {
	t.Parallel()
	content, err := file.Read("/proc/self/maps", 16)
	if os.IsNotExist(err) {
		t.Skip("there is no /proc here")
	}
	if err == nil || !strings.Contains(err.Error(), "larger") || !bytes.Equal(content, nil) {
		t.Errorf("read %d bytes, %v", len(content), err)
	}
}
