package config_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"authdeck/client/config"
	"authdeck/client/file/filetest"
)

func TestWhatIsNoFileIsRefusedAtOnceAsAConfiguration(t *testing.T) {
	t.Parallel()
	for path, says := range filetest.NoFiles(t) {
		_, err := config.Load(path, vars(nil), config.SomeKinds())
		if err == nil || !strings.Contains(err.Error(), says) || !strings.HasPrefix(err.Error(), path+": ") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestWhatIsNoFileIsRefusedAtOnceAsACredential(t *testing.T) {
	t.Parallel()
	for path, says := range filetest.NoFiles(t) {
		refused(t, from(t, fmt.Sprintf("token_file = %q", path)), vars(nil), says)
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
	if found, err := config.Load(link, vars(nil), config.SomeKinds()); err != nil || len(found.Profiles) != 1 {
		t.Errorf("%d systems, %v", len(found.Profiles), err)
	}
}
