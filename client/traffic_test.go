package client_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
	"authdeck/model/traffic"
)

// keepsNoKey holds what is kept of the requests of a world to what the log is held to. It is
// asked after every promise about a system.
func (w *world) keepsNoKey(t *testing.T) {
	t.Helper()
	asked, _ := w.log.asked.Newest(0)
	for _, e := range asked {
		redacttest.Hides(t, "what is kept of a request", fmt.Sprintf("%+v %s", e, e.Curl()), w.issued...)
		if strings.Contains(e.Path, "?") || e.System == "" || e.Method == "" || e.At.IsZero() {
			t.Errorf("a request is kept as %+v", e)
		}
	}
}

// asked are the requests that were kept since so many.
func (w *world) asked(since int64) (asked []traffic.Exchange) {
	all, _ := w.log.asked.Newest(0)
	for _, e := range all {
		if e.Number > since {
			asked = append(asked, e)
		}
	}
	return asked
}

func TestAWriteIsKeptWithItsOrderItsAnswerAndItsCredentialLeftOut(t *testing.T) {
	forThose(t, offering(model.Create), func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		_, before := w.log.asked.Newest(0)
		w.creates(t)
		written := 0
		for _, e := range w.asked(before) {
			if e.Sort != traffic.Write {
				continue
			}
			written++
			if written == 1 && (e.End != traffic.Served || e.Status/100 != 2) { // an older server is asked in another way first
				t.Errorf("the last one is kept as %+v", e)
			}
			if e.Action != model.Create || e.Words == "" || e.Took <= 0 || e.Tries != 1 || strings.Contains(e.Path, traffic.Hidden) {
				t.Errorf("it is kept as %+v", e)
			}
			if curl := e.Curl(); !strings.Contains(curl, w.system.URL) {
				t.Errorf("it is asked elsewhere: %s", curl)
			}
			if said := strings.Join(e.LeftOut(), " ") + e.Curl(); !strings.Contains(said, "$TOKEN") && !strings.Contains(said, "session") && !w.subject.dialect.bySignIn {
				t.Errorf("the credential is not spoken of: %s", said)
			}
		}
		if written == 0 {
			t.Error("no write is kept")
		}
	})
}

func TestARequestThatFailedIsKeptWithTheKindOfItsError(t *testing.T) {
	forEverySystem(t, func(t *testing.T, w *world) {
		must(w.api.WhoAmI(t.Context()))(t)
		_, before := w.log.asked.Newest(0)
		w.breaks(t, "any:403")
		if _, err := w.api.WhoAmI(t.Context()); err == nil {
			t.Fatal("nothing failed")
		}
		asked := w.asked(before)
		if len(asked) == 0 || asked[0].End != traffic.Failed || asked[0].Status != 403 || asked[0].Outcome() == "ok" {
			t.Errorf("it is kept as %+v", asked)
		}
	})
}
