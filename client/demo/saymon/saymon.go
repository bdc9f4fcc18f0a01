package saymon

import (
	"net/http"
	"sync"
	"sync/atomic"

	"authdeck/client/demo/stage"
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
const saymonManage = stage.CreateTokens | stage.DeleteTokens

// saymon tells the store in the words of SAYMON, which some know as Central Pult.
type saymon struct {
	store    *stage.Store
	o        stage.Settings
	mint     func() string
	accounts map[int]saymonAccount // by the user's id
	sessions *stage.Table[saymonVisit]
	once     sync.Map // ids of the users who hold a token or once did
	order    uint64   // what the lists are shuffled by
	lists    atomic.Uint64
}

func SaymonMirror() stage.Mirror {
	return stage.Mirror{Name: "pult", Kind: "saymon", NewKey: saymonKey, Play: playSaymon}
}

func playSaymon(on stage.Stage) http.Handler {
	y := &saymon{
		store: on.OneTokenEach(on.Settings.Tokens), o: on.Settings, mint: on.NewKey,
		accounts: saymonAccounts(on), sessions: stage.NewTable[saymonVisit](1),
		order: on.Seeder.Rand.Uint64(),
	}
	for _, u := range on.Users {
		if y.store.HasToken(u) || on.Seeder.Rand.IntN(3) == 0 {
			y.once.Store(u.ID, true)
		}
	}
	return y.handler(on.Middleware(saymonRefuse))
}

func (y *saymon) routes() map[string]stage.Action {
	return map[string]stage.Action{
		"GET /node/api/users":                      stage.Serve("users", stage.SignedIn, y.listUsers),
		"GET /node/api/users/{id}":                 stage.Serve("user", stage.SignedIn, y.user),
		"GET /node/api/users/current":              stage.Serve("me", stage.SignedIn, y.me),
		"POST /node/api/users/{id}/auth-token":     stage.Serve("create", saymonManage, y.create),
		"DELETE /node/api/users/{id}/auth-token":   stage.Serve("delete", saymonManage, y.remove),
		"POST /node/api/users/session":             stage.Serve("signin", stage.Anyone, y.signIn),
		"DELETE /node/api/users/session":           stage.Serve("signin", stage.SignedIn, y.signOut),
		"GET /node/api/users/session/verify/{sid}": stage.Serve("probe", stage.SignedIn, y.verify),
	}
}
