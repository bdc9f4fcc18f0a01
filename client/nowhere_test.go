package client_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"authdeck/model"
)

// nowhere is an address at which nobody listens.
func nowhere(t *testing.T) string {
	t.Helper()
	w := hamgams()[0].start(t)
	address := w.system.URL
	if err := w.demo.Close(); err != nil {
		t.Fatal(err)
	}
	return address
}

func TestWhereNobodyListensAWriteCertainlyDidNotHappen(t *testing.T) {
	t.Parallel()
	api := open(t, profile(t, nowhere(t), canary+"key"), &logBook{})
	_, read := api.WhoAmI(t.Context())
	_, write := api.Do(t.Context(), creating("7"))
	for what, err := range map[string]error{"read": read, "write": write} {
		meets(t, what, err, model.Unavailable, 0)
		if got := fmt.Sprint(err); got != "unavailable: nothing listens there (connection refused)" {
			t.Errorf("%s: %s", what, got)
		}
	}
}

func TestAnErrorDoesNotTellWhatWasSearchedFor(t *testing.T) {
	t.Parallel()
	server := answering(t, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	for name, address := range map[string]string{"nobody there": nowhere(t), "broken off": server.URL} {
		book := &logBook{}
		_, err := open(t, profile(t, address, canary+"key"), book).Users(t.Context(), model.Query{Size: 7, Search: "needle"})
		meets(t, name, err, model.Unavailable, 0)
		for ; err != nil; err = errors.Unwrap(err) {
			if printed := fmt.Sprintf("%+v %#v", err, err); strings.Contains(printed, "needle") || strings.Contains(printed, "ordering") {
				t.Errorf("%s: the error tells what was asked: %s", name, printed)
			}
		}
		if strings.Contains(book.String(), "needle") {
			t.Errorf("%s: the log tells what was searched for: %s", name, book)
		}
	}
}
