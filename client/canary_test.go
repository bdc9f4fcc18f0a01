package client_test

import (
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// Every key that the demo knows begins with the canary: those of the people whom
// it signs in as, and those of everybody else.

func TestNoListShowsAKeyHoweverItIsPrinted(t *testing.T) {
	forThose(t, inEarnest, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		for q := (model.Query{Size: 50}); ; {
			page := must(w.api.Users(t.Context(), q))(t)
			showsNoKey(t, page)
			if q.At = page.Next; q.At == "" {
				break
			}
		}
		if !withTokens(w.subject) {
			return
		}
		for q := (model.Query{Size: 50}); ; {
			page := must(w.api.Tokens(t.Context(), q))(t)
			showsNoKey(t, page)
			if q.At = page.Next; q.At == "" {
				break
			}
		}
	})
}

func TestNoErrorOfABrokenServerShowsAKey(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		for _, read := range w.reads(t, w.api) {
			for _, fault := range []string{"401", "403", "404", "429", "500", "html", "cut", "redirect", "wrongtype", "empty"} {
				w.breaks(t, "any:"+fault)
				redacttest.TellsNoKey(t, read(t.Context()))
			}
			w.breaks(t, "")
		}
	})
}

func TestARefusalThatEchoesTheCredentialDoesNotShowIt(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		echo := answering(t, quoting)
		s := w.system
		s.URL = echo.URL
		book := &logBook{}
		api := open(t, w.subject.enter(t, s), book)
		for what, read := range map[string]func() error{
			"me":     func() error { _, err := api.WhoAmI(t.Context()); return err },
			"tokens": func() error { _, err := api.Tokens(t.Context(), model.Query{Size: 7}); return err },
			"users":  func() error { _, err := api.Users(t.Context(), model.Query{Size: 7}); return err },
		} {
			err := read()
			if err == nil && (what != "tokens" || withTokens(w.subject)) {
				t.Errorf("%s: there is no error", what)
			}
			redacttest.TellsNoKey(t, err)
		}
		redacttest.Hides(t, "the log", book.String())
	})
}

func TestASystemThatIsOpenShowsNoKeyHoweverItIsPrinted(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		showsNoKey(t, w.api)
		showsNoKey(t, w.api.Info())
		showsNoKey(t, w.subject.enter(t, w.system))
	})
}
