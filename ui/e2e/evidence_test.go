package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// another is a person with a key in an SSH agent of their own: its socket, and the line by which
// a file allows them to sign.
func another(t *testing.T) (socket, allowed string) {
	t.Helper()
	tool := map[string]string{}
	for _, name := range []string{"ssh-agent", "ssh-keygen", "ssh-add"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Skipf("there is no %s here, with which somebody else signs", name)
		}
		tool[name] = path
	}
	folder, err := os.MkdirTemp("", "ssh") //nolint:usetesting // the name of a socket has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	socket, key := filepath.Join(folder, "s"), filepath.Join(folder, "key")
	run := func(name string, args ...string) {
		cmd := exec.CommandContext(t.Context(), tool[name], args...)
		cmd.Env = append(os.Environ(), "SSH_AUTH_SOCK="+socket)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%s: %v: %s", name, err, out)
		}
	}
	run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "second@laptop", "-f", key)
	agent := exec.CommandContext(t.Context(), tool["ssh-agent"], "-D", "-a", socket)
	stdout, err := agent.StdoutPipe()
	if err == nil {
		err = agent.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = agent.Process.Kill(); _ = agent.Wait() })
	_, _ = stdout.Read(make([]byte, 1)) // it says where it is when it is there
	run("ssh-add", "-q", key)
	return socket, "second.pair.of.eyes@shop.example " + read(t, key+".pub")
}

// signedBy has every system of a configuration demand plans that somebody of a file has signed.
func (l launch) signedBy(t *testing.T, allowed string) {
	t.Helper()
	signers := filepath.Join(l.home, "signers")
	if err := os.WriteFile(signers, []byte(allowed), 0o600); err != nil {
		t.Fatal(err)
	}
	config := read(t, filepath.Join(l.home, "config", "authdeck", "config.toml"))
	l.configure(t, strings.ReplaceAll(config, "[[system]]\n", "[[system]]\nrequire_signature = \""+signers+"\"\n"))
}

// says runs a command beside a console, and wants words, and all to be well.
func (l launch) says(t *testing.T, args []string, words ...string) {
	t.Helper()
	l.args = args
	stdout, stderr, got := l.plain(t)
	if got != 0 {
		t.Errorf("%q: exit code %d\nstdout: %s\nstderr: %s", args, got, stdout, stderr)
	}
	for _, w := range words {
		if !strings.Contains(stdout, w) {
			t.Errorf("%q lacks %q: %s%s", args, w, stdout, stderr)
		}
	}
}

// expectOnce wants each deletion to have come at most once, but for those that a system did not
// want to hear of at the time, and says how many there were.
func expectOnce(t *testing.T, server *demo.Server) (deletions int) {
	t.Helper()
	heard := map[string]int{}
	for _, r := range server.Requests() {
		if r.Endpoint != "delete" || r.Status == 429 {
			continue
		}
		deletions++
		if heard[r.Kind+r.Path]++; heard[r.Kind+r.Path] > 1 {
			t.Errorf("%s %s of %s came again", r.Method, r.Path, r.Kind)
		}
	}
	return deletions
}

// TestALeaversPlanIsReadSignedAppliedInTroubleTriedAgainAndOnRecord is the whole of a day: who
// makes the plan, who signs it, a system that wants to be left alone, another that loses an
// answer, and what an auditor gets.
func TestALeaversPlanIsReadSignedAppliedInTroubleTriedAgainAndOnRecord(t *testing.T) {
	t.Parallel()
	socket, allowed := another(t)
	server := serve(t, demo.Options{Calm: true})
	l := everySystem(t, server)
	l.signedBy(t, allowed)
	file := filepath.Join(l.home, "leaver.json")

	c := counted{console: l.start(t)}
	c.waitFor("170 tokens")
	c.keys(letters("/siobhan.w"), "/siobhan.w")
	c.keys([]string{enter}, "search “siobhan.w”")
	c.keys([]string{"p"}, "5 accounts in 5 systems", "5 tokens")
	c.keys([]string{"*"}, "5 marked")
	c.keys([]string{"d"}, "Plan: delete 5 tokens", "5 cannot", "it is not signed; write it to a file")
	c.keys([]string{"w"}, "Write the plan to a file")
	c.keys([]string{enter}, "The plan is in")
	c.expectAtMost(20)
	c.press("a")
	c.waitFor("Nothing is sent: ", "it is not signed: there is no")
	c.press(esc)
	c.waitGone("Plan: delete")
	c.press("q")
	if code := c.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	made, _ := filepath.Glob(filepath.Join(l.home, "authdeck-plan-*.json"))
	if len(made) != 1 {
		t.Fatalf("the plans are %q", made)
	}
	if err := os.Rename(made[0], file); err != nil {
		t.Fatal(err)
	}

	signer := l
	signer.env = append([]string{"SSH_AUTH_SOCK=" + socket}, l.env...)
	signer.says(t, []string{"plan", "show", file}, "shop", "idp", "tower", "cloud", "pult", "siobhan.wood")
	signer.says(t, []string{"plan", "sign", file, "--yes"}, "The signature is in ", "leaver.json.sig")

	l.args = []string{"--plan", file, "--reason", "HR-77"}
	apply := l.start(t)
	apply.waitFor("Plan: delete 5 tokens", "5 can be sent", "Read again.")
	breakIt(t, server, "waldur/delete:lost:once,authentik/delete:429=1:once,awx/token:503")
	apply.press("a")
	apply.waitFor("Delete 5 tokens?", "type delete 5 and press enter", "reason", "HR-77", "enter  delete")
	apply.press("delete 5")
	apply.waitFor("> delete 5")
	apply.press(enter)
	apply.waitFor("3 done · 1 uncertain · 1 failed", "r try the 1 failed again", "l look what became of it")
	apply.waitOn("uncertain: the connection broke off")
	breakIt(t, server, "")
	apply.press("l")
	apply.waitFor("looked at since: ", "gone")
	apply.press("r")
	apply.waitFor("Delete 1 token?", "n/enter  back to the plan")
	apply.press("y")
	apply.waitFor("4 done · 1 uncertain", "E report on the person")
	apply.press("E")
	apply.waitFor("A report on siobhan.wood", ".md")
	apply.press(enter)
	apply.waitFor("The report on siobhan.wood is written", "left", "0", "enter  close")
	apply.press(enter)
	apply.waitGone("is written")
	if n := expectOnce(t, server); n != 5 {
		t.Errorf("%d deletions came, of 5", n)
	}

	apply.press("\x1b")
	apply.waitGone("4 done · 1 uncertain")
	apply.press("q")
	if code, said := apply.exit(), apply.told(); code != 4 || !strings.Contains(said, "4 of 5 done, 1 uncertain") || !strings.Contains(said, "to look at it: authdeck --plan ") {
		t.Errorf("%d: on the way out it says %q", code, said)
	}
	l.says(t, []string{"plan", "show", file}, "done 4", "uncertain 1")
	l.audited(t, 0, "verify", "GOOD: ")
	l.audited(t, 0, "list --system cloud", ": uncertain", ": it shows", "reason: HR-77", "plan: ")
	l.says(t, []string{"report", "person", "siobhan.wood@shop.example"}, "## Left: 0", "All of it could be asked.", "; a later look, at ", ": it shows", "rate limited")
	pages, _ := filepath.Glob(filepath.Join(l.home, "authdeck-report-siobhan.wood-*.md"))
	if len(pages) != 1 || !strings.Contains(read(t, pages[0]), "## Left: 0") {
		t.Errorf("the reports are %q", pages)
	}
	expectOnce(t, server)
}
