package e2e_test

import (
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
	"testing"
	"time"
)

// The first request of a command may go out that much later than a program has ended that says its
// version and nothing else.
const (
	mostBefore  = 15 * time.Millisecond
	raceFactor  = 4  // what the race detector makes of it
	triedStarts = 25 // of which the fastest counts: what else the machine does is none of ours
)

// TestACommandAsksAtOnce holds the time that goes by before a system is asked: to read the
// configuration, to open the systems, to begin.
func TestACommandAsksAtOnce(t *testing.T) {
	system := newDoor(t)
	l := against(t, system.URL, "x", "[[system]]", `name = "idp"`, `kind = "authentik"`, `url = "`+system.URL+`/idp"`, `token_env = "SHOP_TOKEN"`,
		"[[system]]", `name = "tower"`, `kind = "awx"`, `url = "`+system.URL+`/tower"`, `token_env = "SHOP_TOKEN"`)
	var versions, requests []time.Duration
	for range triedStarts {
		l.args = []string{"--version"}
		versions = append(versions, timed(t, l.command(t), nil))
		l.args = []string{"tokens", "--json"}
		requests = append(requests, timed(t, l.command(t), system.knocked))
	}
	version, request := slices.Min(versions), slices.Min(requests)
	t.Logf("--version ends after %v, tokens --json asks after %v: %v more", version, request, request-version)
	most := mostBefore
	if raced() {
		most *= raceFactor
	}
	if more := request - version; more > most {
		t.Errorf("tokens --json asks after %v, which is %v more than --version takes to its end, %v", request, more, version)
	}
}

// door is a server that refuses everybody, and says when somebody comes.
type door struct {
	*httptest.Server
	knocked chan time.Time
}

func newDoor(t *testing.T) door {
	t.Helper()
	d := door{knocked: make(chan time.Time, 1)}
	d.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		select {
		case d.knocked <- time.Now():
		default:
		}
		w.WriteHeader(http.StatusUnauthorized)
	}))
	t.Cleanup(d.Close)
	return d
}

// timed is how long a command takes to its end, or until something happens.
func timed(t *testing.T, cmd *exec.Cmd, happens chan time.Time) time.Duration {
	t.Helper()
	began := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	took := time.Since(began)
	if happens == nil {
		return took
	}
	select {
	case at := <-happens:
		return at.Sub(began)
	default:
		t.Fatalf("%q asked nobody", cmd.Args)
		return 0
	}
}
