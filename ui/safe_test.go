package ui

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
	"authdeck/ui/terminal"
)

// keeper is a system whose new keys are kept, or are not for a reason.
type keeper struct {
	*remote
	err     error
	gone    error // why the sealed one is not where it was put
	dropped int
}

func (k *keeper) Do(ctx context.Context, o model.Order) (model.Issued, error) {
	issued, err := k.remote.Do(ctx, o)
	issued.Kept = k.kept()
	return issued, err
}

func (k *keeper) kept() model.Kept {
	if k.err != nil {
		return model.Kept{Err: k.err}
	}
	return model.Kept{Later: "the next start shows it.", Drop: func() error { k.dropped++; return nil }, Gone: func() error { return k.gone }}
}

// keeping is a console with a new key in its hand that is sealed since it came, and with a
// safe.
func keeping(t *testing.T, k *keeper, safe model.Safe) *driver {
	t.Helper()
	k.remote = company(newClock())
	d := prepare(t, 0, k.remote)
	w := d.app.world
	w.Safe = safe
	d.app = New(w, []model.API{k}, 0)
	d.begin(100, 30)
	return d
}

func (d *driver) newKey() {
	d.t.Helper()
	d.press("ry")
	d.sees("The new key of token #100 of sara")
}

func TestAKeyIsKeptUntilItIsInAFileOrSomebodyIsDoneWithIt(t *testing.T) {
	for name, c := range map[string]struct {
		keys string
		want int
	}{
		"untouched": {"", 0}, "only seen": {"v", 0}, "only sent": {"y", 0}, "about to be lost": {"\x1b", 0}, "not lost after all": {"\x1bn", 0},
		"written": {"w", 1}, "written and closed": {"w\x1b", 1}, "seen and closed": {"v\x1b", 1}, "given up": {"\x1bl", 1}, "trusted to a clipboard": {"y\x1bl", 1},
	} {
		k := &keeper{}
		d := keeping(t, k, nil)
		d.newKey()
		d.keys(c.keys)
		if k.dropped != c.want {
			t.Errorf("%s: it was let go of %d times", name, k.dropped)
		}
	}
}

func TestAFileThatWasNotWrittenLeavesTheKeySealed(t *testing.T) {
	k := &keeper{}
	d := keeping(t, k, nil)
	d.newKey()
	d.keepErr = errBroken
	d.press("w")
	d.sees("The key was not taken: it broke")
	if k.dropped != 0 {
		t.Error("it is sealed no more")
	}
}

func TestADroppedLineLeavesASealedKeyWhereItIsAndSaysSo(t *testing.T) {
	for how, hangup := range hangups() {
		for name, keys := range map[string]string{"masked": "", "seen": "v", "sent": "y", "about to be lost": "\x1b"} {
			k := &keeper{}
			d := keeping(t, k, nil)
			d.newKey()
			d.keys(keys)
			d.give(hangup)
			d.ended(true)
			said, lost := d.app.Farewell()
			if k.dropped != 0 || len(d.kept) != 0 || lost != nil || !strings.Contains(strings.Join(said, " "), "The new key of token #100 of sara was not handed over, and is kept, sealed: the next start shows it.") {
				t.Errorf("%s, %s: let go of %d times, in files %d, said %q, %v", how, name, k.dropped, len(d.kept), said, lost)
			}
		}
	}
}

func TestALineThatIsLostTwiceInAMomentIsToldOfTheSealedKeyAllTheSame(t *testing.T) {
	d := keeping(t, &keeper{}, nil)
	d.newKey()
	_, first := d.app.Update(terminal.Hangup{})
	_, second := d.app.Update(hangups()["HUP"])
	d.run(second)
	d.ended(false)
	d.run(first)
	d.ended(true)
	if said, lost := d.app.Farewell(); len(said) != 2 || lost != nil {
		t.Errorf("said %q, %v", said, lost)
	}
}

func TestWhoeverLeavesWithASealedKeyLosesNothingAndIsToldSo(t *testing.T) {
	for name, keys := range map[string]string{"masked": "", "seen": "v", "sent": "y"} {
		k := &keeper{}
		d := keeping(t, k, nil)
		d.newKey()
		d.keys(keys)
		d.pressKey(tea.KeyCtrlC)
		d.ended(true)
		if said, lost := d.app.Farewell(); k.dropped != 0 || lost != nil || len(said) != 2 {
			t.Errorf("%s: let go of %d times; said %q, %v", name, k.dropped, said, lost)
		}
	}
}

func TestAKeyThatCouldNotBeSealedSaysSoAndGoesToAFileWhenTheLineDrops(t *testing.T) {
	k := &keeper{err: errors.New("the disk is full")}
	d := keeping(t, k, nil)
	d.newKey()
	d.sees("If the line drops it is not kept sealed: the disk is full.")
	d.give(terminal.Hangup{})
	d.ended(true)
	d.rescued()
}

// cupboard is a safe with keys in it.
type cupboard struct {
	lying   []model.Lying
	err     error
	taken   keeper
	removed []string
}

