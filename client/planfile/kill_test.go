package planfile_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"filippo.io/age/armor"

	"authdeck/client/courier"
	"authdeck/client/custody"
	"authdeck/client/planfile"
	"authdeck/client/seal"
	"authdeck/model"
	"authdeck/model/plan"
)

// victimOf names, in the environment, the folder in which this program applies a plan until
// it is killed.
const victimOf = "AUTHDECK_TEST_PLAN_VICTIM"

// victimWay names the way of its new keys, and victimMost how many orders are answered before
// the server keeps it waiting: so that it comes no further than where it is to be killed, however
// slow the machine is on which somebody watches it.
const (
	victimWay  = "AUTHDECK_TEST_PLAN_WAY"
	victimMost = "AUTHDECK_TEST_PLAN_MOST"
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(victimOf); folder != "" {
		if err := victim(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// server writes down what is sent to it, and remembers that beyond the end of the program.
type server struct {
	model.API
	heard *os.File
	most  *atomic.Int64 // orders that are answered still
}

// stalled answers nothing until whoever kills this program has done so, or has ended.
func stalled() error {
	_, err := os.Stdin.Read(make([]byte, 1))
	return model.Fail(model.Uncertain, fmt.Sprintf("nobody kills it: %v", err))
}

func (server) Info() model.Info { return model.Info{Name: "mars", Kind: "stub", Host: "mars.example"} }

func (s server) Do(_ context.Context, o model.Order) (model.Issued, error) {
	left := s.most.Add(-1)
	if left < 0 && left%2 == 0 { // before it was heard, or after that
		return model.Issued{}, stalled()
	}
	time.Sleep(time.Millisecond)
	_, err := fmt.Fprintln(s.heard, o.Token.ID)
	if left < 0 {
		return model.Issued{}, stalled()
	}
	time.Sleep(time.Millisecond)
	if !o.Action.MakesKey() {
		return model.Issued{}, err
	}
	return model.Issued{Token: o.Token, Key: model.NewSecret("key of " + o.Token.ID)}, err
}

func victim(folder string) error {
	heard, err := os.OpenFile(filepath.Join(folder, "heard"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	p, err := planfile.Read(filepath.Join(folder, "plan.json"))
	if err != nil {
		return err
	}
	j, err := planfile.Open(p, filepath.Join(folder, "plan.json"))
	if err != nil {
		return err
	}
	defer j.Close()
	var how plan.Options
	if p.Action.MakesKey() {
		keys, err := keysOf(folder, p, plan.Way(os.Getenv(victimWay)))
		if err != nil {
			return err
		}
		defer keys.Close()
		how.Keys = keys
	}
	most, err := strconv.ParseInt(os.Getenv(victimMost), 10, 64)
	if err != nil {
		return err
	}
	s := server{heard: heard, most: new(atomic.Int64)}
	s.most.Store(most)
	ctx := context.Background()
	run, err := plan.Apply(ctx, p, custody.In(safeIn(folder)).Over(s), j, how)
	if err != nil {
		return err
	}
	run.Wait(ctx)
	return run.Err()
}

// safeIn is where keys are kept until they are handed over.
func safeIn(folder string) custody.Place {
	return custody.Place{Sealed: filepath.Join(folder, "undelivered"), Identity: filepath.Join(folder, "identity.txt")}
}

// keysOf opens a way for keys, of which a file is another one after each kill.
func keysOf(folder string, p *plan.Plan, way plan.Way) (plan.Keys, error) {
	own, err := os.ReadFile(filepath.Join(folder, "own.txt"))
	if err != nil {
		return nil, err
	}
	identity, err := seal.ReadIdentity(own)
	if err != nil {
		return nil, err
	}
	command, err := courier.Parse([]string{filepath.Join(folder, "take"), "{id}"})
	if err != nil {
		return nil, err
	}
	f := planfile.Files{AtHome: func(path string) string { return path }, To: identity.Recipient(), Courier: courier.Commands{"mars": command}}
	for _, outlet := range f.Outlets(p) {
		if outlet.Way == way {
			return outlet.Open(filepath.Join(folder, fmt.Sprintf("%d.keys", time.Now().UnixNano())))
		}
	}
	return nil, fmt.Errorf("there is no way %q", way)
}

// equips puts there what a victim needs: an identity, and a command that takes all keys but
// those whose number ends in 7.
func equips(t *testing.T, folder string) seal.Identity {
	t.Helper()
	own, err := seal.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	take := "#!/bin/bash\nkey=$(cat)\ncase $1 in *7) echo \"full: $key\" >&2; exit 1;; esac\necho \"$1 $key\" >>" + filepath.Join(folder, "taken") + "\n"
	for name, content := range map[string]string{"own.txt": string(own.File()), "take": take} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return own
}

// doing is a plan of so many lines with an action.
func doing(action model.Action, lines int) *plan.Plan {
	p := of(lines)
	p.Action = action
	return p
}

// TestKilledAtAnyMomentAPlanIsTakenUpWhereItWasAndNothingIsSentTwice is about keys too: of a
// line that is done the key is in a file, was taken by the command, or waits sealed; and no key
// is in two of these places.
func TestKilledAtAnyMomentAPlanIsTakenUpWhereItWasAndNothingIsSentTwice(t *testing.T) {
	lines, kills := 100, 5
	if os.Getenv("AUTHDECK_KILLS") != "" { // as for all kill tests
		lines, kills = 2200, 100
	}
	for name, way := range map[string]plan.Way{"delete": "", "keys in clear": plan.InFile, "keys sealed": plan.Sealed, "keys to a command": plan.ByCommand} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			action := model.Delete
			if way != "" {
				action = model.Regenerate
			}
			folder, p := t.TempDir(), doing(action, lines)
			own := equips(t, folder)
			if err := planfile.Write(filepath.Join(folder, "plan.json"), p, false); err != nil {
				t.Fatal(err)
			}
			killed := killedUntilDone(t, folder, way)
			counted := judge(t, folder, p, keysIn(t, folder, own, way))
			if killed < kills || counted[plan.Uncertain] == 0 || counted[plan.Done] == 0 {
				t.Errorf("killed %d times: %v", killed, counted)
			}
			t.Logf("%d kills, %d lines done, %d uncertain", killed, counted[plan.Done], counted[plan.Uncertain])
		})
	}
}

// killedUntilDone starts the program again and again, and kills it each time somewhat further
// on, until it comes to the end of its plan. It waits for that with four lines under way, if it
// comes there before it is killed.
func killedUntilDone(t *testing.T, folder string, way plan.Way) (kills int) {
	t.Helper()
	for {
		lines := 1 + kills*7%23
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), victimOf+"="+folder, victimWay+"="+string(way), victimMost+"="+strconv.Itoa(lines))
		cmd.Stderr = os.Stderr
		holds, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		over := make(chan error, 1)
		go func() { over <- cmd.Wait() }()
		awaitMore(folder, lines, over)
		time.Sleep(time.Duration(kills*13%29) * 100 * time.Microsecond) // wherever in a line that is
		select {
		case err := <-over:
			if err != nil {
				t.Fatal(err)
			}
			return kills
		default:
			_ = cmd.Process.Kill() // before the pipe is closed, for which it waits
			_ = holds.Close()
			if err := <-over; err == nil { // it came to its end meanwhile
				return kills
			}
			kills++
		}
	}
}

