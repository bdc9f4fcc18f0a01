package signature_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"authdeck/client/signature"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func must[T any](of T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return of
	}
}

// ring is an SSH agent of somebody.
type ring struct {
	agent.ExtendedAgent
	socket string
}

// old is one that knows of no flags, as agents were before SHA-1 was broken.
type old struct{ agent.Agent }

// anAgent serves an agent with new keys, whose comments are given.
func anAgent(t *testing.T, comments ...string) ring {
	t.Helper()
	folder := must(os.MkdirTemp("", "agent"))(t) //nolint:usetesting // the name of a socket has to be short
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	r := ring{agent.NewKeyring().(agent.ExtendedAgent), filepath.Join(folder, "s")}
	for _, c := range comments {
		_, key, err := ed25519.GenerateKey(rand.Reader)
		r.add(t, must[any](&key, err)(t), c)
	}
	serve(t, r, r.socket)
	return r
}

func serve(t *testing.T, r agent.Agent, socket string) {
	t.Helper()
	l := must(net.Listen("unix", socket))(t)
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { _ = agent.ServeAgent(r, conn) }()
		}
	}()
}

func (r ring) add(t *testing.T, key any, comment string) {
	t.Helper()
	if err := r.Add(agent.AddedKey{PrivateKey: key, Comment: comment}); err != nil {
		t.Fatal(err)
	}
}

// public is the public half of a key, as a line of a file has it.
func (r ring) public(t *testing.T, comment string) string {
	t.Helper()
	for _, k := range must(r.List())(t) {
		if k.Comment == comment {
			return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(k)))
		}
	}
	t.Fatalf("there is no key %s", comment)
	return ""
}

// desk is a folder with a plan, and those who may sign it.
type desk struct {
	t       *testing.T
	plan    string
	content []byte
	signers string
}

func aDesk(t *testing.T) *desk {
	d := &desk{t: t, plan: filepath.Join(t.TempDir(), "plan.json"), content: []byte(`{"schema":"authdeck-plan/1"}`)}
	d.signers = filepath.Join(filepath.Dir(d.plan), "allowed_signers")
	d.write(d.plan, string(d.content), 0o600)
	return d
}

