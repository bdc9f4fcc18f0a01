package custody_test

import (
	"path/filepath"
	"testing"

	"authdeck/client/custody"
	"authdeck/client/file/filetest"
)

// TestASealedKeyThatIsNotWhereItWasPutIsMissed is about one that somebody takes away while a
// console has it in hand, as it came or taken later.
func TestASealedKeyThatIsNotWhereItWasPutIsMissed(t *testing.T) {
	t.Parallel()
	for how, away := range filetest.Away() {
		at := place(t)
		left(t, at, canary+"key")
		name := sealedIn(t, at)[0]
		taken, err := custody.In(at).Take(name)
		if err != nil {
			t.Fatal(err)
		}
		if !taken.Kept.Waits() {
			t.Errorf("%s: before it is", how)
		}
		away(t, filepath.Join(at.Sealed, name))
		if taken.Kept.Waits() || !taken.Kept.Sealed() {
			t.Errorf("%s: it is not missed", how)
		}
		taken.Kept.LetGo()
	}
	issued := order(t, place(t), giver{key: canary + "key"})
	if !issued.Kept.Waits() {
		t.Error("a new one does not wait")
	}
	if err := issued.Kept.Drop(); err != nil || issued.Kept.Waits() {
		t.Errorf("one that was dropped waits, %v", err)
	}
}
