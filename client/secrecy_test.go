package client_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"authdeck/model"
)

// canary begins every key and password of the demo, so that one word finds all
// of them.
const canary = "canary-"

// logBook is a log that may be written to from anywhere.
type logBook struct {
	mu  sync.Mutex
	out bytes.Buffer
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

// hides fails when something printed shows a key, in letters or in numbers: one
// of the demo's, or one of those that are named.
func hides(t *testing.T, where, printed string, keys ...string) {
	t.Helper()
	for _, guise := range append([]string{
		canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary), fmt.Sprintf("% x", canary),
		strings.Trim(fmt.Sprintf("%d", []byte(canary)), "[]"), "0x63, 0x61, 0x6e, 0x61, 0x72",
	}, keys...) {
		if guise != "" && strings.Contains(printed, guise) {
			t.Errorf("%s shows a key: %.300s", where, printed)
			return
		}
	}
}

// failsAs wants an error of a kind that tells no secret, however it is printed.
func failsAs(t *testing.T, err error, want model.Kind) {
	t.Helper()
	if err == nil {
		t.Fatalf("there is no error, want %s", want)
	}
	if got := model.KindOf(err); got != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
	tellsNoKey(t, err)
}

// tellsNoKey prints an error and all its causes in every way.
func tellsNoKey(t *testing.T, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		hides(t, "an error", fmt.Sprintf("%v %+v %#v %q", err, err, err, err))
		if e, ok := errors.AsType[*model.Error](err); ok {
			hides(t, "an error's parts", fmt.Sprintf("%+v %#v", *e, *e))
		}
	}
}

// showsNoKey prints a value in every way in which a program might.
func showsNoKey(t *testing.T, v any) {
	t.Helper()
	out, err := json.Marshal(v)
	hides(t, "a value", fmt.Sprintf("%v %+v %#v %s %v", v, v, v, out, err))
}
