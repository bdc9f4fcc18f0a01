package wire

import (
	"context"
	"io"
	"net/http"
	"testing"

	"authdeck/model"
)

func TestTheAnswerToAWriteIsToldFromTheAnswerToAQuestion(t *testing.T) {
	c := connection(t, serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }), nil)
	c.SignIn = func(context.Context, string, model.Secret) (model.Secret, error) { return model.NewSecret("s"), nil }
	for method, want := range map[string]bool{
		http.MethodGet: false, http.MethodPost: true, http.MethodPatch: true, http.MethodPut: true, http.MethodDelete: true,
	} {
		if _, err := Call[Nothing](t.Context(), c, Request{Method: method, Path: "/tokens/1"}); err == nil || model.WasSent(err) != want {
			t.Errorf("%s: the answer is to a write: %v, want %v (%v)", method, model.WasSent(err), want, err)
		}
	}
	if _, err := Call[Nothing](t.Context(), c, Request{Method: http.MethodPost, Path: "/signin", Anonymous: true}); err == nil || model.WasSent(err) {
		t.Errorf("a sign-in passes for a write: %v", err)
	}
}

func TestAYesThatSaysNothingIsTheAnswerToAWriteToo(t *testing.T) {
	for _, said := range []struct {
		status int
		body   string
	}{{http.StatusAccepted, "{}"}, {http.StatusOK, "<html>"}} {
		c := keyed(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(said.status)
			_, _ = io.WriteString(w, said.body)
		}), nil)
		_, err := Call[map[string]string](t.Context(), c, Request{Method: http.MethodPost, Path: "/a"})
		if model.KindOf(err) != model.Uncertain || !model.WasSent(err) {
			t.Errorf("%d: sent %t, %v", said.status, model.WasSent(err), err)
		}
	}
}