func (d *desk) write(path, content string, mode os.FileMode) {
	d.t.Helper()
	if err := os.WriteFile(path, []byte(content), mode); err != nil {
		d.t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) allows(lines ...string) { d.write(d.signers, strings.Join(lines, "\n")+"\n", 0o644) }

func (d *desk) signs(r ring, comment string) {
	d.t.Helper()
	k := must(signature.Choose(r.socket, comment))(d.t)
	if err := k.Keep(must(k.Sign(d.content))(d.t), d.plan, false); err != nil {
		d.t.Fatal(err)
	}
}

func omid() signature.Applier {
	return signature.Applier{User: "omid", Now: func() time.Time { return noon }}
}

func (d *desk) vouch(who signature.Applier) error { return who.Vouch(d.content, d.plan, d.signers) }

func TestAPlanThatSomebodyElseSignedIsTaken(t *testing.T) {
	sara, own := anAgent(t, "sara"), anAgent(t, "omid")
	rsaKey := must(rsa.GenerateKey(rand.Reader, 2048))(t)
	sara.add(t, rsaKey, "old")
	for _, key := range []string{"sara", "old"} {
		d := aDesk(t)
		d.allows("# the admins", "", "omid "+own.public(t, "omid"), `"sara,sara@example.com" namespaces="git,authdeck-plan",valid-after="20261101",valid-before="20261231" `+sara.public(t, key))
		d.signs(sara, key)
		who := omid()
		who.Agent = own.socket
		if err := d.vouch(who); err != nil {
			t.Errorf("%s: %v", key, err)
		}
		if info := must(os.Stat(signature.Of(d.plan)))(t); info.Mode().Perm() != 0o600 {
			t.Errorf("the mode of the signature is %v", info.Mode())
		}
	}
}

func TestAPlanIsRefusedWithTheReason(t *testing.T) {
	sara, other := anAgent(t, "sara"), anAgent(t, "else")
	line := sara.public(t, "sara")
	for want, change := range map[string]func(*desk, *signature.Applier){
		"it is not signed: there is no plan.json.sig": func(d *desk, _ *signature.Applier) { _ = os.Remove(signature.Of(d.plan)) },
		"it is no SSH signature":                      func(d *desk, _ *signature.Applier) { d.write(signature.Of(d.plan), "sara says yes", 0o600) },
		"its signature cannot be read: it is broken": func(d *desk, _ *signature.Applier) {
			d.write(signature.Of(d.plan), "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n", 0o600)
		},
		"it was altered after that":                          func(d *desk, _ *signature.Applier) { d.content[3] ^= 1 },
		"a key that is not allowed to: SHA256:":              func(d *desk, _ *signature.Applier) { d.allows("sara " + other.public(t, "else")) },
		"may not sign plans (namespace":                      func(d *desk, _ *signature.Applier) { d.allows(`sara namespaces="git" ` + line) },
		"not valid yet, but from 2026-12-01 00:00:00 UTC on": func(d *desk, _ *signature.Applier) { d.allows(`sara valid-after="20261201Z" ` + line) },
		"expired: it was valid to 2026-11-30 11:59:59 UTC": func(d *desk, _ *signature.Applier) {
			d.allows(`sara valid-before="20261130115959Z" ` + line)
		},
		"self-signed: omid@example.com signed it, and omid applies it": func(d *desk, _ *signature.Applier) { d.allows("omid@example.com " + line) },
		"self-signed: OMID signed it":                                  func(d *desk, _ *signature.Applier) { d.allows("sara,OMID " + line) },
		"self-signed: the SSH agent here has the key of sara":          func(_ *desk, who *signature.Applier) { who.Agent = sara.socket },
		"whether it is self-signed is not known: the SSH agent of":     func(_ *desk, who *signature.Applier) { who.Agent = "/nowhere" },
		"the machine does not say who you are":                         func(_ *desk, who *signature.Applier) { who.User = "" },
		"require_signature): no such file":                             func(d *desk, _ *signature.Applier) { _ = os.Remove(d.signers) },
		"can be changed by others (mode 0664)":                         func(d *desk, _ *signature.Applier) { _ = os.Chmod(d.signers, 0o664) },
		"its line 2: the option cert-authority is not supported here": func(d *desk, _ *signature.Applier) {
			d.allows("sara "+line, "ca cert-authority "+line)
		},
	} {
		d, who := aDesk(t), omid()
		d.allows("sara " + line)
		d.signs(sara, "sara")
		change(d, &who)
		if err := d.vouch(who); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, the error is %v", want, err)
		}
	}
}

func TestWhatIsNotUnderstoodOfThoseWhoMaySignIsAFaultWithItsLine(t *testing.T) {
	line := anAgent(t, "sara").public(t, "sara")
	for said, want := range map[string]string{
		"":                                     "it names nobody",
		"# " + line:                            "it names nobody",
		"*@example.com " + line:                "a pattern",
		"!sara " + line:                        "a pattern",
		"sara,, " + line:                       "a name is empty",
		"sara":                                 "there has to be a public key",
		"sara ssh-ed25519 AAAA":                "there has to be a public key",
		`sara namespaces="auth*" ` + line:      "a namespace is empty, or a pattern",
		`sara namespaces="" ` + line:           "a namespace is empty, or a pattern",
		`sara valid-after="soon" ` + line:      "a time looks like",
		`sara valid-before="20261301" ` + line: "a time looks like",
		`sara no-touch-required ` + line:       "the option no-touch-required is not supported",
		`sara valid-before="20261201",valid-before="20270101" ` + line: "stands twice",
	} {
		d := aDesk(t)
		d.allows(said)
		if _, err := signature.ReadAllowed(d.signers); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: want %q, the error is %v", said, want, err)
		}
	}
}

// certified gives an agent a certificate of a key in place of the key.
func (r ring) certified(t *testing.T, key ed25519.PrivateKey) {
	t.Helper()
	signer := must(ssh.NewSignerFromKey(key))(t)
	c := &ssh.Certificate{Key: signer.PublicKey(), CertType: ssh.UserCert, ValidBefore: ssh.CertTimeInfinity}
	if err := c.SignCert(rand.Reader, signer); err != nil {
		t.Fatal(err)
	}
	if err := r.Add(agent.AddedKey{PrivateKey: &key, Certificate: c}); err != nil {
		t.Fatal(err)
	}
}

