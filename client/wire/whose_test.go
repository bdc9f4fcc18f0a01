package wire_test

import (
	"testing"

	"authdeck/client/wire"
	"authdeck/model"
)

func TestATokenIsNamedWhereItCanBeNoOther(t *testing.T) {
	t.Parallel()
	one, two := []model.Token{{ID: "1"}}, []model.Token{{ID: "1"}, {ID: "2"}}
	for what, c := range map[string]struct {
		can   []model.Token
		whole bool
		named string
		alike int
	}{
		"the only one": {one, true, "1", 0}, "one of those that are seen": {one, false, "", 1},
		"one of two": {two, true, "", 2}, "one of some": {two, false, "", 2}, "none": {nil, true, "", 0},
	} {
		claim := wire.PickToken(model.Claim{Known: model.Yes, Words: "So."}, c.can, c.whole)
		if claim.Token.ID != c.named || len(claim.Alike) != c.alike || c.named == "" && claim.Words == "So." {
			t.Errorf("%s: it names %q of %d: %s", what, claim.Token.ID, len(claim.Alike), claim.Words)
		}
	}
}

func TestAKeyHasAFormOnlyAsAWhole(t *testing.T) {
	t.Parallel()
	strict := wire.Keys{Forms: []wire.KeyForm{{Words: "two digits", Pattern: "[0-9]{2}"}, {Words: "an a, or a b", Pattern: "a|b"}}}
	loose := strict
	loose.Others = true
	for key, want := range map[string][2]model.Answer{
		"12": {model.Yes, model.Yes}, "a": {model.Yes, model.Yes}, "123": {model.No, model.Unsaid}, "12\n": {model.No, model.No},
		"ab": {model.No, model.Unsaid}, "": {model.No, model.No}, "1 2": {model.No, model.No}, "é": {model.No, model.No},
	} {
		secret := model.NewSecret(key)
		if got := [2]model.Answer{strict.Fits(secret), loose.Fits(secret)}; got != want {
			t.Errorf("%q: %v, want %v", key, got, want)
		}
	}
	if said := loose.Said(); said != "two digits, or an a, or a b; some may have another form" {
		t.Errorf("they are said to be %q", said)
	}
}
