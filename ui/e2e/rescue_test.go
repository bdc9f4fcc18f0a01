package e2e_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/model"
)

// keyFiles are the files that hold the new key, whole or in part, wherever they
// are, but for the configuration of the test.
func (v *victim) keyFiles() map[string]string {
	v.t.Helper()
	found := map[string]string{}
	for path, text := range filesUnder(v.t, v.home) {
		if strings.Contains(text, sings) || strings.HasSuffix(path, ".key") {
			found[path] = text
		}
	}
	return found
}

// expectWhole holds the files to one with the whole key, for its owner alone.
func (q cell) expectWhole(v *victim) (path string) {
	v.t.Helper()
	files := v.keyFiles()
	for path, text := range files {
		if len(files) != 1 || v.relay.key == "" || text != v.relay.key+"\n" {
			v.t.Errorf("%s: the key is in %d files, and whole: %v", path, len(files), text == v.relay.key+"\n")
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode() != 0o600 {
			v.t.Errorf("%s has the mode %v", path, info.Mode())
		}
		above, err := os.Stat(filepath.Dir(path))
		if err != nil || above.Mode().Perm() != 0o700 {
			v.t.Errorf("its folder has the mode %v", above.Mode())
		}
		return path
	}
	v.t.Errorf("the key is in no file; stderr: %s\nlog: %s", v.told(), v.log)
	return ""
}

// expectRescue is the end with a folder that takes the key in plain, and none that takes
// it sealed.
func (q cell) expectRescue(v *victim) {
	v.t.Helper()
	path := q.expectWhole(v)
	byItself := strings.HasSuffix(path, model.RescuedKey)
	if q.moment != intoFile && !byItself {
		v.t.Errorf("nobody asked for %s", path)
	}
	if said := v.told(); byItself && !strings.Contains(said, path) {
		v.t.Errorf("on the way out it is said: %q", said)
	}
}

// expectEnd is a program that ends well, and leaves the terminal as it was.
func (q cell) expectEnd(v *victim) {
	v.t.Helper()
	if code := v.exit(); code != 0 {
		v.t.Errorf("exit code %d; stderr: %s", code, v.told())
	}
	if q.blow != lineCut && q.blow != "HUP" && !v.restored() {
		v.t.Error("the screen was not given back")
	}
}

// expectKept is the end with a key that nobody took: it lies in no file in plain, and
// whoever asks for it gets it, once. One that was being written to a file is there, or is
// still sealed.
func (q cell) expectKept(v *victim) {
	v.t.Helper()
	if q.moment == intoFile && len(v.keyFiles()) > 0 {
		q.expectWhole(v)
		return
	}
	if said := v.told(); q.blow != "KILL" && !strings.Contains(said, "was not handed over, and is kept, sealed") {
		v.t.Errorf("on the way out it is said: %q", said)
	}
	if files := v.keyFiles(); len(files) > 0 {
		v.t.Errorf("the key lies in plain in %d files", len(files))
	}
	key, err := launch{home: v.home}.takeKey(v.t)
	if err != nil || v.relay.key == "" || key != v.relay.key+"\n" {
		v.t.Errorf("authdeck keys take gives %d letters, %v; the key has %d", len(key), err, len(v.relay.key))
	}
	if again, err := (launch{home: v.home}).takeKey(v.t); err == nil {
		v.t.Errorf("it was given once more: %d letters", len(again))
	}
}

// takeKey has another process hand over the key that was left.
func (l launch) takeKey(t *testing.T) (string, error) {
	t.Helper()
	key, err := (&launch{home: l.home, args: []string{"keys", "take", "--print"}}).command(t).Output()
	return string(key), err
}

// expectAfterKill is what there is to be after an end that nobody is told of. Between the
// answer and the file that is sealed there is a moment that no program can close.
func (q cell) expectAfterKill(v *victim) {
	v.t.Helper()
	v.exit()
	switch {
	case q.folder != writable || q.moment == beforeTheAnswer:
		q.expectNothingHalf(v)
	case q.moment == afterTheAnswer && len(v.sealedKeys()) == 0:
		q.expectNothingHalf(v)
	default:
		q.expectKept(v)
	}
	q.expectNoLeak(v)
}

// sealedKeys are the files of keys that were not handed over.
func (v *victim) sealedKeys() []string {
	v.t.Helper()
	files, err := filepath.Glob(filepath.Join(v.home, "state", "authdeck", "undelivered", "*.age"))
	if err != nil {
		v.t.Fatal(err)
	}
	return files
}

// expectLoss is the end where no file takes the key and nobody is there.
func (q cell) expectLoss(v *victim) {
	v.t.Helper()
	if code := v.exit(); code != 1 {
		v.t.Errorf("exit code %d", code)
	}
	q.expectNothingHalf(v)
	if said := v.told(); !strings.Contains(said, "could not be written to a file") {
		v.t.Errorf("on the way out it is said: %q", said)
	}
	if q.folder != full { // where there is no room for the log either
		v.log.await(v.t, "key lost")
	}
	q.expectNoLeak(v)
}

// expectStay is a program that does not end before the key is safe: it takes
// another folder, or where no file at all can be written, waits for its line.
func (q cell) expectStay(v *victim) {
	v.t.Helper()
	v.waitFor("stays until the key is in a file", "The key was not taken", "o other folder")
	other := filepath.Join(v.home, "elsewhere")
	v.press("o")
	v.waitFor("folder:", "enter write it there")
	v.press(other)
	v.waitFor(other)
	v.press(enter)
	if q.folder == full {
		v.waitFor("The key was not taken", "w tries again")
		_ = v.line.Close()
		q.expectLoss(v)
		return
	}
	if code := v.exit(); code != 0 {
		v.t.Errorf("exit code %d", code)
	}
	if path := q.expectWhole(v); !strings.HasPrefix(path, other) || !strings.Contains(v.told(), path) {
		v.t.Errorf("written to %s, and said: %q", path, v.told())
	}
	q.expectNoLeak(v)
}

// expectNothingHalf is the end without a file, or with a whole one that was asked
// for.
func (q cell) expectNothingHalf(v *victim) {
	v.t.Helper()
	if files := v.keyFiles(); len(files) > 0 && q.moment == intoFile && (q.folder == writable || q.folder == unsealable) {
		q.expectWhole(v)
	} else if len(files) > 0 {
		v.t.Errorf("there are %d files", len(files))
	}
}

// expectNoLeak holds all that was said beside the screen to no letter of a key.
func (q cell) expectNoLeak(v *victim) {
	v.t.Helper()
	for place, text := range map[string]string{"stderr": v.told(), "the log": v.log.String()} {
		if strings.Contains(text, sings) {
			v.t.Errorf("%s holds a key", place)
		}
	}
	if q.moment != onScreen && q.moment != inClipboard && strings.Contains(string(v.bytes()), sings) {
		v.t.Error("the terminal got a key that nobody asked for")
	}
}
