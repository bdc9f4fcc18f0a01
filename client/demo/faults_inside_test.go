package demo

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client/demo/stage"
)

func TestASilentServerAnswersNothingUntilTheClientLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		ended := false
		r := httptest.NewRequestWithContext(ctx, "GET", "/api/users/me/", nil)
		w := &notedWriter{ResponseWriter: httptest.NewRecorder(), note: func(int) {}}
		go func() {
			broken(t, "me:silent", w, r)
			ended = true
		}()
		synctest.Wait()
		if ended {
			t.Error("ended before the client left")
		}
		cancel()
		synctest.Wait()
		if !ended || w.status != 0 {
			t.Errorf("ended %v, answered %d", ended, w.status)
		}
	})
}

// broken serves one request to "me" by the spec alone, without a network.
func broken(t *testing.T, spec string, w http.ResponseWriter, r *http.Request) {
	t.Helper()
	rules, err := parseFaults(spec)
	if err != nil {
		t.Error(err)
	}
	var f faults
	f.replace(rules)
	f.serve(endpoint{"hamgam", "me"}, w, r, http.NotFoundHandler(), stage.ErrorResponses{Refuse: stage.Refuse, Fail: stage.ServerError})
}

// slowly says how long that took, on a clock of its own.
func slowly(ctx context.Context, t *testing.T, spec string) (took time.Duration, status int) {
	t.Helper()
	w, begin := httptest.NewRecorder(), time.Now()
	broken(t, spec, w, httptest.NewRequestWithContext(ctx, "GET", "/api/users/me/", nil))
	return time.Since(begin), w.Code
}

func TestSlowWaitsAndLetsTheNextFaultFollow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		if took, status := slowly(t.Context(), t, "me:slow=400ms"); took != 400*time.Millisecond || status != 404 {
			t.Errorf("slow took %v and gave %d", took, status)
		}
		if took, status := slowly(t.Context(), t, "any:slow=1s,me:slow=2s,me:401"); took != 3*time.Second || status != 401 {
			t.Errorf("slow and slower took %v and gave %d", took, status)
		}
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		if took, _ := slowly(gone, t, "me:slow=1h"); took != 0 {
			t.Errorf("a client that has gone is waited for: %v", took)
		}
	})
}
