package model_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"authdeck/model"
)

func TestEveryKindHasItsOwnName(t *testing.T) {
	seen := map[string]model.Kind{}
	for k := model.Internal; k <= model.Refused; k++ {
		name := k.String()
		if before, taken := seen[name]; taken || name == "" {
			t.Errorf("kinds %d and %d are both called %q", before, k, name)
		}
		seen[name] = k
	}
	for kind, name := range map[model.Kind]string{model.Uncertain: "uncertain", model.Cancelled: "cancelled", model.RateLimited: "rate limited"} {
		if kind.String() != name {
			t.Errorf("kind %d is called %q, want %q", kind, kind, name)
		}
	}
}

func TestEveryActionHasItsVerb(t *testing.T) {
	var verbs []string
	for _, a := range model.Actions() {
		verbs = append(verbs, a.String())
	}
	if got := strings.Join(verbs, " "); got != "create edit regenerate replace delete revoke reveal" {
		t.Errorf("the actions are %q", got)
	}
}

func TestAnErrorReadsAsKindAndSentence(t *testing.T) {
	for want, err := range map[string]error{
		"unopened: no key":     model.Fail(model.Unopened, "no key"),
		"conflict: it changed": model.Fail(model.Conflict, "it changed"),
		"forbidden":            &model.Error{Kind: model.Forbidden},
		"invalid: a␛[2Jb":      model.Fail(model.Invalid, "a\x1b[2Jb"),
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err, want)
		}
	}
}

func TestTheKindIsFoundUnderWrapping(t *testing.T) {
	inner := &model.Error{Kind: model.Uncertain, Cause: io.ErrUnexpectedEOF}
	for name, c := range map[string]struct {
		err  error
		want model.Kind
	}{
		"bare":      {inner, model.Uncertain},
		"wrapped":   {fmt.Errorf("while: %w", fmt.Errorf("then: %w", inner)), model.Uncertain},
		"joined":    {errors.Join(io.EOF, inner), model.Uncertain},
		"foreign":   {io.EOF, model.Internal},
		"no error":  {nil, model.Internal},
		"outermost": {&model.Error{Kind: model.Partial, Cause: inner}, model.Partial},
	} {
		if got := model.KindOf(c.err); got != c.want {
			t.Errorf("%s: got %s, want %s", name, got, c.want)
		}
	}
	if !errors.Is(inner, io.ErrUnexpectedEOF) {
		t.Error("the cause is lost")
	}
}

func TestAnAnswerToAWriteIsToldFromAnAnswerToTheQuestionBeforeIt(t *testing.T) {
	answer := &model.Error{Kind: model.NotFound, Sent: true}
	for name, c := range map[string]struct {
		err  error
		want bool
	}{
		"the answer":   {answer, true},
		"reworded":     {fmt.Errorf("around: %w", &model.Error{Kind: model.Conflict, Cause: answer}), true},
		"the question": {model.Fail(model.NotFound, ""), false},
		"foreign":      {io.EOF, false},
		"no error":     {nil, false},
	} {
		if got := model.WasSent(c.err); got != c.want {
			t.Errorf("%s: sent is %v, want %v", name, got, c.want)
		}
	}
}
