package fleet_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"authdeck/client/fleet"
	"authdeck/model"
	"authdeck/model/person"
)

// holder is an account with a token, whose name is that of the system and the user's.
func (s *stub) holder(id, name, email string) {
	u := model.User{ID: id, Username: model.Clean(name), Email: model.Clean(email)}
	s.users = append(s.users, u)
	s.tokens = append(s.tokens, model.Token{ID: "t" + id, Name: model.Clean(s.info.Name + "/" + name), Owner: u, State: model.Active})
}

// offices are four systems: ali is akamali in the second, where the e-mail is the same, and
// that name is somebody's in the third; in the fourth there is a namesake.
func offices() []*stub {
	var all []*stub
	for _, name := range []string{"shop", "idp", "tower", "pult"} {
		s := system(name, 0, 1)
		s.info.UserSearch, s.info.OwnerAndMore = []string{"username", "e-mail"}, true
		s.holder("7", "somebody", "somebody@else.ir")
		all = append(all, s)
	}
	all[1].late = time.Millisecond // what it tells, the others are asked for once more
	all[0].holder("1", "ali", "ali@shop.ir")
	all[1].holder("2", "akamali", "ali@shop.ir")
	all[2].holder("3", "akamali", "")
	all[3].holder("4", "ali", "ali@other.ir")
	return all
}

// ali is the seed of a token's row, of which only the name is known.
func ali() person.Seed {
	return person.Seed{System: "shop", Account: model.User{ID: "1", Username: model.Clean("ali")}}
}