func (*cupboard) Ready() error                    { return nil }
func (s *cupboard) Waiting() int                  { return len(s.lying) }
func (s *cupboard) Lying() ([]model.Lying, error) { return slices.Clone(s.lying), s.err }

func (*cupboard) TakeWith(string, []byte) (model.Issued, error) { return model.Issued{}, errBroken }

func (s *cupboard) Take(name string) (model.Issued, error) {
	for _, k := range s.lying {
		if k.Name == name && k.Shut == "" {
			t := k.Token
			t.System = k.System
			return model.Issued{Token: t, Key: model.NewSecret(canary), Kept: s.taken.kept()}, nil
		}
	}
	return model.Issued{}, errors.New("another session has it in hand")
}

func (s *cupboard) Remove(name string) (string, error) {
	s.removed = append(s.removed, name)
	s.lying = slices.DeleteFunc(s.lying, func(k model.Lying) bool { return k.Name == name })
	return "it is overwritten and removed", nil
}

func laden() *cupboard {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	of := model.Token{ID: "7", Name: model.Clean("ci\x1b[2J"), Owner: model.User{ID: "3", Username: model.Clean("sara")}}
	return &cupboard{lying: []model.Lying{
		{Name: "a.age", Path: "/state/a.age", Since: at, System: "shop", Token: of},
		{Name: "b.age", Path: "/state/b.age", Since: at, Shut: "it is sealed to a recipient whose identity is not here", Way: "age -d -i IDENTITY /state/b.age"},
		{Name: "c.key", Path: "/state/c.key", Since: at, How: model.Filed},
	}}
}

func TestAKeyThatWasNotHandedOverIsTakenAsWhenItCame(t *testing.T) {
	s := laden()
	d := keeping(t, &keeper{}, s)
	d.press(":keys")
	d.pressKey(tea.KeyEnter)
	d.sees("Keys on this machine", "2 keys were not handed over", "1 key file", "token !ci", "of sara in shop", "cannot be opened here", "file c.key")
	d.pressKey(tea.KeyEnter)
	d.sees("take it", "discard it", "leave it")
	d.pressKey(tea.KeyEnter)
	d.sees("The kept key of token !ci", "shop", "••••")
	d.seesNot(canary)
	d.press("v")
	d.sees(canary)
	if s.taken.dropped != 0 {
		t.Error("it is sealed no more before somebody is done with it")
	}
	d.pressKey(tea.KeyEsc)
	if s.taken.dropped != 1 || len(s.removed) != 0 {
		t.Errorf("let go of %d times", s.taken.dropped)
	}
}

func TestAKeyIsRemovedOnlyAfterAQuestion(t *testing.T) {
	for name, c := range map[string]struct {
		down  string
		words []string
		want  string
	}{
		"a sealed one": {"", []string{"Discard the key that nobody has taken?", "Nobody can have it again", "discard it"}, "a.age"},
		"a file":       {"jj", []string{"Remove the key file?", "Snapshots, backups and flash may hold it", "/state/c.key"}, "c.key"},
	} {
		s := laden()
		d := keeping(t, &keeper{}, s)
		d.press(":keys")
		d.pressKey(tea.KeyEnter)
		d.press(c.down)
		d.pressKey(tea.KeyEnter)
		if s.lying[0].Name == c.want {
			d.press("j")
		}
		d.pressKey(tea.KeyEnter)
		d.sees(c.words...)
		d.pressKey(tea.KeyEnter)
		if len(s.removed) > 0 {
			t.Fatalf("%s: removed by enter", name)
		}
		if c.want == "a.age" {
			d.press("j")
		}
		d.pressKey(tea.KeyEnter)
		d.press("y")
		d.sees("It is overwritten and removed.", "Keys on this machine")
		if !slices.Equal(s.removed, []string{c.want}) {
			t.Errorf("%s: removed %q", name, s.removed)
		}
	}
}

func TestAKeyThatCannotBeOpenedHereSaysHowItIs(t *testing.T) {
	d := keeping(t, &keeper{}, laden())
	d.press(":keys")
	d.pressKey(tea.KeyEnter)
	d.press("j")
	d.pressKey(tea.KeyEnter)
	d.seesNot("take it")
	d.pressKey(tea.KeyEnter)
	d.sees("It is sealed to a recipient whose identity is not here.", "age -d -i IDENTITY /state/b.age")
	d.pressKey(tea.KeyEsc)
	d.sees("discard it")
}

func TestOfNoKeysItIsSaidSo(t *testing.T) {
	d := keeping(t, &keeper{}, &cupboard{})
	d.press(":keys")
	d.pressKey(tea.KeyEnter)
	d.sees("No key waits to be handed over, and no key files lie here.")
	d.pointsAt("sara")
	d = keeping(t, &keeper{}, &cupboard{err: errors.New("not yours")})
	d.press(":keys")
	d.pressKey(tea.KeyEnter)
	d.sees("Not all keys could be looked for: not yours")
}
