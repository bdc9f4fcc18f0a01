package e2e_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"authdeck/client/demo"
)

// victim is a console about to be ended, and what the test knows of it.
type victim struct {
	*console
	relay *relay
	log   journal
}

// play goes through one square.
func (q cell) play(t *testing.T) {
	v := q.begin(t)
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the log is\n%s", v.log)
		}
	})
	q.advance(v)
	q.strike(v.console)
	if q.moment == beforeTheAnswer {
		if q.blow != "KILL" && q.folder != full {
			v.log.await(t, "told to end")
		}
		v.relay.letGo()
	}
	switch {
	case q.blow == "KILL":
		q.expectAfterKill(v)
	case q.folder == writable:
		q.expectEnd(v)
		q.expectKept(v)
		q.expectNoLeak(v)
	case q.folder == unsealable:
		q.expectEnd(v)
		q.expectRescue(v)
		q.expectNoLeak(v)
	case q.blow.attended():
		q.expectStay(v)
	default:
		q.expectLoss(v)
	}
}

// begin opens the console on the system, with a folder for keys as it is to be.
func (q cell) begin(t *testing.T) *victim {
	t.Helper()
	server := serve(t, demo.Options{KeyPrefix: sings, Users: 12, Tokens: 5})
	var system demo.System
	for _, s := range server.Systems() {
		if s.Name == q.system {
			system = s
		}
	}
	v := &victim{relay: newRelay(t, system)}
	l := launch{home: shortFolder(t), width: 100, height: 40}
	v.log = journal(filepath.Join(l.home, "log"))
	l.args = []string{"--log", string(v.log)}
	q.prepare(t, &l)
	entry, secret := "token_env = \"SECRET\"\n", system.Token
	if secret == "" {
		entry, secret = "username = \""+system.Username+"\"\npassword_env = \"SECRET\"\n", system.Password
	}
	l.env = append(l.env, "SECRET="+secret)
	l.configure(t, "[[system]]\nname = \""+system.Name+"\"\nkind = \""+system.Kind+"\"\nurl = \""+v.relay.at(system)+"\"\n"+entry)
	v.console = l.start(t)
	v.wait("the tokens", func(s screen) bool { return s.shows("page 1", "owner", "root.admin") && s.selected() != "" })
	return v
}

// shortFolder is a folder whose name fits on a line.
func shortFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "kill") //nolint:usetesting // t.TempDir has the whole name of the test in it
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	return folder
}

// prepare makes the folder for keys what it is to be.
func (q cell) prepare(t *testing.T, l *launch) {
	t.Helper()
	switch q.folder {
	case writable, full: // which comes when the write has been recorded: without that it is not sent
	case unwritable:
		block(t, l, "keys", "undelivered")
	case unsealable:
		block(t, l, "undelivered")
	}
}

// block puts files where folders of the state would be.
func block(t *testing.T, l *launch, folders ...string) {
	t.Helper()
	state := filepath.Join(l.home, "state", "authdeck")
	err := os.MkdirAll(state, 0o700)
	for _, name := range folders {
		err = errors.Join(err, os.WriteFile(filepath.Join(state, name), nil, 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// advance brings the new key to the moment.
func (q cell) advance(v *victim) {
	v.t.Helper()
	q.steps(v.console)
	v.waitAsked(q.question)
	if q.folder == unwritable || q.folder == unsealable {
		v.waitFor("will not be kept if the line drops")
	}
	v.relay.arm()
	passed := v.relay.passed
	v.press("y")
	await(v.t, "the write", v.relay.asked)
	if q.folder == full {
		v.fillDisk()
	}
	if q.moment == beforeTheAnswer {
		return
	}
	v.relay.letGo()
	await(v.t, "the new key", passed)
	if q.moment == afterTheAnswer {
		return
	}
	v.waitFor("••••••••", "v show")
	switch q.moment {
	case onScreen:
		v.press("v")
		v.waitFor("v hide")
	case inClipboard:
		v.press("y")
		v.waitFor("sent to your terminal's clipboard")
	case intoFile:
		v.press("w")
		v.taken()
	default:
	}
}