// ofPerson reads the tokens of a person until no more are to come.
func ofPerson(t *testing.T, v model.API, q model.Query) model.Page[model.Token] {
	t.Helper()
	for q.Size = 50; ; q.Fresh = false {
		answer, err := v.Tokens(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if !answer.Unfinished {
			return answer
		}
		time.Sleep(time.Second)
	}
}

func names(p model.Page[model.Token]) string {
	var all []string
	for _, row := range p.Items {
		all = append(all, row.Name.String())
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

func ties(v person.View) string {
	var all []string
	for _, tie := range v.Ties() {
		all = append(all, fmt.Sprint(tie.System, ": ", tie, ", ", tie.Certainty()))
	}
	slices.Sort(all)
	return strings.Join(all, "; ")
}

func somebodys(t *testing.T, test func(*testing.T, person.View, []*stub)) {
	t.Helper()
	together(t, offices, func(t *testing.T, f *fleet.Fleet, s []*stub) {
		v := f.Person(ali())
		test(t, v, s)
		if err := v.Close(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

func TestAPersonsAccountsAreFoundByWhatTheFirstOneSays(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, s []*stub) {
		page := ofPerson(t, v, model.Query{Fresh: true})
		if got := names(page); got != "idp/akamali pult/ali shop/ali tower/akamali" {
			t.Errorf("%s", got)
		}
		if got := ties(v); got != "idp: same e-mail, sure; pult: name, other e-mail, not sure; shop: opened here, sure; tower: user name only as in idp, not sure" {
			t.Errorf("%s", got)
		}
		if !strings.HasPrefix(page.Note, "Looked for by e-mail, user name.") || len(page.Lacks) > 0 {
			t.Errorf("%q, %q", page.Note, page.Lacks)
		}
		for _, one := range s {
			if slices.Contains(one.looked, "ali@other.ir") {
				t.Errorf("%s was asked for what a namesake says", one.info.Name)
			}
			if one.most > 1 {
				t.Errorf("%s was asked %d things at once", one.info.Name, one.most)
			}
		}
	})
}

func TestWhatIsTakenOutStaysOutAndNobodyIsAskedForThat(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, s []*stub) {
		ofPerson(t, v, model.Query{Fresh: true})
		before := len(s[3].asked)
		v.Take("pult\x004", true)
		if got := names(ofPerson(t, v, model.Query{})); got != "idp/akamali shop/ali tower/akamali" || len(s[3].asked) != before {
			t.Errorf("%s, asked %q", got, s[3].asked[before:])
		}
		if got := names(ofPerson(t, v, model.Query{Fresh: true})); got != "idp/akamali shop/ali tower/akamali" {
			t.Errorf("read anew: %s", got)
		}
		var file []string
		if _, err := v.(interface {
			EachToken(ctx context.Context, q model.Query, take func([]model.Token, model.Sifted) error) (string, error)
		}).EachToken(t.Context(), model.Query{}, func(rows []model.Token, _ model.Sifted) error {
			for _, row := range rows {
				file = append(file, row.Name.String())
			}
			return nil
		}); err != nil || slices.Contains(file, "pult/ali") || len(file) != 3 {
			t.Errorf("a file has %q, %v", file, err)
		}
		if sum := person.SumOf(v.Ties()); sum.Out != 1 || sum.Unsure != 1 {
			t.Errorf("%+v", sum)
		}
		v.Take("pult\x004", false)
		if got := names(ofPerson(t, v, model.Query{})); got != "idp/akamali pult/ali shop/ali tower/akamali" {
			t.Errorf("put back: %s", got)
		}
	})
}

func TestASlowOrDeadSystemKeepsNobodysTokensBack(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, s []*stub) {
		s[2].late, s[3].fails = time.Minute, model.Fail(model.Forbidden, "you may not list users")
		began := time.Now()
		page, err := v.Tokens(t.Context(), model.Query{Size: 50, Fresh: true})
		if err != nil || names(page) != "idp/akamali shop/ali" || !page.Unfinished || time.Since(began) > 2*time.Second {
			t.Errorf("after %v: %s, %v", time.Since(began), names(page), err)
		}
		if len(page.Lacks) != 1 || page.Lacks[0] != "✗ pult: who it is there cannot be told: you may not list users; nothing of it is here." {
			t.Errorf("%q", page.Lacks)
		}
		if !strings.Contains(page.Note, "tower: asking…") || strings.Contains(page.Note, "shop: ") {
			t.Errorf("%q", page.Note)
		}
		if got := names(ofPerson(t, v, model.Query{})); got != "idp/akamali shop/ali tower/akamali" {
			t.Errorf("in the end: %s", got)
		}
	})
}

// TestTheTokensOfTheAccountItselfAreThereWhereNobodyMayBeLookedUp is for a credential that
// sees tokens and no users.
func TestTheTokensOfTheAccountItselfAreThereWhereNobodyMayBeLookedUp(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, s []*stub) {
		s[0].mute = model.Fail(model.Forbidden, "no")
		page := ofPerson(t, v, model.Query{Fresh: true})
		if got := names(page); got != "pult/ali shop/ali" {
			t.Errorf("%s", got)
		}
		if got := ties(v); got != "pult: user name only, not sure; shop: opened here, sure" {
			t.Errorf("%s", got)
		}
		if all := strings.Join(page.Lacks, " "); !strings.Contains(all, "✗ shop: the account itself cannot be read (no)") || !strings.Contains(all, "✗ shop: who it is there cannot be told: no") {
			t.Errorf("%q", page.Lacks)
		}
		if !strings.Contains(page.Note, "by a name alone nothing is sure") {
			t.Errorf("%q", page.Note)
		}
	})
}

func TestASystemWithoutASearchIsReadWholeAndOneThatDoesNotTellIsNotAsked(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, s []*stub) {
		s[1].info.UserSearch = nil
		s[3].info.Silent, s[3].info.UsersRecorded = []string{"email"}, true
		s[3].users[1].Email = model.Text{}
		page := ofPerson(t, v, model.Query{Fresh: true})
		if got := names(page); got != "idp/akamali pult/ali shop/ali tower/akamali" {
			t.Errorf("%s", got)
		}
		if page.Note != "Looked for by e-mail, user name; no e-mail addresses are told by pult; all users were read of idp; that it was asked is recorded by pult." {
			t.Errorf("%q", page.Note)
		}
		if slices.Contains(s[3].looked, "ali@shop.ir") {
			t.Errorf("pult was asked for %q", s[3].looked)
		}
	})
}