func TestAKeyThatIsHereByACertificateOnlyIsHere(t *testing.T) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sara, here := anAgent(t), anAgent(t)
	sara.add(t, &key, "sara")
	here.certified(t, key)
	d, who := aDesk(t), omid()
	d.allows("sara " + sara.public(t, "sara"))
	d.signs(sara, "sara")
	who.Agent = here.socket
	if err := d.vouch(who); err == nil || !strings.Contains(err.Error(), "self-signed: the SSH agent here") {
		t.Errorf("the error is %v", err)
	}
	if _, err := signature.Choose(here.socket, ""); err == nil || !strings.Contains(err.Error(), "has no key") {
		t.Errorf("a certificate signs: %v", err)
	}
}

func TestAKeyThatMayOnOneLineMay(t *testing.T) {
	sara := anAgent(t, "sara")
	d := aDesk(t)
	d.allows(`sara namespaces="git" `+sara.public(t, "sara"), `sara namespaces="authdeck-plan" `+sara.public(t, "sara"))
	d.signs(sara, "sara")
	if err := d.vouch(omid()); err != nil {
		t.Error(err)
	}
}

func TestTheKeyIsTheOnlyOneOrTheOneThatIsNamed(t *testing.T) {
	one, two := anAgent(t, "sara"), anAgent(t, "work", "home")
	d := aDesk(t)
	pub := filepath.Join(filepath.Dir(d.plan), "home.pub")
	d.write(pub, two.public(t, "home")+" of mine\n", 0o644)
	for _, c := range []struct{ socket, wanted, comment, fault string }{
		{one.socket, "", "sara", ""},
		{two.socket, "home", "home", ""},
		{two.socket, pub, "home", ""},
		{two.socket, strings.Fields(must(signature.Choose(two.socket, "work"))(t).String())[1], "work", ""},
		{two.socket, "", "", "several such keys; --key names one"},
		{one.socket, "home", "", "no such key; it has:\n  ssh-ed25519 SHA256:"},
		{one.socket, pub, "", "no such key"},
		{one.socket, "/none.pub", "", "no such file"},
		{anAgent(t).socket, "", "", "has no key; ssh-add gives it one"},
		{"", "", "", "SSH_AUTH_SOCK is not set"},
		{"/nowhere", "", "", "does not answer"},
	} {
		k, err := signature.Choose(c.socket, c.wanted)
		switch {
		case c.fault == "" && (err != nil || !strings.HasSuffix(k.String(), " "+c.comment)):
			t.Errorf("%+v: %s, %v", c, k, err)
		case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestAnAgentThatSignsInABrokenFormIsToldBeforeAnybodyReliesOnIt(t *testing.T) {
	r := anAgent(t)
	r.add(t, must(rsa.GenerateKey(rand.Reader, 2048))(t), "sara")
	serve(t, old{r}, r.socket+"old")
	k := must(signature.Choose(r.socket+"old", ""))(t)
	if _, err := k.Sign([]byte("a plan")); err == nil || !strings.Contains(err.Error(), "did not sign it as it has to be") {
		t.Errorf("the error is %v", err)
	}
}

func TestASignatureOfSomebodyElseStaysUnlessItIsToBeReplaced(t *testing.T) {
	both := anAgent(t, "sara", "reza")
	d := aDesk(t)
	d.signs(both, "sara")
	d.signs(both, "sara") // one's own can be made anew
	reza := must(signature.Choose(both.socket, "reza"))(t)
	armored := must(reza.Sign(d.content))(t)
	if err := reza.Keep(armored, d.plan, false); err == nil || !strings.Contains(err.Error(), "signed already, by the key SHA256:") {
		t.Errorf("the error is %v", err)
	}
	d.allows("sara " + both.public(t, "sara"))
	if err := d.vouch(omid()); err != nil {
		t.Errorf("it was replaced: %v", err)
	}
	if err := reza.Keep(armored, d.plan, true); err != nil {
		t.Error(err)
	}
	if err := d.vouch(omid()); err == nil || !strings.Contains(err.Error(), "not allowed") {
		t.Errorf("it was not replaced: %v", err)
	}
}
