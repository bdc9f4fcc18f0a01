package demo

import (
	"net/http"
	"sync"
	"sync/atomic"
)

// saymonUser is a user in full. What was never given a value is absent; what
// was given one and cleared is null. Fields of type any have several forms.
type saymonUser struct {
	ID                  string           `json:"id"`
	Login               string           `json:"login"`
	DisplayName         string           `json:"displayName,omitempty"`
	Email               string           `json:"email,omitempty"`
	AuthenticationToken any              `json:"authenticationToken,omitempty"`
	Permissions         []string         `json:"permissions"`
	ObjectPermissions   *saymonObjects   `json:"objectPermissions,omitempty"`
	Contacts            []string         `json:"contacts"`
	EventFilter         []struct{}       `json:"eventFilter"`
	Status              int              `json:"status"`
	Group               any              `json:"group,omitempty"`
	ActiveTo            int64            `json:"activeTo,omitempty"`
	Language            string           `json:"language,omitempty"`
	Source              *saymonSource    `json:"source,omitempty"`
	PushFilter          map[string][]int `json:"pushFilter,omitempty"`
	UISettings          *saymonSettings  `json:"uiSettings,omitempty"`
	Favorites           *struct{}        `json:"favorites,omitempty"`
	EntityType          int              `json:"entityType,omitempty"`
}

type saymonObjects struct {
	Include []any `json:"include,omitempty"`
	Exclude []any `json:"exclude,omitempty"`
}

type saymonSource struct {
	SourceType *int   `json:"sourceType"`
	Data       string `json:"data,omitempty"`
}

type saymonSettings struct {
	MuteSystemSounds bool `json:"muteSystemSounds"`
}

// saymonGlimpse is what is left of a user for those who may not manage users.
// The login is an alias.
type saymonGlimpse struct {
	ID    string `json:"id"`
	Login string `json:"login"`
}

// saymonManage is the permission manage-users, which is one for everything.
const saymonManage = issueTokens | dropTokens

// saymon tells the store in the words of SAYMON, which some know as Central Pult.
type saymon struct {
	store    *store
	o        settings
	mint     func() string
	accounts map[int]saymonAccount // by the user's id
	sessions *ledger[saymonVisit]
	once     sync.Map // ids of the users who hold a token or once did
	order    uint64   // what the lists are shuffled by
	lists    atomic.Uint64
}

func saymonMirror() mirror {
	return mirror{name: "pult", kind: "saymon", key: saymonKey, play: playSaymon}
}

func playSaymon(on stage) http.Handler {
	y := &saymon{
		store: on.oneEach(on.o.tokens), o: on.o, mint: on.mint,
		accounts: saymonAccounts(on), sessions: newLedger[saymonVisit](1),
		order: on.seeder.rng.Uint64(),
	}
	for _, u := range on.users {
		if y.store.holds(u) || on.seeder.rng.IntN(3) == 0 {
			y.once.Store(u.id, true)
		}
	}
	return y.handler(on.watch(saymonRefuse))
}

func (y *saymon) routes() map[string]action {
	return map[string]action{
		"GET /node/api/users":                      newAction("users", signedIn, y.listUsers),
		"GET /node/api/users/{id}":                 newAction("user", signedIn, y.user),
		"GET /node/api/users/current":              newAction("me", signedIn, y.me),
		"POST /node/api/users/{id}/auth-token":     newAction("create", saymonManage, y.create),
		"DELETE /node/api/users/{id}/auth-token":   newAction("delete", saymonManage, y.remove),
		"POST /node/api/users/session":             newAction("signin", anyone, y.signIn),
		"DELETE /node/api/users/session":           newAction("signin", signedIn, y.signOut),
		"GET /node/api/users/session/verify/{sid}": newAction("probe", signedIn, y.verify),
	}
}
