package e2e_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"authdeck/client/demo"
	"authdeck/ui/batch/batchtest"
)

// Promises about plans that a script makes and applies.

// planned makes a plan with the built program, and gives its file and its id.
func (l launch) planned(t *testing.T, args ...string) (path, id string) {
	t.Helper()
	path = filepath.Join(l.home, "plan.json")
	l.args = append(append([]string{"plan"}, args...), "-o", path, "--json")
	stdout, stderr, code := l.plain(t)
	var made struct {
		ID    string
		Count struct {
			Sent int `json:"to_send"`
		}
	}
	if err := json.Unmarshal([]byte(stdout), &made); code != 0 || err != nil || made.Count.Sent < 5 {
		t.Fatalf("%q: exit code %d, %v, %d lines: %s", l.args, code, err, made.Count.Sent, stderr)
	}
	return path, made.ID
}

// applying is a launch that applies a plan without a question.
func (l launch) applying(path, id string, more ...string) launch {
	l.args = append([]string{"apply", path, "--yes", "--id", id}, more...)
	return l
}

// outcomes are how many lines of a plan ended how, as a command says it in JSON.
func outcomes(t *testing.T, stdout string) map[string]int {
	t.Helper()
	var said struct {
		Schema, Kind string
		Outcomes     map[string]int
	}
	if err := json.Unmarshal([]byte(stdout), &said); err != nil || said.Schema != "authdeck/1" || said.Kind != "applied" {
		t.Fatalf("%v: %s", err, stdout)
	}
	return said.Outcomes
}

// expectEachOnce holds the writes that a server has seen, but for those that it put off, against one
// each.
func expectEachOnce(t *testing.T, server *demo.Server, most int) {
	t.Helper()
	sent, all := map[string]int{}, 0
	for _, r := range server.Requests() {
		if r.Endpoint == "delete" && r.Status != 429 {
			sent[r.Kind+" "+r.Path+"?"+r.RawQuery]++
			all++
		}
	}
	for path, n := range sent {
		if n > 1 {
			t.Errorf("%s was sent %d times", path, n)
		}
	}
	if all == 0 || all > most {
		t.Errorf("%d writes were sent, %d at most", all, most)
	}
}

// shopAlone is a launch on the one system of a server whose tokens are deleted by a path each.
func shopAlone(t *testing.T, o demo.Options) (launch, *demo.Server) {
	t.Helper()
	server := serve(t, o)
	system := server.Systems()[0]
	return against(t, system.URL, system.Token), server
}

func TestAPlanOfAScriptOnABusyServerThatLosesAnswersDoesNothingTwice(t *testing.T) {
	t.Parallel()
	l, server := shopAlone(t, demo.Options{Calm: true})
	path, id := l.planned(t, "delete", "owner:m -owner:root.admin")
	breakIt(t, server, "delete:429=1:1/7,delete:lost:1/5")
	stdout, stderr, code := l.applying(path, id, "--json").plain(t)
	ends := outcomes(t, stdout)
	if code != 4 || ends["uncertain"] == 0 || ends["done"] == 0 || ends["not-begun"]+ends["failed"] > 0 || !strings.Contains(stderr, "uncertain: ") {
		t.Errorf("exit code %d, %v: %s", code, ends, stderr)
	}
	breakIt(t, server, "")
	stdout, _, code = l.applying(path, id, "--json").plain(t)
	if again := outcomes(t, stdout); code != 4 || again["uncertain"] != ends["uncertain"] {
		t.Errorf("applied again: exit code %d, %v", code, again)
	}
	l.args = []string{"apply", path, "--look", "--json"}
	if stdout, stderr, code = l.plain(t); code != 0 || strings.Count(stdout, `"seen": `) != ends["uncertain"] {
		t.Errorf("looked at: exit code %d: %s%s", code, stdout, stderr)
	}
	expectEachOnce(t, server, ends["done"]+ends["uncertain"])
	if strings.Contains(stdout+stderr, "\x1b") {
		t.Error("there is a sequence for a terminal, and no terminal")
	}
}

// begun starts a program, and waits until it has sent so many writes. It ends by one signal, or by
// a second one after it has said that it heard the first.
func (l launch) begun(t *testing.T, server *demo.Server, writes int) (end func(...syscall.Signal) (said string, state *os.ProcessState)) {
	t.Helper()
	cmd := l.command(t)
	out, err := os.Create(filepath.Join(t.TempDir(), "said"))
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	before := server.Served("delete")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	await := func(what string, so func() bool) {
		again := time.NewTicker(5 * time.Millisecond)
		defer again.Stop()
		for limit := time.After(patience); !so(); {
			select {
			case <-again.C:
			case <-limit:
				t.Fatalf("no %s: %s", what, read(t, out.Name()))
			}
		}
	}
	await("write was sent", func() bool { return server.Served("delete") >= before+writes })
	return func(signals ...syscall.Signal) (string, *os.ProcessState) {
		for i, s := range signals {
			if i > 0 {
				await("word of the first signal", func() bool { return strings.Contains(read(t, out.Name()), "nothing more is begun") })
			}
			if err := cmd.Process.Signal(s); err != nil {
				t.Error(err)
			}
		}
		_ = cmd.Wait()
		return read(t, out.Name()), cmd.ProcessState
	}
}

