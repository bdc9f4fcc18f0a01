package awx

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

const (
	keyLength    = 30
	clientLength = 40
	letters      = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
)

// token is a row of the token list. Its key is not in it: nobody sees one
// again after the answer that made it.
type token struct {
	id                         int
	owner, maker, editor       *stage.User // the last two are told by the gateway alone
	app                        int         // 0 is a personal token
	description, scope         string
	created, modified, expires time.Time
	lastUsed                   time.Time // zero is never
	refreshed                  bool      // it was given with a refresh token
}

func (t token) any() bool        { return true }
func (t token) personal() bool   { return t.app == 0 }
func (t token) authorized() bool { return t.app != 0 }

// application is an application that tokens can be made for.
type application struct {
	id                int
	name, description string
	client, secret    string
	public            bool
	grant             string // how it gets its tokens
	org               int
	owner             *stage.User // whose every token of it becomes, nil for the caller's
	created           time.Time
}

// profile is what a user is in AWX, besides an administrator.
type profile struct {
	auditor bool   // sees everything, changes nothing
	account string // "ldap", "social" or "enterprise" for who signs in elsewhere
	org     int    // 0 is none
}

func newKey(s *stage.Seeder) string { return (s.Prefix + randomText(s, keyLength))[:keyLength] }

func randomText(s *stage.Seeder, length int) string {
	var b strings.Builder
	for range length {
		b.WriteByte(letters[s.Rand.IntN(len(letters))])
	}
	return b.String()
}

// newProfiles decides who is what. The one without rights is in no organization, or
// they would see its members.
func (a *server) newProfiles() map[int]profile {
	out := map[int]profile{}
	for i, u := range a.Users {
		st := profile{org: u.Group, auditor: !u.Admin && u.May(stage.SeeTokens)}
		if odds := a.Seeder.Rand.IntN(24); i > 1 && odds < 4 {
			st.account = []string{"ldap", "ldap", "social", "enterprise"}[odds]
		}
		out[u.ID] = st
	}
	weak := profile{}
	if a.Settings.Has(ExternalStaff) {
		weak.account = "ldap"
	}
	out[a.Users[1].ID] = weak
	return out
}

func (a *server) seedApps() {
	names := []string{"Release console", "Service desk", a.Settings.Harm(4, "Chat bridge"), "Grafana", "Backup"}
	for i, name := range names {
		app := application{
			name: name, description: "Made for the " + []string{"staff", "machines"}[i%2],
			client: randomText(a.Seeder, clientLength), public: i == 3, grant: "password", org: i + 1,
			created: a.Base.Add(-stage.History + time.Duration(i)*90*stage.Day),
		}
		if i == len(names)-1 {
			app.owner = a.Users[len(a.Users)/2]
		}
		a.apps.Add("", func(id int) application { app.id = id; return app })
	}
}

// seedTokens gives two in three tokens to somebody who has none yet, and the
// rest to those who have, so that some hold several: the one without rights too, whose
// second is an application's.
func (a *server) seedTokens() {
	holders := a.Seeder.Holders(a.Users)[:max(stage.FewestUsers, a.Settings.Tokens*2/3)]
	owners := slices.Clone(holders)
	if len(owners) < a.Settings.Tokens {
		owners = append(owners, a.Users[1])
	}
	for len(owners) < a.Settings.Tokens {
		owners = append(owners, holders[a.Seeder.Rand.IntN(len(holders))])
	}
	type seed struct {
		row token
		key string
	}
	seeds := make([]seed, len(owners))
	for i, u := range owners {
		seeds[i].row = a.seedToken(u, i)
		if seeds[i].key = a.NewKey(); i < len(holders) {
			seeds[i].key = a.KeyOf(u)
		}
	}
	slices.SortStableFunc(seeds, func(x, y seed) int {
		return cmp.Or(x.row.created.Compare(y.row.created), cmp.Compare(x.row.owner.ID, y.row.owner.ID))
	})
	for _, s := range seeds {
		t := a.tokens.Add(s.key, func(id int) token { s.row.id = id; return s.row })
		a.remember(t.created, t.owner, "create", t.named(), t.changes())
	}
}

// seedToken keeps the first token of the two who sign in good for anything.
func (a *server) seedToken(u *stage.User, i int) token {
	rng := a.Seeder.Rand
	t := token{owner: u, maker: u, editor: u, scope: "write", description: a.purpose(i)}
	t.created = a.born(u, i)
	t.modified = t.created.Add(time.Duration(40+rng.IntN(90)) * time.Microsecond)
	if rng.IntN(6) == 0 {
		t.modified = a.Seeder.Between(t.modified, a.Base)
	}
	t.expires = a.seedExpiry(t.created)
	if rng.IntN(5) > 0 {
		t.lastUsed = a.Seeder.Lately(t.created, a.Base)
	}
	if i < 2 {
		return t
	}
	if rng.IntN(3) == 0 { // from a time when the setting was lower
		t.expires = t.created.Add([]time.Duration{90, 365, 730}[rng.IntN(3)] * stage.Day)
		t.lastUsed = stage.Earlier(t.lastUsed, t.expires)
	}
	if i%20 == 7 {
		a.endThisWeek(&t, []int{30, 90, 365}[i/20%3])
	}
	if rng.IntN(4) == 0 {
		t.scope = "read"
	}
	if rng.IntN(4) == 0 || u == a.Users[1] {
		t.app, t.refreshed = 1+rng.IntN(len(a.apps.All())), true
	}
	return t
}

// born is when a token was made: one in sixty today, and the rest any time after its owner.
func (a *server) born(u *stage.User, i int) time.Time {
	if i%60 == 5 {
		return a.Seeder.Between(stage.Later(a.Base.Add(-stage.Morning), u.CreatedAt), a.Base)
	}
	return a.Seeder.Between(u.CreatedAt, a.Base)
}

// endThisWeek has a token been made so that it ends within a week, if its owner was
// there by then.
func (a *server) endThisWeek(t *token, days int) {
	end := a.Seeder.Between(a.Base.Add(stage.Day), a.Base.Add(7*stage.Day))
	if made := end.AddDate(0, 0, -days); made.After(t.owner.CreatedAt) {
		t.created, t.modified, t.expires = made, made.Add(50*time.Microsecond), end
		if !t.lastUsed.IsZero() {
			t.lastUsed = stage.Later(t.lastUsed, made)
		}
	}
}

// seedExpiry is the end of a token that was made under the policy from before: a
// gateway's have kept their thousand years.
func (a *server) seedExpiry(made time.Time) time.Time {
	return made.AddDate(0, 0, thousandYears/(24*60*60))
}

// purpose is what somebody wrote about a token; much of it does harm.
func (a *server) purpose(i int) string {
	const usual = 3 // of four
	if texts := stage.Hostile(); i%4 == usual && !a.Settings.Calm {
		return texts[i/4%len(texts)]
	}
	words := []string{"", "jenkins", "terraform on the build machine", "my laptop", "بکاپ شبانه", "nightly report", "测试", "do not delete"}
	return words[a.Seeder.Rand.IntN(len(words))]
}
