package rotations_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"authdeck/client/rotations"
	"authdeck/model"
	"authdeck/model/rotation"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func pair(id, old string) rotation.Pair {
	return rotation.Pair{ID: id, Begun: noon, System: "idp", Kind: "authentik", Host: "idp.example", Old: model.Token{ID: old, Name: model.Clean(old)}}
}

func step(what rotation.What) rotation.Step {
	return rotation.Step{At: noon.Add(time.Minute), What: what, How: map[rotation.What]rotation.Manner{rotation.IsHandedOver: rotation.Seen}[what], New: model.Token{ID: "ci-2"}}
}

// begun is a pair in hand, in a book of its own.
func begun(t *testing.T) (rotation.Hand, *rotations.Book, string) {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "state", "rotations")
	b := rotations.In(folder)
	return must(b.Begin(pair("r1", "ci"), step(rotation.MakesIt)))(t), b, folder
}

func must[T any](of T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return of
	}
}

// writes writes steps that have to be taken, and lets go of the pair.
func writes(t *testing.T, h rotation.Hand, steps ...rotation.What) {
	t.Helper()
	for _, what := range steps {
		if err := h.Write(step(what)); err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestAPairIsItsOwnersAloneAndIsThereWithItsFirstStep(t *testing.T) {
	h, b, folder := begun(t)
	if all := must(b.Pairs())(t); len(all) != 1 || all[0].Stage != rotation.Making || !all[0].Doubt {
		t.Errorf("under way is %+v", all)
	}
	writes(t, h, rotation.IsMade)
	for path, mode := range map[string]os.FileMode{folder: 0o700, filepath.Join(folder, "r1.jsonl"): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
	}
	if all := must(b.Pairs())(t); len(all) != 1 || all[0].Stage != rotation.Made || all[0].New.ID != "ci-2" {
		t.Errorf("under way is %+v", all)
	}
}

func TestTwoConsolesDoNotWorkAtOnePair(t *testing.T) {
	h, b, _ := begun(t)
	if _, err := b.Take("r1"); !errors.Is(err, rotation.ErrHeld) {
		t.Errorf("it is taken too: %v", err)
	}
	if err := b.Forget("r1"); !errors.Is(err, rotation.ErrHeld) {
		t.Errorf("it is forgotten: %v", err)
	}
	writes(t, h)
	writes(t, must(b.Take("r1"))(t), rotation.IsMade, rotation.IsHandedOver)
	if err := b.Forget("r1"); err != nil || len(must(b.Pairs())(t)) != 0 {
		t.Errorf("it is not forgotten: %v", err)
	}
}

func TestAPairThatIsThereNoMoreIsOver(t *testing.T) {
	h, b, _ := begun(t)
	writes(t, h, rotation.IsMade, rotation.IsHandedOver, rotation.EndsIt, rotation.IsEnded)
	if _, err := b.Take("r1"); !errors.Is(err, rotation.ErrOver) {
		t.Errorf("it is taken: %v", err)
	}
	if err := b.Forget("r1"); !errors.Is(err, rotation.ErrOver) {
		t.Errorf("it is forgotten: %v", err)
	}
}

// TestAStepIsNotWrittenWhereNobodyWouldFindIt is about a file that somebody takes away while a pair
// is in hand: whoever sends an order after it would be the only one to know.
func TestAStepIsNotWrittenWhereNobodyWouldFindIt(t *testing.T) {
	for how, change := range map[string]func(path string) error{
		"removed":  os.Remove,
		"moved":    func(path string) error { return os.Rename(path, path+".old") },
		"replaced": func(path string) error { return errors.Join(os.Remove(path), os.WriteFile(path, nil, 0o600)) },
	} {
		h, b, folder := begun(t)
		path := filepath.Join(folder, "r1.jsonl")
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		if err := h.Write(step(rotation.IsMade)); err == nil || strings.Count(err.Error(), path) != 1 || h.Pair().Stage != rotation.Making {
			t.Errorf("%s: %v, and the pair is %+v", how, err, h.Pair())
		}
		if err := h.Write(step(rotation.IsMade)); err == nil {
			t.Errorf("%s: it is written after all", how)
		}
		writes(t, h)
		if _, err := b.Take("r1"); err == nil {
			t.Errorf("%s: the pair is taken", how)
		}
	}
}

func TestOneTokenHasOneRotationAtATime(t *testing.T) {
	h, b, _ := begun(t)
	writes(t, h)
	if _, err := b.Begin(pair("r2", "ci"), step(rotation.MakesIt)); !errors.Is(err, rotation.ErrUnderWay) {
		t.Errorf("a second one is begun: %v", err)
	}
	elsewhere := pair("r3", "ci")
	elsewhere.Host = "other.example"
	for _, p := range []rotation.Pair{pair("r2", "another"), elsewhere} {
		writes(t, must(b.Begin(p, step(rotation.MakesIt)))(t))
	}
	if all := must(b.Pairs())(t); len(all) != 3 {
		t.Errorf("under way is %+v", all)
	}
}

func TestWhatMustNotFollowIsNotWritten(t *testing.T) {
	h, _, folder := begun(t)
	before, _ := os.ReadFile(filepath.Join(folder, "r1.jsonl"))
	for _, what := range []rotation.What{rotation.EndsIt, rotation.IsEnded, rotation.MakesIt, rotation.IsHandedOver} {
		if err := h.Write(step(what)); err == nil {
			t.Errorf("%s is written", what)
		}
	}
	if after, _ := os.ReadFile(filepath.Join(folder, "r1.jsonl")); string(after) != string(before) {
		t.Errorf("the file is %s", after)
	}
}

func TestAPairOfWhichNothingIsLeftGoesWithItsFile(t *testing.T) {
	h, b, folder := begun(t)
	writes(t, h, rotation.IsMade, rotation.IsHandedOver, rotation.EndsIt, rotation.IsEnded)
	if left, _ := filepath.Glob(filepath.Join(folder, "*.jsonl")); len(left) != 0 {
		t.Errorf("%q is left", left)
	}
	writes(t, must(b.Begin(pair("r2", "ci"), step(rotation.MakesIt)))(t), rotation.IsNotMade)
	if left, _ := filepath.Glob(filepath.Join(folder, "*.jsonl")); len(left) != 0 {
		t.Errorf("%q is left", left)
	}
	p := pair("r3", "ci") // the program ended before it could take the file away
	content := append(rotation.Head(&p), rotation.Line(step(rotation.MakesIt))...)
	content = append(content, rotation.Line(step(rotation.IsNotMade))...)
	if err := os.WriteFile(filepath.Join(folder, "r3.jsonl"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	if all := must(b.Pairs())(t); len(all) != 0 {
		t.Errorf("under way is %+v", all)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*.jsonl")); len(left) != 0 {
		t.Errorf("%q is left", left)
	}
}

func TestALineThatWasCutIsTakenOffAndTheNextOneIsWhole(t *testing.T) {
	h, b, folder := begun(t)
	writes(t, h, rotation.IsMade)
	path := filepath.Join(folder, "r1.jsonl")
	content, _ := os.ReadFile(path)
	if err := os.WriteFile(path, append(content, `{"at":"2026-11-30T12:01:00Z","step":"handed-o`...), 0o600); err != nil {
		t.Fatal(err)
	}
	if all := must(b.Pairs())(t); len(all) != 1 || all[0].Stage != rotation.Made {
		t.Errorf("under way is %+v", all)
	}
	writes(t, must(b.Take("r1"))(t), rotation.IsHandedOver)
	if all := must(b.Pairs())(t); len(all) != 1 || all[0].Stage != rotation.HandedOver {
		t.Errorf("under way is %+v", all)
	}
}

func TestAFileThatCannotBeReadIsNamedAndNothingNewIsBegunBesideIt(t *testing.T) {
	h, b, folder := begun(t)
	writes(t, h)
	if err := os.WriteFile(filepath.Join(folder, "r0.jsonl"), []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err := b.Pairs()
	if len(all) != 1 || err == nil || !strings.Contains(err.Error(), filepath.Join(folder, "r0.jsonl")+": line 1: its form is") {
		t.Errorf("%+v, %v", all, err)
	}
	if _, err := b.Begin(pair("r2", "another"), step(rotation.MakesIt)); err == nil || !strings.Contains(err.Error(), "r0.jsonl") {
		t.Errorf("it is begun all the same: %v", err)
	}
}

func TestAFolderThatIsNotOnesOwnIsNotUsed(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "rotations")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	b := rotations.In(folder)
	if _, err := b.Begin(pair("r1", "ci"), step(rotation.MakesIt)); err == nil || !strings.Contains(err.Error(), "chmod 700") {
		t.Errorf("%v", err)
	}
	if _, err := b.Pairs(); err == nil {
		t.Error("it is read")
	}
	if _, err := rotations.In("rotations").Begin(pair("r1", "ci"), step(rotation.MakesIt)); err == nil || !strings.Contains(err.Error(), "set HOME") {
		t.Errorf("%v", err)
	}
	if all, err := rotations.In(filepath.Join(t.TempDir(), "none")).Pairs(); err != nil || len(all) != 0 {
		t.Errorf("where there is no folder: %+v, %v", all, err)
	}
}
