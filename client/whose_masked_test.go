package client_test

import (
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"authdeck/model"
)

// masking is a network on which some lists show keys behind asterisks, or none.
type masking struct {
	http.RoundTripper
	mask string
}

// RoundTrip implements [http.RoundTripper].
func (m *masking) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := m.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	shown := regexp.MustCompile(`"(key|authenticationToken)":\s*"[^"]+"`).ReplaceAllString(string(body), `"$1":`+m.mask)
	response.Body, response.ContentLength = io.NopCloser(strings.NewReader(shown)), -1
	return response, err
}

func TestAKeyIsNotNobodysWhereTheKeysAreMasked(t *testing.T) {
	shows := func(s subject) bool {
		return inEarnest(s) && (s.dialect.kind == "hamgam" || s.dialect.kind == "saymon")
	}
	forThoseWith(t, "", shows, func(t *testing.T, w *world) {
		for _, mask := range []string{`"****************"`, `7`} {
			network := &http.Transport{}
			t.Cleanup(network.CloseIdleConnections)
			api := openThrough(t, &masking{network, mask}, w.subject.enter(t, w.system), w.log)
			claim := model.WhoseOf(t.Context(), api, model.NewSecret(w.system.Weak), model.Compared)
			tellsNothing(t, mask, claim, w.system.Weak)
			if w.subject.dialect.inQuery != "" && claim.Instead != model.InAddress {
				t.Errorf("%s: nothing is offered instead", mask)
			}
		}
	})
}