func TestASecondInterruptEndsAScriptAtOnceAndNothingIsSentTwiceAfterIt(t *testing.T) {
	t.Parallel()
	l, server := shopAlone(t, demo.Options{Calm: true})
	path, id := l.planned(t, "delete", "owner:m -owner:root.admin")
	breakIt(t, server, "delete:silent")
	_, state := l.applying(path, id, "--no-reread").begun(t, server, 2)(syscall.SIGINT, syscall.SIGINT)
	if status, is := state.Sys().(syscall.WaitStatus); !is || !status.Signaled() || status.Signal() != syscall.SIGINT {
		t.Errorf("it ended with %v", state)
	}
	breakIt(t, server, "")
	stdout, stderr, code := l.applying(path, id, "--json").plain(t)
	ends := outcomes(t, stdout)
	if code != 4 || ends["uncertain"] == 0 || ends["not-begun"] > 0 {
		t.Errorf("exit code %d, %v: %s", code, ends, stderr)
	}
	expectEachOnce(t, server, ends["done"]+ends["uncertain"])
}

func TestAPlanOfAScriptThatIsKilledInTheMiddleGoesOnAndSendsNothingTwice(t *testing.T) {
	t.Parallel()
	l, server := shopAlone(t, demo.Options{Calm: true})
	path, id := l.planned(t, "delete", "owner:m -owner:root.admin")
	breakIt(t, server, "delete:slow=50ms")
	for range 3 {
		l.applying(path, id, "--no-reread").begun(t, server, 5)(syscall.SIGKILL)
	}
	breakIt(t, server, "")
	stdout, stderr, code := l.applying(path, id, "--json").plain(t)
	ends := outcomes(t, stdout)
	if ends["done"] == 0 || ends["not-begun"]+ends["failed"] > 0 || (code == 4) != (ends["uncertain"] > 0) {
		t.Errorf("exit code %d, %v: %s", code, ends, stderr)
	}
	expectEachOnce(t, server, ends["done"]+ends["uncertain"])
	for words, status := range map[string]string{"jq": id, "journal": `"step":"begins"`} {
		if !strings.Contains(read(t, path)+read(t, path+".journal"), status) {
			t.Errorf("%s: no %s", words, status)
		}
	}
}

func TestAScriptThatIsInterruptedWaitsForWhatIsUnderWayAndSaysWhatWasDone(t *testing.T) {
	t.Parallel()
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		l, server := shopAlone(t, demo.Options{Calm: true})
		path, id := l.planned(t, "delete", "owner:m -owner:root.admin")
		breakIt(t, server, "delete:slow=300ms")
		said, state := l.applying(path, id, "--no-reread").begun(t, server, 5)(s)
		code := state.ExitCode()
		breakIt(t, server, "")
		if code != 4 || !strings.Contains(said, "nothing more is begun") || !strings.Contains(said, " not begun\n") || !strings.Contains(said, "to go on with it: authdeck apply ") || strings.Contains(said, "uncertain") {
			t.Errorf("%v: exit code %d: %s", s, code, said)
		}
		stdout, _, code := l.applying(path, id, "--json").plain(t)
		ends := outcomes(t, stdout)
		if code != 0 {
			t.Errorf("%v: applied again it is exit code %d: %v", s, code, ends)
		}
		expectEachOnce(t, server, ends["done"])
	}
}

