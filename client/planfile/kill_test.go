package planfile_test

import (
	"context"
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
	return model.Issued{}, err
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
	ctx := context.Background()
	run, err := plan.Apply(ctx, p, server{heard: heard}, j, plan.Options{})
	if err != nil {
		return err
	}
	run.Wait(ctx)
	return run.Err()
}

func TestKilledAtAnyMomentAPlanIsTakenUpWhereItWasAndNothingIsSentTwice(t *testing.T) {
	const lines = 200
	folder := t.TempDir()
	path := filepath.Join(folder, "plan.json")
	if err := planfile.Write(path, of(lines), false); err != nil {
		t.Fatal(err)
	}
	kills := 0
	for ended := false; !ended; {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), victimOf+"="+folder)
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		over := make(chan error, 1)
		go func() { over <- cmd.Wait() }()
		awaitMore(folder, 1+kills*7%23, over)
		select {
		case err := <-over:
			if ended = true; err != nil {
				t.Fatal(err)
			}
		default:
			_ = cmd.Process.Kill()
			<-over
			kills++
		}
	}
	said, err := planfile.Records(of(lines), path)
	if err != nil {
		t.Fatal(err)
	}
	heard, _ := os.ReadFile(filepath.Join(folder, "heard"))
	times := map[string]int{}
	for id := range strings.FieldsSeq(string(heard)) {
		times[id]++
	}
	counted := map[plan.Outcome]int{}
	for i, end := range of(lines).Ends(said) {
		n := times[fmt.Sprintf("t%d", i+1)]
		counted[end.Outcome]++
		if n > 1 || end.Outcome == plan.Done && n != 1 || end.Outcome != plan.Done && end.Outcome != plan.Uncertain {
			t.Errorf("line %d is %s, and was sent %d times", i+1, end.Outcome, n)
		}
	}
	if kills < 5 || counted[plan.Uncertain] == 0 {
		t.Errorf("killed %d times: %v", kills, counted)
	}
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
