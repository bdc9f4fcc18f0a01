// Package redacttest looks for keys in whatever a test has printed. It must not know who
// printed it.
package redacttest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"authdeck/model"
)

// Canary begins every key and password of a test, so that one word finds all of them.
const Canary = "canary-"

// Hides fails when something printed shows a key, in letters or in numbers: one that
// begins with [Canary], or one of those that are named.
func Hides(t testing.TB, where, printed string, keys ...string) {
	t.Helper()
	for _, guise := range append([]string{
		Canary, fmt.Sprintf("%x", Canary), fmt.Sprintf("%X", Canary), fmt.Sprintf("% x", Canary),
		strings.Trim(fmt.Sprintf("%d", []byte(Canary)), "[]"), "0x63, 0x61, 0x6e, 0x61, 0x72",
	}, keys...) {
		if guise != "" && strings.Contains(printed, guise) {
			t.Errorf("%s shows a key: %.300s", where, printed)
			return
		}
	}
}

// FailsAs wants an error of a kind that tells no key, however it is printed.
func FailsAs(t testing.TB, err error, want model.Kind) {
	t.Helper()
	if err == nil {
		t.Fatalf("there is no error, want %s", want)
	}
	if got := model.KindOf(err); got != want {
		t.Errorf("got %s (%v), want %s", got, err, want)
	}
	TellsNoKey(t, err)
}

// TellsNoKey prints an error and all its causes in every way.
func TellsNoKey(t testing.TB, err error) {
	t.Helper()
	for ; err != nil; err = errors.Unwrap(err) {
		Hides(t, "an error", fmt.Sprintf("%v %+v %#v %q", err, err, err, err))
		if e, ok := errors.AsType[*model.Error](err); ok {
			Hides(t, "an error's parts", fmt.Sprintf("%+v %#v", *e, *e))
		}
	}
}
