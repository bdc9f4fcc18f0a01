package person_test

import (
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/person"
)

// account is one by what it says: user name, full name, e-mail, phone; what is left out is
// not said.
func account(id string, says ...string) model.User {
	says = append(says, "", "", "", "")
	return model.User{ID: id, Username: model.Clean(says[0]), FullName: model.Clean(says[1]), Email: model.Clean(says[2]), Mobile: model.Clean(says[3])}
}

func ali(says ...string) *person.Known {
	return person.Begin(person.Seed{System: "shop", Account: account("1", says...)}, strings.ToLower)
}

func TestAnAccountIsTiedByWhatBothSay(t *testing.T) {
	whole := []string{"ali", "Ali Kamali", "ali@shop.ir", "+98 912 345 6789"}
	for name, c := range map[string]struct {
		seed, other []string
		how         person.How
	}{
		"the same e-mail":                                {whole, []string{"akamali", "", "ali@shop.ir"}, person.SameEmail},
		"in other letters":                               {whole, []string{"akamali", "", " ALI@Shop.ir "}, person.SameEmail},
		"another e-mail":                                 {whole, []string{"akamali", "Ali Kamali", "ali@other.ir"}, person.Stranger},
		"the user name is the e-mail":                    {whole, []string{"ali@shop.ir"}, person.SameEmail},
		"a longer e-mail":                                {whole, []string{"x", "", "ali@shop.ir.evil.com"}, person.Stranger},
		"the same phone":                                 {whole, []string{"akamali", "", "", "+989123456789"}, person.SamePhone},
		"with 00":                                        {whole, []string{"akamali", "", "", "0098-912-345-6789"}, person.SamePhone},
		"at home":                                        {whole, []string{"akamali", "", "", "0912 345 6789"}, person.LikePhone},
		"without anything before it":                     {whole, []string{"akamali", "", "", "9123456789"}, person.LikePhone},
		"another country":                                {whole, []string{"akamali", "", "", "+49 912 345 6789"}, person.Stranger},
		"both at home":                                   {[]string{"ali", "", "", "09123456789"}, []string{"x", "", "", "0912 345 67 89"}, person.SamePhone},
		"both at home, and short":                        {[]string{"ali", "", "", "01234567"}, []string{"x", "", "", "01234567"}, person.LikePhone},
		"an extension":                                   {[]string{"ali", "", "", "01234567 x1"}, []string{"x", "", "", "01234567 x1"}, person.Stranger},
		"user name and full name, no e-mail":             {whole, []string{"ALI", "ali kamali"}, person.SameNames},
		"the user name, nothing else said":               {whole, []string{"ali"}, person.SameUser},
		"the user name, and another full name":           {whole, []string{"ali", "Ali Rezaei"}, person.SameUser},
		"the user name, another e-mail":                  {whole, []string{"ali", "Ali Kamali", "ali@other.ir"}, person.SameUserNoMore},
		"the user name, e-mail unknown here":             {[]string{"ali"}, []string{"ali", "", "ali@other.ir"}, person.SameUser},
		"the full name alone":                            {whole, []string{"akamali", "Ali Kamali"}, person.Stranger},
		"nothing said":                                   {[]string{""}, []string{""}, person.Stranger},
		"an e-mail that installers fill in":              {[]string{"ali", "", "admin@example.com"}, []string{"admin", "", "admin@example.com"}, person.Stranger},
		"an e-mail with something that nobody sees":      {whole, []string{"akamali", "", "a\u200bli@shop.ir"}, person.Stranger},
		"a phone with something that nobody sees":        {whole, []string{"akamali", "", "", "+98912345\u200b6789"}, person.Stranger},
		"an e-mail of two, which is no address":          {whole, []string{"x", "", "a@b.ir,ali@shop.ir"}, person.Stranger},
		"a part of the user name":                        {whole, []string{"alireza"}, person.Stranger},
		"another user name with the digits of the phone": {whole, []string{"9123456789"}, person.Stranger},
	} {
		tie, is := ali(c.seed...).Tie("idp", account("1", c.other...))
		if tie.How != c.how || is != (c.how != person.Stranger) {
			t.Errorf("%s: %q, want %q", name, tie.How, c.how)
		}
	}
}

