package client_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/file"
	"authdeck/model"
)

// noFiles are paths at which there is something else than a file that can be
// read, with what is said of each.
func noFiles(t *testing.T) map[string]string {
	t.Helper()
	folder := t.TempDir()
	pipe, huge := filepath.Join(folder, "pipe"), filepath.Join(folder, "huge")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(huge, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 8<<30); err != nil {
		t.Skipf("no file of eight gigabytes with a hole in it is possible here: %v", err)
	}
	return map[string]string{
		pipe: "a FIFO and not a regular file", folder: "a folder and not a regular file",
		"/dev/zero": "a device and not a regular file", huge: "larger than",
	}
}

func TestWhatIsNoFileIsRefusedAtOnceAsAConfiguration(t *testing.T) {
	t.Parallel()
	for path, says := range noFiles(t) {
		_, err := config.Load(path, vars(nil), client.Kinds())
		if err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestWhatIsNoFileIsRefusedAtOnceAsACredential(t *testing.T) {
	t.Parallel()
	for path, says := range noFiles(t) {
		refused(t, from(t, fmt.Sprintf("token_file = %q", path)), vars(nil), says)
	}
}

func TestWhatIsNoFileIsRefusedAtOnceAsRoots(t *testing.T) {
	t.Parallel()
	for path, says := range noFiles(t) {
		p := profile(t, "https://shop.example.com", canary+"key")
		p.CAFile = path
		_, err := client.Open(t.Context(), p, env(&logBook{}))
		failsAs(t, err, model.Unopened)
		if !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestALogIsAFileOrADeviceThatTakesLines(t *testing.T) {
	t.Parallel()
	for path, says := range noFiles(t) {
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

func TestAConfigurationMayBeALinkAndAsLongAsAnybodyWrites(t *testing.T) {
	t.Parallel()
	long := config.Example + "\n" + strings.Repeat("# a remark\n", 50_000)
	path := written(t, long)
	link := path + ".link"
	if err := os.Symlink(path, link); err != nil {
		t.Fatal(err)
	}
	if profiles, err := config.Load(link, vars(nil), client.Kinds()); err != nil || len(profiles) != 1 {
		t.Errorf("%d systems, %v", len(profiles), err)
	}
}

func TestTheDoctorWarnsOfRootsThatOthersCanChange(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	p := profile(t, address, canary+"key")
	p.CAFile = caFile
	if c := diagnosed(t, p)["configuration"]; c.Verdict != model.OK {
		t.Errorf("with roots of one's own: %+v", c)
	}
	if err := os.Chmod(caFile, 0o666); err != nil {
		t.Fatal(err)
	}
	checks := diagnosed(t, p)
	if c := checks["configuration"]; c.Verdict != model.Warning || !strings.Contains(c.Found.String(), "0666") || !strings.Contains(c.Advice, "ca_file") {
		t.Errorf("with roots of everybody's: %+v", c)
	}
	if checks["connection"].Verdict != model.OK {
		t.Errorf("the rest was not looked at: %s", ended(checks))
	}
}

func TestTheDoctorWarnsOfRootsOfSomebodyElse(t *testing.T) {
	t.Parallel()
	address, caFile := secure(t)
	if err := os.Chown(caFile, 12345, -1); err != nil {
		t.Skipf("nobody here can give a file away: %v", err)
	}
	p := profile(t, address, canary+"key")
	p.CAFile = caFile
	if c := diagnosed(t, p)["configuration"]; c.Verdict != model.Warning || !strings.Contains(c.Found.String(), "somebody else") {
		t.Errorf("found %+v", c)
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
