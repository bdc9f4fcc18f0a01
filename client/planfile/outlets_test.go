package planfile_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"filippo.io/age"

	"authdeck/client/planfile"
	"authdeck/client/redact/redacttest"
	"authdeck/client/seal"
	"authdeck/model"
	"authdeck/model/plan"
)

// ways are those of a plan, by their names, in their order.
func ways(f planfile.Files, p *plan.Plan) (order string, by map[plan.Way]plan.Outlet) {
	by = map[plan.Way]plan.Outlet{}
	for _, o := range f.Outlets(p) {
		order, by[o.Way] = order+string(o.Way)+" ", o
	}
	return strings.TrimSpace(order), by
}

// post is a command in memory.
type post struct {
	commands map[string]string // of systems
	fails    error

	mu     sync.Mutex
	inside int
	most   int
	took   []string
}

func (c *post) Through(system string) string { return c.commands[system] }

func (c *post) Refuses(system string, t model.Token) string {
	switch {
	case c.commands[system] == "":
		return "there is no key_command for " + system
	case t.ID == "t2":
		return "its name begins with “-”"
	}
	return ""
}

func (c *post) Hand(_ context.Context, system string, t model.Token, key model.Secret) (string, error) {
	c.mu.Lock()
	c.inside++
	c.most = max(c.most, c.inside)
	c.mu.Unlock()
	for range 1000 { // for whoever else may come
		runtime.Gosched()
	}
	defer func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.inside--
		c.took = append(c.took, system+" "+t.ID+" "+t.Owner.Username.String()+" "+key.Reveal())
	}()
	return "", c.fails
}

func TestWithRecipientsKeysAreSealedUnlessSomebodySaysOtherwise(t *testing.T) {
	own, _ := seal.NewIdentity()
	f, _ := files(t)
	p := of(2)
	if order, _ := ways(f, p); order != "file" {
		t.Errorf("without anything there are %s", order)
	}
	f.Courier = &post{commands: map[string]string{"venus": "pass"}}
	if order, _ := ways(f, p); order != "file" {
		t.Errorf("with a command of another system there are %s", order)
	}
	f.To, f.Courier = own.Recipient(), &post{commands: map[string]string{"mars": "pass", "venus": "vault"}}
	order, by := ways(f, p)
	if order != "sealed file command" || by[plan.Sealed].Says != "1 recipient" || by[plan.ByCommand].Says != "pass" {
		t.Errorf("there are %s: %+v", order, by)
	}
	p.Lines[1].System = "venus"
	if _, by := ways(f, p); by[plan.ByCommand].Says != "mars: pass; venus: vault" {
		t.Errorf("the commands are %s", by[plan.ByCommand].Says)
	}
}

func TestASealedFileHasNoKeyThatAnybodyElseCanRead(t *testing.T) {
	mine, _ := age.GenerateX25519Identity()
	theirs, _ := age.GenerateX25519Identity()
	to, err := seal.To([]string{mine.Recipient().String(), theirs.Recipient().String()})
	if err != nil {
		t.Fatal(err)
	}
	f, folder := files(t)
	f.To = to
	_, by := ways(f, of(2))
	path := filepath.Join(folder, "keys.jsonl")
	keys, err := by[plan.Sealed].Open(path)
	if err != nil {
		t.Fatal(err)
	}
	p := of(2)
	for i := range p.Lines {
		if err := keys.Take(&p.Lines[i], model.Issued{Key: model.NewSecret(redacttest.Canary + p.Lines[i].Token.ID)}); err != nil {
			t.Fatal(err)
		}
	}
	content, _ := os.ReadFile(path)
	redacttest.Hides(t, "the file", string(content))
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("its mode is %v", info.Mode())
	}
	for i, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		var said map[string]string
		if err := json.Unmarshal([]byte(line), &said); err != nil || len(said) != 5 || said["system"] != "mars" || said["owner"] != "sara" || said["id"] != p.Lines[i].Token.ID {
			t.Fatalf("%s: %v", line, err)
		}
		for _, who := range []*age.X25519Identity{mine, theirs} {
			one, err := seal.ReadIdentity([]byte(who.String()))
			if err != nil {
				t.Fatal(err)
			}
			if key := unsealed(t, one, said["age"]); key != redacttest.Canary+said["id"] {
				t.Errorf("it is opened as %q", key)
			}
		}
	}
	if err := keys.Close(); err != nil {
		t.Error(err)
	}
}