func TestAfterAWriteOnlyItsSystemIsReadAnew(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, s []*stub) {
		rows := ofPerson(t, v, model.Query{Fresh: true}).Items
		i := slices.IndexFunc(rows, func(row model.Token) bool { return row.System == "idp" })
		home, own := model.Home(v, rows[i])
		if _, err := home.Do(t.Context(), model.Order{Action: model.Delete, Token: own}); err != nil {
			t.Fatal(err)
		}
		var before []int
		for _, one := range s {
			before = append(before, len(one.asked))
		}
		if got := names(ofPerson(t, v, model.Query{Fresh: true})); got != "pult/ali shop/ali tower/akamali" {
			t.Errorf("%s", got)
		}
		for i, one := range s {
			if more := one.asked[before[i]:]; (len(more) > 0) != (one.info.Name == "idp") || slices.Contains(more, "users") {
				t.Errorf("%s was asked for %q", one.info.Name, more)
			}
		}
	})
}

func TestBothListsOfAPersonComeOfOneSearch(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, s []*stub) {
		ofPerson(t, v, model.Query{Fresh: true})
		looked := len(s[1].looked)
		page, err := v.Users(t.Context(), model.Query{Size: 50, Fresh: true})
		if err != nil || len(page.Items) != 4 || len(s[1].looked) != looked {
			t.Errorf("%d accounts, %v; asked for %q more", len(page.Items), err, s[1].looked[looked:])
		}
		page, err = v.Users(t.Context(), model.Query{Size: 50, Where: "user:akamali"})
		if err != nil || len(page.Items) != 2 || len(s[1].looked) != looked {
			t.Errorf("narrowed: %d accounts, %v", len(page.Items), err)
		}
		if _, err = v.Users(t.Context(), model.Query{Size: 50, Fresh: true}); err != nil || len(s[1].looked) == looked {
			t.Errorf("asked anew, nobody was looked for; %v", err)
		}
	})
}

// TestAnAccountsTokensAreCountedWhereItsSystemDoesNotSay is about two pages of one person that
// say the same: what was read is known, and what a system leaves out is no none.
func TestAnAccountsTokensAreCountedWhereItsSystemDoesNotSay(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, all []*stub) {
		all[1].tokens = all[1].tokens[:1] // none of theirs
		all[2].tokens, all[2].note = all[2].tokens[:1], "You see your own only."
		told := func() string {
			page, err := v.Users(t.Context(), model.Query{Size: 50})
			for ; err == nil && page.Unfinished; page, err = v.Users(t.Context(), model.Query{Size: 50}) {
				time.Sleep(time.Second)
			}
			if err != nil {
				t.Fatal(err)
			}
			var words []string
			for _, u := range page.Items {
				words = append(words, u.System+" "+u.TokenWord.String())
			}
			slices.Sort(words)
			return strings.Join(words, ", ")
		}
		if before := told(); before != "idp , pult , shop , tower " {
			t.Errorf("before the tokens were read: %q", before)
		}
		ofPerson(t, v, model.Query{})
		if after := told(); after != "idp none, pult 1, shop 1, tower " {
			t.Errorf("after: %q", after)
		}
	})
}

func TestASearchThatNobodyAsksAboutEnds(t *testing.T) {
	somebodys(t, func(t *testing.T, v person.View, s []*stub) {
		s[2].late = time.Hour
		if _, err := v.Tokens(t.Context(), model.Query{Size: 50, Fresh: true}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(20 * time.Second)
		synctest.Wait()
		if s[2].running() != 0 {
			t.Error("the slow one is still asked")
		}
	})
}
