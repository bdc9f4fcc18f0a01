package plan_test

import (
	"errors"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
)

// strict is two systems of which the second takes signed plans only, and a plan for both.
func strict(t *testing.T) (mars, venus *system, both union, p *plan.Plan) {
	t.Helper()
	mars, venus = named("mars"), named("venus")
	venus.info.Signers = "/etc/authdeck/signers"
	both = union{members: []model.API{mars, venus}}
	tokens := some(4)
	for i := range tokens {
		tokens[i].System = []string{"mars", "venus"}[i%2]
	}
	return mars, venus, both, made(t, both, model.Delete, tokens)
}

func TestAPlanThatIsNotSignedAsOneOfItsSystemsWantsIsNotBegunAnywhere(t *testing.T) {
	mars, venus, both, p := strict(t)
	for want, vouch := range map[string]plan.Vouch{
		"venus wants a signed plan: it is not signed; write it to a file": nil,
		"venus wants a signed plan: it was altered":                       func(string) error { return errors.New("it was altered") },
	} {
		j := &memory{}
		run, err := plan.Apply(t.Context(), p, both, j, plan.Options{Vouch: vouch})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
		if run != nil {
			run.Wait(t.Context())
		}
		if len(mars.sent)+len(venus.sent)+len(j.records) != 0 {
			t.Errorf("sent %v and %v", mars.sent, venus.sent)
		}
	}
	var asked string
	run, _ := applied(t, p, both, &memory{}, plan.Options{Vouch: func(signers string) error { asked = signers; return nil }})
	if outcomes(run) != "[done done done done]" || asked != venus.info.Signers {
		t.Errorf("%s, by %s", outcomes(run), asked)
	}
}

func TestASystemWithNothingToBeSentDoesNotAskForASignature(t *testing.T) {
	_, venus, both, p := strict(t)
	p.Lines[1].Cannot, p.Lines[3].Cannot = "no", "no"
	if found := p.Objections(both, nil); len(found) != 0 {
		t.Errorf("%v", found)
	}
	run, _ := applied(t, p, both, &memory{}, plan.Options{})
	if outcomes(run) != "[done cannot done cannot]" || len(venus.sent) != 0 {
		t.Errorf("%s", outcomes(run))
	}
}

func TestTheLinesOfASystemWithAnObjectionCannotBeSentAndSayWhy(t *testing.T) {
	_, _, both, p := strict(t)
	here := p.Here(both).Barred(p.Objections(both, plan.Unsigned))
	if c := here.Count(); c.Cannot != 2 || c.Sent != 2 || !strings.Contains(here.Lines[1].Cannot, "it is not signed; write it to a file (w), and have somebody else sign it with authdeck plan sign FILE") {
		t.Errorf("%+v: %q", c, here.Lines[1].Cannot)
	}
	if p.Lines[1].Cannot != "" {
		t.Error("the plan itself was changed")
	}
}
