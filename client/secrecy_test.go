package client_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model/traffic"
)

// canary begins every key and password of these tests.
const canary = redacttest.Canary

// logBook is a log that may be written to from anywhere, with what a console shows of its
// requests.
type logBook struct {
	mu    sync.Mutex
	out   bytes.Buffer
	asked traffic.Ring // what was kept of the requests
}

func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Write(p)
}

func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.String()
}

// showsNoKey prints a value in every way in which a program might.
func showsNoKey(t *testing.T, v any) {
	t.Helper()
	out, err := json.Marshal(v)
	redacttest.Hides(t, "a value", fmt.Sprintf("%v %+v %#v %s %v", v, v, v, out, err))
}
