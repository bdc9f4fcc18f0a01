package awx_test

import (
	"strings"
	"testing"
	"time"

	"authdeck/model"
)

const settingsPage = `{"AUTH_BASIC_ENABLED":true,"OAUTH2_PROVIDER":{"ACCESS_TOKEN_EXPIRE_SECONDS":%,"AUTHORIZATION_CODE_EXPIRE_SECONDS":600}}`

// settled is a server that shows how long a token lives.
func settled(t *testing.T, seconds string) *stage {
	t.Helper()
	return lab(t, map[string][]answer{"GET /api/v2/settings/authentication/": {ok(strings.Replace(settingsPage, "%", seconds, 1))}})
}

func TestTheEndOfANewTokenIsSaidLoudlyWhereItIsEarlierThanBefore(t *testing.T) {
	s := lab(t, map[string][]answer{"POST /api/v2/tokens/": {made("43", `,"expires":"2026-07-02T10:15:00Z"`)}})
	api := s.byToken(t, "oauth2")
	issued := must(api.Do(t.Context(), order(model.Regenerate, read(t, api, s), nil)))(t)
	if len(issued.Notes) == 0 || issued.Notes[0] != "THE NEW TOKEN ENDS EARLIER than the old one, which would have ended on 3023-11-04 09:15 UTC." {
		t.Errorf("noted %q", issued.Notes)
	}
	issued = must(lab(t, nil).byToken(t, "oauth2").Do(t.Context(), order(model.Create, model.Token{}, nil)))(t)
	if _, known := issued.Token.Expires.Time(); !known || says(issued.Notes, "3026") || says(issued.Notes, "EARLIER") {
		t.Errorf("an end that the token says itself is noted once more: %q", issued.Notes)
	}
	s = lab(t, map[string][]answer{"POST /api/v2/tokens/": {made("43", `,"expires":null`)}})
	issued = must(s.byToken(t, "oauth2").Do(t.Context(), order(model.Create, model.Token{}, nil)))(t)
	if !says(issued.Notes, "did not say when the new token ends") {
		t.Errorf("noted %q", issued.Notes)
	}
}

func TestAQuestionSaysThatTheDateStartsAnew(t *testing.T) {
	far, near := model.At(time.Date(3026, 11, 29, 20, 39, 0, 0, time.UTC)), model.At(time.Now().Add(time.Minute))
	for name, c := range map[string]struct {
		seconds string
		ends    model.When
		words   string
	}{
		"earlier":     {"3600", far, "THE NEW TOKEN ENDS EARLIER: its date starts anew, and by the server's settings it lives for 1 hour"},
		"later":       {"31536000000", near, "starts anew: by the server's settings the new token lives for 1000 years, to about 30"},
		"odd":         {`"soon"`, far, "may be an earlier one. The server alone sets it: about a thousand years"},
		"absurd":      {"9007199254740990", far, "This one ends on 3026-11-29 20:39 UTC."},
		"of no date":  {"5400", model.When{}, "lives for 90 minutes"},
		"in one year": {"31536000", far, "lives for 1 year, to about"},
	} {
		form := must(settled(t, c.seconds).byToken(t, "oauth2").Prepare(t.Context(), model.Regenerate, model.Token{ID: "42", Owner: model.User{ID: "1"}, Expires: c.ends}))(t)
		if !says(form.Warnings, c.words) {
			t.Errorf("%s: it warns of %q", name, form.Warnings)
		}
	}
}

func TestTheEndOfANewTokenIsAskedOfTheSettingsByWhoMayReadThem(t *testing.T) {
	little := strings.Replace(rootUser, `"is_superuser":true`, `"is_superuser":false`, 1)
	for who, want := range map[string]string{
		rootUser: "a new token lives for 1 hour",
		little:   "about a thousand years from now, unless its administrators chose otherwise",
		strings.Replace(little, `"is_system_auditor":false`, `"is_system_auditor":true`, 1): "a new token lives for 1 hour",
	} {
		s := settled(t, "3600")
		s.answers["GET /api/v2/me/"] = []answer{ok(listOf(who))}
		form := must(s.byToken(t, "oauth2").Prepare(t.Context(), model.Create, model.Token{}))(t)
		if said := form.Review(model.Draft{}); !says(said, want) {
			t.Errorf("%s is told %q", who, said)
		}
	}
	s := start(t, map[string][]answer{"GET /api/gateway/v1/me/": {ok(listOf(rootUser))}})
	form := must(s.byToken(t, "gateway").Prepare(t.Context(), model.Create, model.Token{}))(t)
	if said := form.Review(model.Draft{}); !says(said, "newer ones after one year") {
		t.Errorf("of a gateway it says %q", said)
	}
}
