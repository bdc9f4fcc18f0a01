// Package hamgam mirrors the Hamgam core API: one token a user, which everybody who
// may list tokens can read. It knows no other mirror, and shares no wire struct with
// the client.
package hamgam

import (
	"net/http"

	"authdeck/client/demo/stage"
)

const (
	keyLength       = 40
	defaultPageSize = 10  // rows unless asked otherwise
	maxPageSize     = 100 // rows, whatever is asked
)

type page[T any] struct {
	Count    int     `json:"count"`
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
	Results  []T     `json:"results"`
}

type tokenRow struct {
	ID        int      `json:"id"`
	Key       string   `json:"key"`
	UserData  ownerRow `json:"user_data"`
	CreatedAt string   `json:"created_at"`
	UpdatedAt string   `json:"updated_at"`
}

type ownerRow struct {
	ID           int     `json:"id"`
	Username     string  `json:"username"`
	MobileNumber *string `json:"mobile_number"`
	FirstName    *string `json:"first_name"`
	LastName     *string `json:"last_name"`
}

type userRow struct {
	ID                 int             `json:"id"`
	Username           string          `json:"username"`
	MobileNumber       *string         `json:"mobile_number"`
	Email              *string         `json:"email"`
	IsEmailVerified    bool            `json:"is_email_verified"`
	Avatar             *string         `json:"avatar"`
	FirstName          *string         `json:"first_name"`
	LastName           *string         `json:"last_name"`
	FullName           *string         `json:"full_name"`
	Gender             string          `json:"gender"`
	InvitedBy          *ownerRow       `json:"invited_by"`
	InviteCode         *string         `json:"invite_code"`
	InviteesCount      *int            `json:"invitees_count"`
	IsActive           bool            `json:"is_active"`
	IsStaff            bool            `json:"is_staff"`
	IsAdmin            bool            `json:"is_admin"`
	IsProfileCompleted bool            `json:"is_profile_completed"`
	IsOnline           bool            `json:"is_online"`
	LastLogin          *string         `json:"last_login"`
	CreatedAt          string          `json:"created_at"`
	UpdatedAt          string          `json:"updated_at"`
	Invitees           []ownerRow      `json:"invitees"`
	GroupsData         []groupRow      `json:"groups_data"`
	PermissionsData    []permissionRow `json:"permissions_data"`
}

// meRow says less than userRow: above all, not what the caller may do.
type meRow struct {
	ID                 int     `json:"id"`
	Username           string  `json:"username"`
	MobileNumber       *string `json:"mobile_number"`
	Email              *string `json:"email"`
	Avatar             *string `json:"avatar"`
	FirstName          *string `json:"first_name"`
	LastName           *string `json:"last_name"`
	FullName           *string `json:"full_name"`
	Gender             string  `json:"gender"`
	IsProfileCompleted bool    `json:"is_profile_completed"`
	Groups             []int   `json:"groups"`
	LastLogin          *string `json:"last_login"`
	CreatedAt          string  `json:"created_at"`
}

type groupRow struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type permissionRow struct {
	ID   int    `json:"id"`
	Code int    `json:"code"`
	Name string `json:"name"`
}

type signedInRow struct {
	Token string `json:"token"`
}

// server tells the store in the words of the Hamgam core API.
type server struct {
	store    *stage.Store
	settings stage.Settings
	tokens   stage.FilterSet[*stage.Token]
	users    stage.FilterSet[*stage.User]
}

// Mirror is the Hamgam core API.
func Mirror() stage.Mirror {
	return stage.Mirror{Name: "shop", Kind: "hamgam", NewKey: stage.HexKey(keyLength), Play: play}
}

func play(on stage.Stage) http.Handler {
	s := on.OneTokenEach(on.Settings.Tokens)
	h := &server{store: s, settings: on.Settings, tokens: tokenFilterSet(), users: userFilterSet(s)}
	return h.handler(on.Middleware(stage.Refuse))
}

func (h *server) routes() stage.Routes {
	one := stage.Methods{"GET": stage.Serve("token", stage.SeeTokens, h.token)}
	if !h.settings.Has(NoDelete) {
		one["DELETE"] = stage.Serve("delete", stage.DeleteTokens, h.remove)
	}
	return stage.Routes{
		"/api/users/auth_tokens/": {
			"GET":  stage.Serve("tokens", stage.SeeTokens, h.listTokens),
			"POST": stage.Serve("create", stage.CreateTokens, h.create),
		},
		"/api/users/auth_tokens/{id}/":            one,
		"/api/users/auth_tokens/{id}/regenerate/": {"POST": stage.Serve("regenerate", stage.RegenerateTokens, h.regenerate)},
		"/api/users/":                 {"GET": stage.Serve("users", stage.SeeUsers, h.listUsers)},
		"/api/users/{id}/":            {"GET": stage.Serve("user", stage.SeeUsers, h.user)},
		"/api/users/me/":              {"GET": stage.Serve("me", stage.Insider, h.me)},
		"/api/users/auth/pwd/signin/": {"POST": stage.Serve("signin", stage.Anyone, h.signIn)},
	}
}

func (h *server) handler(wrap stage.Middleware) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range h.routes() {
		mux.Handle(path+"{$}", stage.Resource(actions, h.admit, wrap))
	}
	return stage.AppendSlash(mux, wrap)
}