// judge holds what the journal says against what the server heard, and the keys that are in files.
func judge(t *testing.T, folder string, p *plan.Plan, keys map[string][]string) map[plan.Outcome]int {
	t.Helper()
	said, _, err := planfile.Records(p, filepath.Join(folder, "plan.json"))
	if err != nil {
		t.Fatal(err)
	}
	heard, _ := os.ReadFile(filepath.Join(folder, "heard"))
	times := map[string]int{}
	for id := range strings.FieldsSeq(string(heard)) {
		times[id]++
	}
	waiting := waitingIn(t, folder)
	counted := map[plan.Outcome]int{}
	for i, end := range p.Ends(said) {
		id := fmt.Sprintf("t%d", i+1)
		counted[end.Outcome]++
		if n := times[id]; n > 1 || end.Outcome == plan.Done && n != 1 || end.Outcome != plan.Done && end.Outcome != plan.Uncertain {
			t.Errorf("line %d is %s, and was sent %d times", i+1, end.Outcome, n)
		}
		if !p.Action.MakesKey() {
			continue
		}
		has := keys[id]
		if end.NotHandedOver() {
			has = waiting[id]
		}
		switch {
		case end.Outcome == plan.Done && !slices.Equal(has, []string{"key of " + id}):
			t.Errorf("line %d is done, and its key is %q (%s)", i+1, has, end.Words)
		case end.Outcome == plan.Done && len(keys[id])+len(waiting[id]) != 1:
			t.Errorf("the key of line %d is in %d places", i+1, len(keys[id])+len(waiting[id]))
		case len(keys[id]) > 1:
			t.Errorf("the key of line %d was handed over %d times", i+1, len(keys[id]))
		}
	}
	return counted
}