// TestAKeyThatASealedFileDoesNotTakeGoesNowhereElse is about a file that somebody has closed.
func TestAKeyThatASealedFileDoesNotTakeGoesNowhereElse(t *testing.T) {
	own, _ := seal.NewIdentity()
	f, folder := files(t)
	f.To = own.Recipient()
	_, by := ways(f, of(1))
	for way, path := range map[plan.Way]string{plan.Sealed: "a", plan.InFile: "b"} {
		keys, err := by[way].Open(filepath.Join(folder, path))
		if err != nil {
			t.Fatal(err)
		}
		keys.Close()
		err = keys.Take(&of(1).Lines[0], model.Issued{Key: model.NewSecret(redacttest.Canary)})
		stays, is := errors.AsType[*plan.NotTakenError](err)
		if err == nil || is != (way == plan.Sealed) || is && !stays.Last {
			t.Errorf("%s: %#v", way, err)
		}
	}
}

func TestTheCommandHasOneKeyAfterTheOtherAndAFailureStandsForItself(t *testing.T) {
	f, _ := files(t)
	c := &post{commands: map[string]string{"mars": "pass"}}
	f.Courier = c
	p := of(20)
	_, by := ways(f, p)
	if why := by[plan.ByCommand].Unfit(&p.Lines[1]); why != "its name begins with “-”" || by[plan.ByCommand].Unfit(&p.Lines[0]) != "" {
		t.Errorf("unfit is %q", why)
	}
	keys, err := by[plan.ByCommand].Open("")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range p.Lines {
		all.Go(func() {
			issued := model.Issued{Key: model.NewSecret("newkey")}
			if i == 7 {
				issued.Token = model.Token{ID: "another"}
			}
			if err := keys.Take(&p.Lines[i], issued); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	said := strings.Join(c.took, "\n")
	if c.most != 1 || len(c.took) != 20 || !strings.Contains(said, "mars t1 sara newkey") || !strings.Contains(said, "mars another sara newkey") {
		t.Errorf("%d at once: %s", c.most, said)
	}
	c.fails = errors.New("it ended with exit status 1")
	stays, is := errors.AsType[*plan.NotTakenError](keys.Take(&p.Lines[0], model.Issued{Key: model.NewSecret("newkey")}))
	if !is || stays.Last || stays.Error() != "the command failed: it ended with exit status 1" {
		t.Errorf("%v", stays)
	}
}

// TestAKeyForAPipeIsALineAndOfWhatNobodyReadsItIsSaid is about what a file of keys has as well, in
// clear and sealed.
func TestAKeyForAPipeIsALineAndOfWhatNobodyReadsItIsSaid(t *testing.T) {
	own, _ := seal.NewIdentity()
	f, _ := files(t)
	p := of(2)
	issued := model.Issued{Key: model.NewSecret(redacttest.Canary + "7Qx2")}
	if _, err := f.Piped(nil, "the pipe", true); err == nil {
		t.Error("there is nobody to whom it could be sealed")
	}
	f.To = own.Recipient()
	for _, sealed := range []bool{false, true} {
		var out strings.Builder
		keys, err := f.Piped(&out, "the pipe", sealed)
		if err == nil {
			err = keys.Take(&p.Lines[0], issued)
		}
		if err != nil || strings.Count(out.String(), "\n") != 1 || strings.Contains(out.String(), redacttest.Canary) == sealed || strings.Contains(out.String(), `"age":"-----BEGIN AGE`) != sealed {
			t.Errorf("sealed %v: %v, %s", sealed, err, out.String())
		}
		if keys.Place(&p.Lines[0]) != (plan.Place{Way: plan.InPipe, At: "the pipe"}) {
			t.Error(keys.Place(&p.Lines[0]))
		}
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Close()
	keys, _ := f.Piped(w, "the pipe", false)
	for range 2 {
		why, is := errors.AsType[*plan.NotTakenError](keys.Take(&p.Lines[0], issued))
		if !is || !why.Last || why.Error() != "the pipe: broken pipe" {
			t.Errorf("%v", why)
		}
	}
}
