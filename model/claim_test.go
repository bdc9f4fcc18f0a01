package model_test

import (
	"testing"

	"authdeck/model"
)

func TestAKeyIsEndedByWhatTheSystemHas(t *testing.T) {
	t.Parallel()
	token := model.Token{ID: "7"}
	for what, c := range map[string]struct {
		claim   model.Claim
		missing []model.Action
		want    model.Action
	}{
		"by the key":                   {model.Claim{Known: model.Yes, ByKey: true, Token: token}, nil, model.Revoke},
		"by its number":                {model.Claim{Known: model.Yes, Token: token}, nil, model.Delete},
		"where a key is not asked for": {model.Claim{Known: model.Yes, ByKey: true, Token: token}, []model.Action{model.Revoke}, model.Delete},
		"by a new key":                 {model.Claim{Known: model.Yes, Token: token}, []model.Action{model.Delete}, model.Regenerate},
		"not":                          {model.Claim{Known: model.Yes, Token: token, ByKey: true}, model.Actions(), model.Nothing},
		"one of several":               {model.Claim{Known: model.Yes, Alike: []model.Token{token}}, nil, model.Nothing},
		"nobody's":                     {model.Claim{Known: model.No, ByKey: true}, nil, model.Nothing},
		"nobody knows whose":           {model.Claim{ByKey: true}, nil, model.Nothing},
	} {
		info := model.Info{Missing: model.Caps{}}
		for _, a := range c.missing {
			info.Missing[a] = "no"
		}
		if got := c.claim.End(info); got != c.want {
			t.Errorf("%s: %s, want %s", what, got, c.want)
		}
	}
}

func TestASystemThatKnowsNoWayIsNotAskedWhoseAKeyIs(t *testing.T) {
	t.Parallel()
	key := model.NewSecret("k")
	c, claim := model.CandidateOf(nil, key), model.WhoseOf(t.Context(), nil, key, model.InHeader)
	if c.Asked() || c.Why == "" || claim.Known != model.Unsaid || claim.Words == "" {
		t.Errorf("%+v, %+v", c, claim)
	}
	if (model.Candidate{Fits: model.Yes, Passages: []model.Passage{model.InAddress}}).Asked() {
		t.Error("an address carries a key that nobody has asked to put there")
	}
}