// keysIn are the keys that were handed over, by what they are of. The last line of a file may be
// cut. In one that is sealed, and in a journal, none is in clear.
func keysIn(t *testing.T, folder string, own seal.Identity, way plan.Way) map[string][]string {
	t.Helper()
	keys := map[string][]string{}
	found, _ := filepath.Glob(filepath.Join(folder, "*.keys"))
	for _, path := range append(found, filepath.Join(folder, "plan.json.journal"), filepath.Join(folder, "taken")) {
		content, _ := os.ReadFile(path)
		if strings.Contains(string(content), "key of") && (strings.HasSuffix(path, ".journal") || way == plan.Sealed) {
			t.Errorf("%s has keys in clear", filepath.Base(path))
		}
		for line := range strings.Lines(string(content)) {
			var of struct{ ID, Key, Age string }
			if filepath.Base(path) == "taken" {
				of.ID, of.Key, _ = strings.Cut(strings.TrimSpace(line), " ")
			} else if json.Unmarshal([]byte(line), &of) != nil {
				continue
			}
			if of.Age != "" {
				of.Key = unsealed(t, own, of.Age)
			}
			if of.Key != "" {
				keys[of.ID] = append(keys[of.ID], of.Key)
			}
		}
	}
	return keys
}

func unsealed(t *testing.T, own seal.Identity, armored string) string {
	t.Helper()
	sealed, err := io.ReadAll(armor.NewReader(strings.NewReader(armored)))
	if err != nil {
		t.Fatal(err)
	}
	key, err := own.Open(sealed)
	if err != nil {
		t.Fatal(err)
	}
	return string(key)
}

// waitingIn are the keys that wait for somebody, by what they are of.
func waitingIn(t *testing.T, folder string) map[string][]string {
	t.Helper()
	safe, waiting := custody.In(safeIn(folder)), map[string][]string{}
	lying, err := safe.Lying()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lying {
		taken, err := safe.Take(l.Name)
		if err != nil {
			t.Fatal(err)
		}
		waiting[l.Token.ID] = append(waiting[l.Token.ID], taken.Key.Reveal())
		taken.Kept.LetGo()
	}
	return waiting
}

// awaitMore waits until the journal has so many more bytes than lines, or the program is over.
func awaitMore(folder string, lines int, over chan error) {
	size := func() int64 {
		info, err := os.Stat(filepath.Join(folder, "plan.json.journal"))
		if err != nil {
			return 0
		}
		return info.Size()
	}
	for before := size(); size() < before+int64(lines)*70; {
		select {
		case err := <-over:
			over <- err
			return
		default:
			time.Sleep(200 * time.Microsecond)
		}
	}
}
