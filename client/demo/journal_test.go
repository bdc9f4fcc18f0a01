package demo

import (
	"net/http"
	"testing"
)

func TestTheJournalForgetsTheOldest(t *testing.T) {
	var j journal
	req, _ := http.NewRequestWithContext(t.Context(), "GET", "/", nil)
	j.arrived(endpoint{"hamgam", "first"}, req)
	for range remembered {
		j.arrived(endpoint{"hamgam", "me"}, req)
	}
	if len(j.entries) != remembered || j.entries[0].Endpoint != "me" {
		t.Errorf("%d entries, oldest %q", len(j.entries), j.entries[0].Endpoint)
	}
}
