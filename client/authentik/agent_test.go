package authentik_test

import (
	"strings"
	"testing"

	"authdeck/model"
)

// agentsToken is one of a service account under the path of agents, as 2026.8 has them.
func agentsToken(expires string) string {
	owner := strings.NewReplacer(`"type":"internal"`, `"type":"service_account","path":"goauthentik.io/agents"`).Replace(sara)
	return strings.NewReplacer(sara, owner, later, expires).Replace(apiBody)
}

func TestTheTokenOfAnAgentIsMarkedAndSaidToBeDeletedAtItsEnd(t *testing.T) {
	t.Parallel()
	for expires, words := range map[string]string{
		later:                  "It is the token of an agent. authentik deletes it on its date.",
		"2020-01-01T00:00:00Z": "It is the token of an agent. Its date has passed and its key is refused; authentik's worker deletes it within minutes.",
	} {
		s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/": say(200, listOf(agentsToken(expires)))}))
		api := s.api(t)
		row := token(t, api, "ci")
		if row.Note.String() != words || row.Owner.Kind.String() != "agent" {
			t.Errorf("%s: %q of %+v", expires, row.Note, row.Owner)
		}
		form := must(api.Prepare(t.Context(), model.Regenerate, row))(t)
		if gone := strings.Contains(strings.Join(form.Warnings, " "), "deletes the token within minutes"); gone != (expires != later) {
			t.Errorf("%s: %q", expires, form.Warnings)
		}
	}
}

func TestAnotherServiceAccountIsNoAgent(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"goauthentik.io/service-accounts", "goauthentik.io/agents/x", "", "users"} {
		body := strings.Replace(agentsToken(later), "goauthentik.io/agents", path, 1)
		s := serve(t, with(superuser(), map[string]answer{"GET /core/tokens/": say(200, listOf(body))}))
		if row := token(t, s.api(t), "ci"); row.Owner.Kind.String() != "service_account" || !strings.Contains(row.Note.String(), "rotates itself") {
			t.Errorf("%q: %q of %+v", path, row.Note, row.Owner)
		}
	}
}

func TestWhoWeAreIsReadAsTheNewestServersSayIt(t *testing.T) {
	t.Parallel()
	self := strings.TrimSuffix(strings.TrimPrefix(rootMe, `{"user":`), "}")
	newest := strings.Replace(self, `"pk":1`, `"is_current":true,"pk":1`, 1)
	s := serve(t, with(superuser(), map[string]answer{"GET /core/users/me/": say(200, `{"user":`+newest+`,"users":[`+newest+`]}`)}))
	if me := must(s.api(t).WhoAmI(t.Context()))(t); me.ID != "1" || me.Admin != model.Yes {
		t.Errorf("%+v", me)
	}
}
