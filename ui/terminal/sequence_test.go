package terminal

import (
	"slices"
	"strings"
	"testing"
)

func TestWhatEndsInsideAKeyWaitsAndWhatIsWholeDoesNot(t *testing.T) {
	for _, whole := range complete() {
		if unfinished([]byte(whole)) {
			t.Errorf("%q is whole and waits", whole)
		}
	}
	for _, part := range []string{
		"\x1b", "jj\x1b", "\x1b\x1b", "\x1b[", "\x1b[1", "\x1b[1;5", "\x1bO", "\x1b\x1b[",
		"\x1b[<", "\x1b[<0;12", "\x1b[<0;12;7", "\x1b[M", "\x1b[M !", "\x1b[[",
		"\x1b[200", "\x1b[200~text\x1b[201", "\x1b[200~text\x1b", "\x1b[?2026;2$",
		"\x1b]11;rgb:ff", "\x1b]11;rgb:ff\x1b", "\x1bP>|xterm", "\x1bP>|xterm\a", "\x1b_G", "\x1b^x",
		"\xd8", "a\xd8", "\xe4\xbd", "\xf0\x9f\x94", "\x1b\xd8",
	} {
		if !unfinished([]byte(part)) {
			t.Errorf("%q is a part and does not wait", part)
		}
	}
}

func complete() []string {
	return []string{
		"", "j", "jjj", "ک", "語", "🔑", "\x1b[A", "\x1b[1;5A", "\x1b[3~", "\x1bOA", "\x1bj", "\x1b\x1b[A", "\x1b\x7f",
		"\x1b[<0;12;7M", "\x1b[<0;12;7m", "\x1b[M !!", "\x1b[[A", "\x1b[I", "\x1b[O", "\x1b[Z",
		"\x1b[200~", "\x1b[200~text", "\x1b[200~text\x1b[201~", "\x1b[?2026;2$y",
		"\x1b]11;rgb:ff\a", "\x1b]11;rgb:ff\x1b\\", "\x1bP>|xterm\x1b\\", "\x1b[A\x1b[B", "\x1b[Aj",
		"\xff", "a\x80", "\x80\x80\x80\x80", // not letters at all
	}
}

func FuzzEveryWholeKeyEndsTheWait(f *testing.F) {
	for _, s := range complete() {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, before []byte) {
		unfinished(before)
		for _, key := range complete()[1:] {
			if strings.HasPrefix(key, "\x1b") && unfinished(append(slices.Clip(before), key...)) {
				t.Fatalf("%q after %q waits", key, before)
			}
		}
	})
}
