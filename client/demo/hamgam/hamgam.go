package hamgam

import (
	"net/http"

	. "authdeck/client/demo/stage"
)

const (
	hamgamKeyLength = 40
	hamgamLimit     = 10  // rows unless asked otherwise
	hamgamMost      = 100 // rows, whatever is asked
)

type hamgamPage[T any] struct {
	Count    int     `json:"count"`
	Next     *string `json:"next"`
	Previous *string `json:"previous"`
	Results  []T     `json:"results"`
}

type hamgamToken struct {
	ID        int         `json:"id"`
	Key       string      `json:"key"`
	UserData  hamgamOwner `json:"user_data"`
	CreatedAt string      `json:"created_at"`
	UpdatedAt string      `json:"updated_at"`
}

type hamgamOwner struct {
	ID           int     `json:"id"`
	Username     string  `json:"username"`
	MobileNumber *string `json:"mobile_number"`
	FirstName    *string `json:"first_name"`
	LastName     *string `json:"last_name"`
}

type hamgamUser struct {
	ID                 int                `json:"id"`
	Username           string             `json:"username"`
	MobileNumber       *string            `json:"mobile_number"`
	Email              *string            `json:"email"`
	IsEmailVerified    bool               `json:"is_email_verified"`
	Avatar             *string            `json:"avatar"`
	FirstName          *string            `json:"first_name"`
	LastName           *string            `json:"last_name"`
	FullName           *string            `json:"full_name"`
	Gender             string             `json:"gender"`
	InvitedBy          *hamgamOwner       `json:"invited_by"`
	InviteCode         *string            `json:"invite_code"`
	InviteesCount      *int               `json:"invitees_count"`
	IsActive           bool               `json:"is_active"`
	IsStaff            bool               `json:"is_staff"`
	IsAdmin            bool               `json:"is_admin"`
	IsProfileCompleted bool               `json:"is_profile_completed"`
	IsOnline           bool               `json:"is_online"`
	LastLogin          *string            `json:"last_login"`
	CreatedAt          string             `json:"created_at"`
	UpdatedAt          string             `json:"updated_at"`
	Invitees           []hamgamOwner      `json:"invitees"`
	GroupsData         []hamgamGroup      `json:"groups_data"`
	PermissionsData    []hamgamPermission `json:"permissions_data"`
}

// hamgamMe says less than hamgamUser: above all, not what the caller may do.
type hamgamMe struct {
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

type hamgamGroup struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

type hamgamPermission struct {
	ID   int    `json:"id"`
	Code int    `json:"code"`
	Name string `json:"name"`
}

type hamgamSignedIn struct {
	Token string `json:"token"`
}

// hamgam tells the store in the words of the Hamgam core API.
type hamgam struct {
	store  *Store
	o      Settings
	tokens FilterSet[*Token]
	users  FilterSet[*User]
}

func HamgamMirror() Mirror {
	return Mirror{Name: "shop", Kind: "hamgam", NewKey: HexKey(hamgamKeyLength), Play: playHamgam}
}

func playHamgam(on Stage) http.Handler {
	s := on.OneTokenEach(on.Settings.Tokens)
	h := &hamgam{store: s, o: on.Settings, tokens: hamgamTokens(), users: hamgamUsers(s)}
	return h.handler(on.Middleware(Refuse))
}

func (h *hamgam) routes() Routes {
	one := Methods{"GET": Serve("token", SeeTokens, h.token)}
	if !h.o.Has(HamgamNoDelete) {
		one["DELETE"] = Serve("delete", DeleteTokens, h.remove)
	}
	return Routes{
		"/api/users/auth_tokens/": {
			"GET":  Serve("tokens", SeeTokens, h.listTokens),
			"POST": Serve("create", CreateTokens, h.create),
		},
		"/api/users/auth_tokens/{id}/":            one,
		"/api/users/auth_tokens/{id}/regenerate/": {"POST": Serve("regenerate", RegenerateTokens, h.regenerate)},
		"/api/users/":                 {"GET": Serve("users", SeeUsers, h.listUsers)},
		"/api/users/{id}/":            {"GET": Serve("user", SeeUsers, h.user)},
		"/api/users/me/":              {"GET": Serve("me", Insider, h.me)},
		"/api/users/auth/pwd/signin/": {"POST": Serve("signin", Anyone, h.signIn)},
	}
}

func (h *hamgam) handler(watch Middleware) http.Handler {
	mux := http.NewServeMux()
	for path, actions := range h.routes() {
		mux.Handle(path+"{$}", Resource(actions, h.admit, watch))
	}
	return AppendSlash(mux, watch)
}
