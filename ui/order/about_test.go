package order

import (
	"log/slog"
	"testing"

	"authdeck/model"
)

func TestAKeyIsOfTheTokenThatTheOrderWasAboutWhereTheAnswerNamesNone(t *testing.T) {
	before := model.Token{ID: "7", Name: model.Clean("ci"), Owner: model.User{Username: model.Clean("sara")}}
	r := &reveal{op: operation{order: model.Order{Token: before}}}
	if got := r.about(); got.ID != "7" || got.Owner.Username.String() != "sara" {
		t.Errorf("it is of %+v", got)
	}
	r.issued.Token = model.Token{ID: "8", Name: model.Clean("ci")}
	if got := r.about(); got.ID != "8" || got.Owner.Username.String() != "sara" {
		t.Errorf("it is of %+v", got)
	}
}

// TestWhatWasSealedIsTakenAwayOnce is about a key that a command took, and a file after it.
func TestWhatWasSealedIsTakenAwayOnce(t *testing.T) {
	r := &reveal{Desk: &Desk{Log: slog.New(slog.DiscardHandler)}, issued: model.Issued{Kept: model.Kept{Drop: func() error { return nil }}}}
	if r.drop() == nil {
		t.Error("a sealed key would stay")
	}
	r.taken = true
	if r.drop() != nil {
		t.Error("it would be taken away twice")
	}
}