func TestTheAccountItselfIsKnownByItsSystemAndNumber(t *testing.T) {
	if tie, _ := ali("ali").Tie("shop", account("1")); tie.How != person.Itself {
		t.Errorf("itself: %s", tie)
	}
	if _, is := ali("ali").Tie("idp", account("1")); is {
		t.Error("number 1 of another system is taken for it")
	}
}

// TestOnlyWhatIsSureTeaches is about safety: what a namesake says would make a stranger sure.
func TestOnlyWhatIsSureTeaches(t *testing.T) {
	k := ali("ali", "", "ali@shop.ir")
	if k.Learn("idp", account("7", "ali", "", "ali@other.ir")) {
		t.Error("a namesake teaches its e-mail")
	}
	if _, is := k.Tie("tower", account("8", "x", "", "ali@other.ir")); is {
		t.Error("a stranger is tied by it")
	}
	if !k.Learn("idp", account("9", "akamali", "", "ali@shop.ir", "+989123456789")) {
		t.Error("who has the e-mail teaches nothing")
	}
	for other, want := range map[string]string{"akamali": "user name only as in idp", "ali": "user name only"} {
		if tie, _ := k.Tie("tower", account("10", other)); tie.String() != want || tie.How.Sure() {
			t.Errorf("%s: %s", other, tie)
		}
	}
	if tie, _ := k.Tie("tower", account("11", "x", "", "", "00989123456789")); tie.String() != "same phone as in idp" || !tie.How.Sure() {
		t.Errorf("%s", tie)
	}
}

func TestWhatAPersonIsLookedForByHasAnEnd(t *testing.T) {
	k := ali("ali", "", "ali@shop.ir")
	for i := range 50 {
		k.Learn("idp", account("9", strings.Repeat("u", i+1), "", "ali@shop.ir"))
	}
	if n := len(k.Users()); n > 5 {
		t.Errorf("%d user names", n)
	}
}

func TestANameAloneIsASeed(t *testing.T) {
	for said, want := range map[string][3]string{
		"ali":              {"ali", "", ""},
		" ali@shop.ir ":    {"ali@shop.ir", "ali@shop.ir", ""},
		"+98 912 345 6789": {"", "", "123456789"},
		"09123456789":      {"", "", "123456789"},
		"12345678":         {"12345678", "", "12345678"},
	} {
		k := person.Begin(person.Named(said), strings.ToLower)
		got := [3]string{strings.Join(k.Users(), " "), strings.Join(k.Emails(), " "), strings.Join(k.Phones(), " ")}
		if got[2] != "" && want[2] != "" && strings.HasSuffix(got[2], want[2]) {
			got[2] = want[2]
		}
		if got != want {
			t.Errorf("%q: %q", said, got)
		}
	}
}

func TestTheSumSaysHowManyAreNotSure(t *testing.T) {
	ties := map[string]person.Tie{
		"a": {How: person.Itself, System: "shop"}, "b": {How: person.SameUser, System: "idp"}, "c": {How: person.SameNames, System: "idp"},
		"d": {How: person.SameUser, System: "tower", Out: true},
	}
	if got := strings.Join(person.SumOf(ties).Words(), " · "); got != "4 accounts in 3 systems, 2 of them by name only · 1 taken out" {
		t.Error(got)
	}
	ties["b"] = person.Tie{How: person.LikePhone, System: "idp"}
	if got := strings.Join(person.SumOf(ties).InShort(), " · "); got != "2 not sure · 1 taken out · 4 accounts in 3 systems" {
		t.Error(got)
	}
	if got := strings.Join(person.SumOf(map[string]person.Tie{"a": {How: person.Itself}}).Words(), " · "); got != "1 account in 1 system" {
		t.Error(got)
	}
}
