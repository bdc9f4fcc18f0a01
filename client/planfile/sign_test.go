package planfile_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"authdeck/client/planfile"
	"authdeck/client/signature"
)

// agentOf serves an SSH agent with one key, and gives its socket and the public half.
func agentOf(t *testing.T) (socket, public string) {
	t.Helper()
	folder, err := os.MkdirTemp("", "agent") //nolint:usetesting // the name of a socket has to be short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	of, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ring := agent.NewKeyring()
	if err := ring.Add(agent.AddedKey{PrivateKey: &key, Comment: "reza"}); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(folder, "s"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for conn, err := l.Accept(); err == nil; conn, err = l.Accept() {
			go func() { _ = agent.ServeAgent(ring, conn) }()
		}
	}()
	line, err := ssh.NewPublicKey(of)
	if err != nil {
		t.Fatal(err)
	}
	return l.Addr().String(), "reza " + string(ssh.MarshalAuthorizedKey(line))
}

func TestWhatIsSignedIsWhatWasShownAndWhatIsAppliedIsWhatWasSigned(t *testing.T) {
	f, folder := files(t)
	f.Applier = signature.Applier{User: "omid"}
	path, signers := filepath.Join(folder, "plan.json"), filepath.Join(folder, "signers")
	socket, line := agentOf(t)
	if err := os.WriteFile(signers, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Keep(of(3), path, false); err != nil {
		t.Fatal(err)
	}
	s, err := planfile.ToSign(path, socket, "")
	if err != nil || len(s.Plan.Lines) != 3 {
		t.Fatal(err)
	}
	if _, err := f.Keep(of(4), path, true); err != nil { // after it was shown, before the yes
		t.Fatal(err)
	}
	if at, err := s.Sign(false); err != nil || at != path+".sig" {
		t.Fatal(at, err)
	}
	if err := f.Vouch(of(4), path, signers); err == nil || !strings.Contains(err.Error(), "altered") {
		t.Errorf("what was not shown counts as signed: %v", err)
	}
	if _, err := f.Keep(of(3), path, true); err != nil {
		t.Fatal(err)
	}
	if err := f.Vouch(of(3), path, signers); err != nil {
		t.Error(err)
	}
	if err := f.Vouch(of(2), path, signers); err == nil || !strings.Contains(err.Error(), "its file was changed since it was read") {
		t.Errorf("another plan than the signed one is applied: %v", err)
	}
}

func TestWhatAPlanSetsIsSignedToo(t *testing.T) {
	f, folder := files(t)
	f.Applier = signature.Applier{User: "omid"}
	path, signers := filepath.Join(folder, "plan.json"), filepath.Join(folder, "signers")
	socket, line := agentOf(t)
	if err := os.WriteFile(signers, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	p := ending(newYear(2027))
	if _, err := f.Keep(p, path, false); err != nil {
		t.Fatal(err)
	}
	s, err := planfile.ToSign(path, socket, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sign(false); err != nil {
		t.Fatal(err)
	}
	if err := f.Vouch(p, path, signers); err != nil {
		t.Error(err)
	}
	if _, err := f.Keep(ending(newYear(2028)), path, true); err != nil {
		t.Fatal(err)
	}
	if err := f.Vouch(ending(newYear(2028)), path, signers); err == nil || !strings.Contains(err.Error(), "altered") {
		t.Errorf("another end than the signed one: %v", err)
	}
	if err := f.Vouch(p, path, signers); err == nil || !strings.Contains(err.Error(), "changed since it was read") {
		t.Errorf("another end than the one of the file: %v", err)
	}
}

func TestWhatIsNoPlanIsNotSigned(t *testing.T) {
	path := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	socket, _ := agentOf(t)
	if _, err := planfile.ToSign(path, socket, ""); err == nil || !strings.HasPrefix(err.Error(), "the plan: ") {
		t.Errorf("the error is %v", err)
	}
}
