// Package saymon mirrors SAYMON: one key a user, which is shown with the user. It
// knows no other mirror, and shares no wire struct with the client.
package saymon

import (
	"net/http"
	"sync"
	"sync/atomic"

	"authdeck/client/demo/stage"
)

// userRow is a user in full. What was never given a value is absent; what
// was given one and cleared is null. Fields of type any have several forms.
type userRow struct {
	ID                  string             `json:"id"`
	Login               string             `json:"login"`
	DisplayName         string             `json:"displayName,omitempty"`
	Email               string             `json:"email,omitempty"`
	AuthenticationToken any                `json:"authenticationToken,omitempty"`
	Permissions         []string           `json:"permissions"`
	ObjectPermissions   *objectPermissions `json:"objectPermissions,omitempty"`
	Contacts            []string           `json:"contacts"`
	EventFilter         []struct{}         `json:"eventFilter"`
	Status              int                `json:"status"`
	Group               any                `json:"group,omitempty"`
	ActiveTo            int64              `json:"activeTo,omitempty"`
	Language            string             `json:"language,omitempty"`
	Source              *sourceRow         `json:"source,omitempty"`
	PushFilter          map[string][]int   `json:"pushFilter,omitempty"`
	UISettings          *uiSettings        `json:"uiSettings,omitempty"`
	Favorites           *struct{}          `json:"favorites,omitempty"`
	EntityType          int                `json:"entityType,omitempty"`
}

type objectPermissions struct {
	Include []any `json:"include,omitempty"`
	Exclude []any `json:"exclude,omitempty"`
}

type sourceRow struct {
	SourceType *int   `json:"sourceType"`
	Data       string `json:"data,omitempty"`
}

type uiSettings struct {
	MuteSystemSounds bool `json:"muteSystemSounds"`
}

// maskedUser is what is left of a user for those who may not manage users.
// The login is an alias.
type maskedUser struct {
	ID    string `json:"id"`
	Login string `json:"login"`
}

// manageUsers is the permission manage-users, which is one for everything.
const manageUsers = stage.CreateTokens | stage.DeleteTokens

// server tells the store in the words of SAYMON, which some know as Central Pult.
type server struct {
	store    *stage.Store
	settings stage.Settings
	newKey   func() string
	accounts map[int]account // by the user's id
	sessions *stage.Table[session]
	once     sync.Map // ids of the users who hold a token or once did
	order    uint64   // what the lists are shuffled by
	listings atomic.Uint64
}

// Mirror is SAYMON.
func Mirror() stage.Mirror {
	return stage.Mirror{Name: "pult", Kind: "saymon", NewKey: newKey, Play: play}
}

func play(on stage.Stage) http.Handler {
	y := &server{
		store: on.OneTokenEach(on.Settings.Tokens), settings: on.Settings, newKey: on.NewKey,
		accounts: newAccounts(on), sessions: stage.NewTable[session](1),
		order: on.Seeder.Rand.Uint64(),
	}
	for _, u := range on.Users {
		if y.store.HasToken(u) || on.Seeder.Rand.IntN(3) == 0 {
			y.once.Store(u.ID, true)
		}
	}
	return y.handler(on.Middleware(refuse))
}

func (y *server) routes() map[string]stage.Action {
	return map[string]stage.Action{
		"GET /node/api/users":                      stage.Serve("users", stage.SignedIn, y.listUsers),
		"GET /node/api/users/{id}":                 stage.Serve("user", stage.SignedIn, y.user),
		"GET /node/api/users/current":              stage.Serve("me", stage.SignedIn, y.me),
		"POST /node/api/users/{id}/auth-token":     stage.Serve("create", manageUsers, y.create),
		"DELETE /node/api/users/{id}/auth-token":   stage.Serve("delete", manageUsers, y.remove),
		"POST /node/api/users/session":             stage.Serve("signin", stage.Anyone, y.signIn),
		"DELETE /node/api/users/session":           stage.Serve("signin", stage.SignedIn, y.signOut),
		"GET /node/api/users/session/verify/{sid}": stage.Serve("probe", stage.SignedIn, y.verify),
	}
}
