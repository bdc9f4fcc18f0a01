package planfile_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"authdeck/client/planfile"
	"authdeck/model"
	"authdeck/model/plan"
)

// victimOf names, in the environment, the folder in which this program applies a plan until
// it is killed.
const victimOf = "AUTHDECK_TEST_PLAN_VICTIM"

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
}

func (server) Info() model.Info { return model.Info{Name: "mars", Kind: "stub", Host: "mars.example"} }

func (s server) Do(_ context.Context, o model.Order) (model.Issued, error) {
	time.Sleep(time.Millisecond)
	_, err := fmt.Fprintln(s.heard, o.Token.ID)
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
		keys, err := planfile.CreateKeys(filepath.Join(folder, fmt.Sprintf("%d.keys", time.Now().UnixNano())))
		if err != nil {
			return err
		}
		defer keys.Close()
		how.Keys = keys
	}
	ctx := context.Background()
	run, err := plan.Apply(ctx, p, server{heard: heard}, j, how)
	if err != nil {
		return err
	}
	run.Wait(ctx)
	return run.Err()
}

// doing is a plan of so many lines with an action.
func doing(action model.Action, lines int) *plan.Plan {
	p := of(lines)
	p.Action = action
	return p
}

// TestKilledAtAnyMomentAPlanIsTakenUpWhereItWasAndNothingIsSentTwice is about keys too: of a
// line that is done the key is in a file.
func TestKilledAtAnyMomentAPlanIsTakenUpWhereItWasAndNothingIsSentTwice(t *testing.T) {
	lines, kills := 100, 5
	if os.Getenv("AUTHDECK_KILLS") != "" { // as for all kill tests
		lines, kills = 2200, 100
	}
	for _, action := range []model.Action{model.Delete, model.Regenerate} {
		t.Run(action.String(), func(t *testing.T) {
			t.Parallel()
			folder, p := t.TempDir(), doing(action, lines)
			if err := planfile.Write(filepath.Join(folder, "plan.json"), p, false); err != nil {
				t.Fatal(err)
			}
			killed := killedUntilDone(t, folder)
			counted := judge(t, folder, p)
			if killed < kills || counted[plan.Uncertain] == 0 || counted[plan.Done] == 0 {
				t.Errorf("killed %d times: %v", killed, counted)
			}
			t.Logf("%d kills, %d lines done, %d uncertain", killed, counted[plan.Done], counted[plan.Uncertain])
		})
	}
}

// killedUntilDone starts the program again and again, and kills it each time somewhat further
// on, until it comes to the end of its plan.
func killedUntilDone(t *testing.T, folder string) (kills int) {
	t.Helper()
	for {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), victimOf+"="+folder)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		over := make(chan error, 1)
		go func() { over <- cmd.Wait() }()
		awaitMore(folder, 1+kills*7%23, over)
		time.Sleep(time.Duration(kills*13%29) * 100 * time.Microsecond) // wherever in a line that is
		select {
		case err := <-over:
			if err != nil {
				t.Fatal(err)
			}
			return kills
		default:
			_ = cmd.Process.Kill()
			if err := <-over; err == nil { // it came to its end meanwhile
				return kills
			}
			kills++
		}
	}
}

// judge holds what the journal says against what the server heard, and the keys that are in files.
func judge(t *testing.T, folder string, p *plan.Plan) map[plan.Outcome]int {
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
	keys := keysIn(t, folder)
	counted := map[plan.Outcome]int{}
	for i, end := range p.Ends(said) {
		id := fmt.Sprintf("t%d", i+1)
		counted[end.Outcome]++
		if n := times[id]; n > 1 || end.Outcome == plan.Done && n != 1 || end.Outcome != plan.Done && end.Outcome != plan.Uncertain {
			t.Errorf("line %d is %s, and was sent %d times", i+1, end.Outcome, n)
		}
		if p.Action.MakesKey() && end.Outcome == plan.Done && keys[id] != "key of "+id {
			t.Errorf("line %d is done, and its key is %q", i+1, keys[id])
		}
	}
	return counted
}

// keysIn are the keys of all files, by what they are of. The last line of one may be cut.
func keysIn(t *testing.T, folder string) map[string]string {
	t.Helper()
	keys := map[string]string{}
	found, _ := filepath.Glob(filepath.Join(folder, "*.keys"))
	for _, path := range found {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(content)) {
			var of struct{ ID, Key string }
			if json.Unmarshal([]byte(line), &of) == nil {
				keys[of.ID] = of.Key
			}
		}
	}
	return keys
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
