// Package wiretest is what the fuzz targets of all dialects ask of a client: an
// answer of any bytes without a network, and an error that can be told. It must not
// know a dialect.
package wiretest

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"

	"authdeck/model"
)

// Answer is what a server that answers with any bytes would send. It always names a
// time to wait, so that no request is made twice; more are headers beside it.
func Answer(r *http.Request, status int, kind, body string, more http.Header) *http.Response {
	header := http.Header{"Content-Type": {kind}, "Retry-After": {"x" + kind}, "Location": {body}}
	maps.Copy(header, more)
	return &http.Response{
		StatusCode: status, Request: r, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: header,
		Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body)),
	}
}

// Tellable wants an error of the model that holds no key and nothing harmful.
func Tellable(t *testing.T, err error, keys ...string) {
	t.Helper()
	e, ok := errors.AsType[*model.Error](err)
	if !ok {
		t.Fatalf("%#v is no error of the model", err)
	}
	if e.RetryAfter < 0 || e.Kind == model.Internal || model.Clean(e.Message.String()).Changed() {
		t.Errorf("the error is %#v", e)
	}
	for ; err != nil; err = errors.Unwrap(err) {
		for _, key := range keys {
			if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), key) {
				t.Error("the error shows a key")
			}
		}
	}
}

// Clean wants texts that do nothing to a terminal.
func Clean(t *testing.T, texts ...model.Text) {
	t.Helper()
	for _, text := range texts {
		if model.Clean(text.String()).Changed() {
			t.Errorf("%+q is not clean", text)
		}
	}
}