// TestAKeyOfAPlanOfAScriptIsNowhereButWhereItWasSent is the canary for each way.
func TestAKeyOfAPlanOfAScriptIsNowhereButWhereItWasSent(t *testing.T) {
	t.Parallel()
	for _, way := range [][]string{{"--key-to", "keys.jsonl"}, {"--key-to", "age:age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef", "--key-file", "keys.jsonl"}, {"--key-to-command", "--", "./taker", "{id}"}} {
		server := serve(t, demo.Options{Calm: true, KeyPrefix: sings})
		system := server.Systems()[0]
		l := against(t, system.URL, system.Token)
		taker := "#!/bin/bash\ncat >\"taken-$1\"\n"
		if err := os.WriteFile(filepath.Join(l.home, "taker"), []byte(taker), 0o700); err != nil {
			t.Fatal(err)
		}
		path, id := l.planned(t, "rotate", "owner:m -owner:root.admin")
		if _, _, code := l.applying(path, id).plain(t); code != 2 || server.Served("regenerate") > 0 {
			t.Errorf("with nowhere for the keys to go it is exit code %d", code)
		}
		l = l.applying(path, id, way...)
		log := filepath.Join(l.home, "log")
		l.args = append([]string{"--log", log}, l.args...)
		stdout, stderr, code := l.plain(t)
		if code != 0 {
			t.Errorf("%q: exit code %d: %s%s", way, code, stdout, stderr)
		}
		places := filesUnder(t, l.home)
		places["the output"], places["the errors"] = stdout, stderr
		taken := 0
		for place, text := range places {
			has := strings.Contains(text, sings)
			open := filepath.Base(place) == "keys.jsonl" && len(way) == 2 || strings.HasPrefix(filepath.Base(place), "taken-")
			if has != open {
				t.Errorf("%q: %s holds a key: %v", way, place, has)
			}
			if filepath.Base(place) == "keys.jsonl" {
				taken += strings.Count(text, "\n")
				if info, err := os.Stat(place); err != nil || info.Mode().Perm() != 0o600 {
					t.Errorf("%v, %v", info.Mode(), err)
				}
			} else if open {
				taken++
			}
		}
		if made := strings.Count(read(t, path+".journal"), `"outcome":"done"`); taken != made || made < 5 {
			t.Errorf("%q: %d keys were made, and %d taken", way, made, taken)
		}
	}
}

// TestWhoCannotWriteTheEndOfAPlanHasItOnRecordAllTheSame is about a disk that is full, and a pipe
// that nobody reads.
func TestWhoCannotWriteTheEndOfAPlanHasItOnRecordAllTheSame(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func() (*os.File, error){
		"full": func() (*os.File, error) { return os.OpenFile("/dev/full", os.O_WRONLY, 0) },
		"closed": func() (*os.File, error) {
			r, w, err := os.Pipe()
			if err == nil {
				err = r.Close()
			}
			return w, err
		},
	} {
		to, err := open()
		if err != nil {
			t.Skip(err)
		}
		l, server := shopAlone(t, demo.Options{Calm: true})
		path, id := l.planned(t, "delete", "owner:m -owner:root.admin")
		l = l.applying(path, id)
		cmd := l.command(t)
		var stderr bytes.Buffer
		cmd.Stdout, cmd.Stderr = to, &stderr
		_ = cmd.Run()
		_ = to.Close()
		done := strings.Count(read(t, path+".journal"), `"outcome":"done"`)
		if code := cmd.ProcessState.ExitCode(); code != 4 || done < 5 || server.Served("delete") != done {
			t.Errorf("%s: exit code %d, %d done: %s", name, code, done, stderr.String())
		}
		l.audited(t, 0, "verify", "GOOD: ")
	}
}

func TestAPersonIsListedOverAllSystemsWithoutAScreen(t *testing.T) {
	t.Parallel()
	server := serve(t, demo.Options{Calm: true, KeyPrefix: sings})
	l := everySystem(t, server)
	l.args = []string{"person", "chloe.dupre@shop.example", "--json"}
	stdout, stderr, code := l.plain(t)
	var who struct {
		Schema, Kind, Name string
		Accounts, Tokens   []struct{ System, How, Sure string }
		Missing            []struct{ System, Why string }
	}
	if err := json.Unmarshal([]byte(stdout), &who); err != nil || code != 0 || who.Kind != "person" || len(who.Accounts) != len(server.Systems()) || len(who.Tokens) != 3 || len(who.Missing) > 0 {
		t.Errorf("exit code %d, %v: %s%s", code, err, stdout, stderr)
	}
	batchtest.Holds(t, []byte(stdout))
	l.args[2] = "--jsonl"
	lines, _, _ := l.plain(t)
	if batchtest.Holds(t, []byte(lines)); strings.Count(lines, "\n") != len(who.Accounts)+len(who.Tokens) {
		t.Errorf("%s", lines)
	}
	l.args[2] = "--json"
	for _, a := range who.Accounts {
		if a.How != "same e-mail" || a.Sure != "yes" {
			t.Errorf("%+v", a)
		}
	}
	breakIt(t, server, "awx/users:500")
	if stdout, stderr, code = l.plain(t); code != 4 || !strings.Contains(stdout, `"system": "tower"`) || !strings.Contains(stderr, "accounts of tower could not be read") || strings.Contains(stdout+stderr, sings) {
		t.Errorf("of a system that fails: exit code %d: %s%s", code, stdout, stderr)
	}
	breakIt(t, server, "")
	l.args = []string{"person", "nobody.at.all@shop.example"}
	if stdout, stderr, code = l.plain(t); code != 1 || stdout != "" || !strings.Contains(stderr, "nobody is found by nobody.at.all@shop.example") {
		t.Errorf("of nobody: exit code %d: %s%s", code, stdout, stderr)
	}
}
