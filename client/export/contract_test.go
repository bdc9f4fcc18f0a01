package export_test

import (
	"errors"
	"strings"
	"testing"

	"authdeck/client/export"
	"authdeck/model"
	"authdeck/ui/batch/batchtest"
)

// TestDocumentsAreAsTheirContractHasThem writes what does harm, of everybody and of a person.
func TestDocumentsAreAsTheirContractHasThem(t *testing.T) {
	tied := of()
	tied.Tie = func(string, model.User) (string, model.Answer) { return "same e-mail", model.Yes }
	done := model.Exported{Rows: 3, Cut: true, Note: "yours alone", Read: model.Sifted{Unsaid: 3, Untold: []string{"expires"}}}
	for _, from := range []export.Of{of(), tied} {
		for _, as := range []model.Format{model.Lines, model.Document} {
			batchtest.Holds(t, []byte(asked(t, model.Export{Format: as, Lacks: []string{"shop: no answer"}}, from, done, tokens()...)))
			var out strings.Builder
			w, err := export.Users(&out, model.Export{Format: as}, from)
			for _, user := range users() {
				err = errors.Join(err, w.Row(&user))
			}
			if err = errors.Join(err, w.End(model.Exported{})); err != nil {
				t.Fatal(err)
			}
			batchtest.Holds(t, []byte(out.String()))
		}
	}
}
