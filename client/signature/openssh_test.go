package signature_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/signature"
)

// openssh runs a program of OpenSSH, and skips where there is none.
func openssh(t *testing.T, stdin []byte, env []string, name string, args ...string) (string, error) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("there is no %s here, which this test is about", name)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Stdin, cmd.Env = bytes.NewReader(stdin), append(os.Environ(), env...)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// realAgent starts an ssh-agent with a key of a kind, and gives its socket and the key's file.
func realAgent(t *testing.T, kind string) (socket, key string) {
	t.Helper()
	folder := must(os.MkdirTemp("", "ssh"))(t) //nolint:usetesting // the name of a socket has to be short
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	socket, key = filepath.Join(folder, "s"), filepath.Join(folder, "key")
	out, err := openssh(t, nil, nil, "ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "sara@laptop", "-f", key)
	if err != nil {
		t.Fatal(out, err)
	}
	path, err := exec.LookPath("ssh-agent")
	if err != nil {
		t.Skip("there is no ssh-agent here, which this test is about")
	}
	cmd := exec.CommandContext(t.Context(), path, "-D", "-a", socket)
	stdout := must(cmd.StdoutPipe())(t)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	_, _ = stdout.Read(make([]byte, 1)) // it says where it is when it is there
	if out, err := openssh(t, nil, []string{"SSH_AUTH_SOCK=" + socket}, "ssh-add", "-q", key); err != nil {
		t.Fatal(out, err)
	}
	return socket, key
}

func TestSSHKeygenAndAuthdeckAgreeOnAPlanThatWasSigned(t *testing.T) {
	for _, kind := range []string{"ed25519", "ecdsa", "rsa"} {
		socket, key := realAgent(t, kind)
		if err := os.Remove(key); err != nil { // only the agent has it
			t.Fatal(err)
		}
		d := aDesk(t)
		d.allows("sara " + strings.TrimSpace(string(must(os.ReadFile(key+".pub"))(t))))
		k := must(signature.Choose(socket, key+".pub"))(t)
		if err := k.Keep(must(k.Sign(d.content))(t), d.plan, false); err != nil {
			t.Fatal(err)
		}
		verify := func(content []byte) (string, error) {
			return openssh(t, content, nil, "ssh-keygen", "-Y", "verify", "-f", d.signers, "-I", "sara", "-n", signature.Namespace, "-s", signature.Of(d.plan))
		}
		if out, err := verify(d.content); err != nil || !strings.Contains(out, `Good "authdeck-plan" signature for sara`) {
			t.Errorf("%s: ssh-keygen says %s%v", kind, out, err)
		}
		if err := d.vouch(omid()); err != nil {
			t.Errorf("%s: authdeck says %v", kind, err)
		}
		d.content[len(d.content)-2] ^= 1 // one letter is another one
		if out, err := verify(d.content); err == nil {
			t.Errorf("%s: ssh-keygen says of an altered one %s", kind, out)
		}
		if err := d.vouch(omid()); err == nil || !strings.Contains(err.Error(), "altered") {
			t.Errorf("%s: authdeck says of an altered one %v", kind, err)
		}
	}
}

func TestWhatSSHKeygenHasSignedIsTaken(t *testing.T) {
	socket, key := realAgent(t, "ed25519")
	d := aDesk(t)
	d.allows(`sara namespaces="authdeck-plan" ` + string(must(os.ReadFile(key+".pub"))(t)))
	for _, namespace := range []string{signature.Namespace, "git"} {
		_ = os.Remove(signature.Of(d.plan))
		out, err := openssh(t, nil, []string{"SSH_AUTH_SOCK=" + socket}, "ssh-keygen", "-Y", "sign", "-f", key+".pub", "-n", namespace, d.plan)
		if err != nil {
			t.Fatal(out, err)
		}
		err = d.vouch(omid())
		if namespace == signature.Namespace && err != nil || namespace != signature.Namespace && (err == nil || !strings.Contains(err.Error(), "of the namespace git")) {
			t.Errorf("%s: %v", namespace, err)
		}
	}
}

func TestTheKeyInARealAgentSaysWhoCouldHaveSigned(t *testing.T) {
	socket, key := realAgent(t, "ed25519")
	d := aDesk(t)
	d.allows("sara " + string(must(os.ReadFile(key+".pub"))(t)))
	k := must(signature.Choose(socket, "sara@laptop"))(t)
	if err := k.Keep(must(k.Sign(d.content))(t), d.plan, false); err != nil {
		t.Fatal(err)
	}
	who := omid()
	who.Agent = socket
	if err := d.vouch(who); err == nil || !strings.Contains(err.Error(), "self-signed: the SSH agent here has the key of sara") {
		t.Errorf("the error is %v", err)
	}
}
