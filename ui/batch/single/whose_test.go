package single_test

import (
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
)

// claiming is a system that is asked in a way, and what it says.
func claiming(name string, by model.Passage, c model.Claim) *shop {
	s := newShop()
	s.info.Name = name
	s.may = model.Candidate{Fits: model.Yes, Passages: []model.Passage{by}, Why: "of 30 letters"}
	s.claims = map[model.Passage]model.Claim{by: c}
	return s
}

func TestWhoseKeyItIsHasACode(t *testing.T) {
	mine := model.Claim{Known: model.Yes, Owner: model.User{ID: "7", Username: model.Clean("sara")}, Token: token("31", "ci")}
	over := mine
	over.Token.State = model.Expired
	for _, c := range []struct {
		what    string
		systems []*shop
		code    batch.Exit
	}{
		{"it opens something", []*shop{claiming("a", model.InHeader, mine), claiming("b", model.Compared, model.Claim{})}, batch.Found},
		{"it is over", []*shop{claiming("a", model.InHeader, over)}, batch.Done},
		{"nobody knows it", []*shop{claiming("a", model.InHeader, model.Claim{Known: model.No})}, batch.Done},
		{"one cannot tell", []*shop{claiming("a", model.InHeader, model.Claim{Known: model.No}), claiming("b", model.InHeader, model.Claim{Words: "not now"})}, batch.Partly},
		{"nobody was asked", []*shop{claiming("a", model.InAddress, mine)}, batch.Partly},
	} {
		d := newDesk(t, c.systems...)
		d.piped = " " + canary + "\n"
		d.run("whose", "--json")
		if d.code != c.code {
			t.Errorf("%s: exit code %d, want %d: %s%s", c.what, d.code, c.code, d.said, d.out)
		}
		batchtest.Holds(t, []byte(d.out))
		if strings.Contains(d.out+d.said, canary) {
			t.Errorf("%s: it says the key", c.what)
		}
		d.run("whose")
		if c.code == batch.Found && !strings.Contains(d.out, "authdeck token delete a 31") {
			t.Errorf("%s: it does not say how it is ended: %s", c.what, d.out)
		}
		for _, s := range c.systems {
			s.nothing(t)
		}
	}
}

// TestAKeyIsInAnAddressOnlyWhereSomebodyWantsThat is about logs on the way.
func TestAKeyIsInAnAddressOnlyWhereSomebodyWantsThat(t *testing.T) {
	s := claiming("a", model.InAddress, model.Claim{Known: model.No})
	d := newDesk(t, s)
	d.piped = canary
	d.run("whose")
	if len(s.seen) != 0 || !strings.Contains(d.out, "where logs keep it") {
		t.Errorf("it was asked %v; %s", s.seen, d.out)
	}
	d.run("whose", "--ask", "a")
	if d.expect(batch.Done); len(s.seen) != 1 {
		t.Errorf("it was asked %v", s.seen)
	}
	d.run("whose", "--ask", "nowhere")
	d.expect(batch.Misuse, "no system")
}

func TestAKeyInAnArgumentIsRefusedAndNotRepeated(t *testing.T) {
	s := claiming("a", model.InHeader, model.Claim{Known: model.No})
	d := newDesk(t, s)
	for _, args := range [][]string{{"whose", canary}, {"whose", "--" + canary}, {"whose", "-" + canary}} {
		d.run(args...)
		if d.expect(batch.Misuse); strings.Contains(d.said, "canary") || strings.Contains(d.said, canary) || len(s.seen) != 0 {
			t.Errorf("%q", d.said)
		}
	}
}

func TestAKeyThatIsNoneIsNotSent(t *testing.T) {
	for _, piped := range []string{"", " \n", "two\nlines", "a\x00b", strings.Repeat("x", 9000)} {
		s := claiming("a", model.InHeader, model.Claim{Known: model.No})
		d := newDesk(t, s)
		d.piped = piped
		d.run("whose")
		if d.expect(batch.Misuse, "nobody was asked"); len(s.seen) != 0 {
			t.Errorf("%.9q was sent", piped)
		}
	}
}

func TestAKeyThatIsTypedIsNotShown(t *testing.T) {
	s := claiming("a", model.InHeader, model.Claim{Known: model.No})
	d := newDesk(t, s)
	d.typed = canary + "\n"
	d.run("whose")
	if d.expect(batch.Done, "which is not shown"); len(s.seen) != 1 || strings.Contains(d.said+d.out, canary) {
		t.Errorf("%v, %q", s.seen, d.said)
	}
}
