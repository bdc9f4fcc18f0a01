package waldur

import (
	"cmp"
	"time"

	"authdeck/client/demo/stage"
)

const firstUser = 311 // so that nobody can take another system's id for a primary key

// account is what this system knows of a user, with the user's one session.
type account struct {
	id                         int // the primary key, which nothing but links tells
	uuid                       string
	person                     *stage.User
	organization, job, remarks string
	deactivation               string        // why the account is inactive
	lifetime                   time.Duration // of the session; 0 is no end
	key                        string        // of the session; "" is none
	used                       time.Time     // when the session began, or was last moved on
	place                      int           // of the row in the database: a row that is written goes to the end
	asked                      time.Time     // when a request last came with its key, in releases that move it on with each
}

// expires is the zero time for what does not expire.
func (a account) expires() time.Time {
	if a.key == "" || a.lifetime == 0 {
		return time.Time{}
	}
	return a.used.Add(a.lifetime)
}

func (a account) expired(now time.Time) bool {
	end := a.expires()
	return !end.IsZero() && end.Before(now)
}

// alive says whether there is a session that can be seen. One that has expired
// stays in the database, where nobody but a sign-in finds it.
func (a account) alive(now time.Time) bool { return a.key != "" && !a.expired(now) }

// managesIdentities is a user who looks after other people's accounts elsewhere.
func (a account) managesIdentities() bool { return a.job == "Identity manager" }

func (h *server) seedAccounts(since time.Time) {
	rank := make(map[*stage.User]int, len(h.Users))
	for i, u := range h.Seeder.Holders(h.Users) {
		rank[u] = i
	}
	places := h.Seeder.Rand.Perm(len(h.Users))
	h.moves.Store(int64(len(places)))
	for i, u := range h.Users {
		a := h.account(i, u)
		a.place = places[i]
		h.open(&a, rank[u], since)
		h.accounts.Add(a.key, func(id int) account {
			a.id = id
			h.byUUID[a.uuid], h.byUser[u] = id, id
			return a
		})
	}
}

func (h *server) account(i int, u *stage.User) account {
	rng := h.Seeder.Rand
	a := account{uuid: h.keys.uuid(), person: u}
	a.organization = []string{"", "Institute of Physics", "Computing Centre", "Library", "Genome Centre", "Observatory"}[u.Group]
	a.job = []string{"", "", "Researcher", "Engineer", "Student", "Identity manager"}[rng.IntN(6)]
	if i%9 == 4 && !h.Settings.Calm {
		a.remarks = stage.Hostile()[i/9%len(stage.Hostile())]
	} else if rng.IntN(12) == 0 {
		a.remarks = "Service account of the build farm"
	}
	if !u.Active {
		harm := h.Settings.Harm(rng.IntN(len(stage.Hostile())), "Contract has ended")
		a.deactivation = []string{"Has left the institute", "Duplicate", harm}[rng.IntN(3)]
	}
	if u.May(stage.Insider) {
		a.job = ""
	}
	return a
}

// open gives as many users as asked for a session that lives. Of the rest, most
// have one that has expired, and some never had any or have signed out.
func (h *server) open(a *account, rank int, since time.Time) {
	const hour = time.Hour
	a.lifetime = []time.Duration{0, 0, 0, hour, 7 * stage.Day, 12 * hour, 2 * hour, 30 * stage.Day}[h.Seeder.Rand.IntN(8)]
	switch rank {
	case 0: // the administrator
		a.lifetime = 12 * hour
	case 1: // the one without rights
		a.lifetime = hour
	}
	switch {
	case rank < h.Settings.Tokens && a.lifetime == 0:
		a.used = h.Seeder.Lately(a.person.CreatedAt, since)
	case rank < h.Settings.Tokens:
		a.used = stage.Later(a.person.CreatedAt, since.Add(-h.Seeder.UpTo(a.lifetime/2)))
	case rank%3 == 0:
		return
	default:
		a.lifetime = cmp.Or(a.lifetime, hour)
		a.used = since.Add(-a.lifetime - time.Second - h.Seeder.UpTo(90*stage.Day))
		if a.used.Before(a.person.CreatedAt) {
			return // came too late to have had one that is over
		}
	}
	a.key = h.KeyOf(a.person)
}

// of is the caller's own account.
func (h *server) of(u *stage.User) account {
	a, _ := h.accounts.Get(h.byUser[u])
	return a
}
