package client_test

import (
	"context"
	"net/http"
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

// gate is a network that holds the first request which is no read.
type gate struct {
	came, open chan struct{}
}

// RoundTrip implements [http.RoundTripper].
func (g *gate) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method != http.MethodGet {
		select {
		case g.came <- struct{}{}:
			<-g.open
		default:
		}
	}
	return http.DefaultTransport.RoundTrip(r)
}

// TestTheEndDuringASignInLeavesNoSessionBehind is for whoever quits before the
// first answer has come.
func TestTheEndDuringASignInLeavesNoSessionBehind(t *testing.T) {
	ending := func(s subject) bool { return s.dialect.ends != nil }
	forThose(t, ending, func(t *testing.T, w *world) {
		p := w.subject.enter(t, w.system)
		if !w.subject.dialect.ends(wire.Way(p.Way)) {
			return
		}
		g := &gate{came: make(chan struct{}, 1), open: make(chan struct{})}
		api := openThrough(t, g, p, w.log)
		answered := make(chan error, 1)
		go func() { _, err := api.WhoAmI(context.WithoutCancel(t.Context())); answered <- err }()
		<-g.came
		hurried, cancel := context.WithCancel(t.Context())
		cancel()
		if err := api.Close(hurried); err == nil {
			t.Error("a sign-in that is under way is taken for none")
		}
		close(g.open)
		before := w.now()
		if err := api.Close(t.Context()); err != nil {
			t.Error(err)
		}
		<-answered
		if ended := w.ended(before); ended != 1 {
			t.Errorf("%d sessions were ended", ended)
		}
		signIns := w.demo.Served("signin")
		if _, err := api.WhoAmI(t.Context()); model.KindOf(err) != model.Cancelled || w.demo.Served("signin") != signIns {
			t.Errorf("after the end there is another sign-in: %v", err)
		}
	})
}

// ended counts the requests since then that ended something.
func (w *world) ended(before int) int {
	n := 0
	for _, r := range w.since(before) {
		signIn := r.Method == http.MethodPost && r.Endpoint == "signin"
		if r.Method != http.MethodGet && !signIn && r.Status/100 == 2 {
			n++
		}
	}
	return n
}
