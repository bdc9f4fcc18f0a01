//go:build sixth

// Package sixth mirrors a plain token service, which nobody runs, in a test build
// alone: the smallest example of a mirror. It knows no other mirror, and shares no wire
// struct with the client.
package sixth

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"authdeck/client/demo/stage"
)

const keyLength = 40

type tokenRow struct {
	ID      string  `json:"id"`
	User    userRow `json:"user"`
	Created string  `json:"created"`
	Current bool    `json:"current"`
}

// madeRow is the one answer with a key in it.
type madeRow struct {
	tokenRow
	Key string `json:"key"`
}

type userRow struct {
	ID       string `json:"id"`
	Login    string `json:"login"`
	Name     string `json:"name"`
	Active   bool   `json:"active"`
	HasToken bool   `json:"has_token"`
}

// server tells the store in the words of the service.
type server struct{ store *stage.Store }

// Mirror is the service as it is played.
func Mirror() stage.Mirror {
	return stage.Mirror{Name: "annex", Kind: "sixth", NewKey: stage.HexKey(keyLength), Play: play}
}

func play(on stage.Stage) http.Handler {
	s := &server{store: on.OneTokenEach(on.Settings.Tokens)}
	wrap := on.Middleware(stage.Refuse)
	mux := http.NewServeMux()
	for path, methods := range s.routes() {
		mux.Handle(path, stage.Resource(methods, s.admit, wrap))
	}
	mux.Handle("/", wrap("", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { stage.Refuse(w, http.StatusNotFound) })))
	return mux
}

func (s *server) routes() stage.Routes {
	return stage.Routes{
		"/me":    {"GET": stage.Serve("me", stage.SignedIn, s.me)},
		"/users": {"GET": stage.Serve("users", stage.SeeUsers, s.listUsers)},
		"/tokens": {
			"GET":  stage.Serve("tokens", stage.SeeTokens, s.listTokens),
			"POST": stage.Serve("create", stage.CreateTokens, s.create),
		},
		"/tokens/{id}": {"DELETE": stage.Serve("delete", stage.DeleteTokens, s.remove)},
	}
}

// keyOf is the key that a request is signed with; empty for none.
func keyOf(r *http.Request) string {
	key, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		return ""
	}
	return key
}

// admit lets in by the key of a token whose owner is active.
func (s *server) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	switch t, err := s.store.ByKey(keyOf(r)); {
	case err != nil || !t.Owner.Active:
		stage.Refuse(w, http.StatusUnauthorized)
	case !t.Owner.May(need):
		stage.Refuse(w, http.StatusForbidden)
	default:
		return t.Owner, true
	}
	return nil, false
}

func (s *server) me(w http.ResponseWriter, _ *http.Request, caller *stage.User) {
	stage.Reply(w, http.StatusOK, s.userRowOf(caller))
}

func (s *server) listUsers(w http.ResponseWriter, _ *http.Request, _ *stage.User) {
	rows := []userRow{}
	for _, u := range s.store.Users {
		rows = append(rows, s.userRowOf(u))
	}
	stage.Reply(w, http.StatusOK, rows)
}

func (s *server) listTokens(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	rows := []tokenRow{}
	for _, t := range s.store.AllTokens() {
		rows = append(rows, s.tokenRowOf(t, t.Key == keyOf(r)))
	}
	stage.Reply(w, http.StatusOK, rows)
}

func (s *server) create(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	fields, ok := stage.ReadFields(w, r)
	if !ok {
		return
	}
	wrong := stage.Complaints{}
	owner, _ := strconv.Atoi(stage.TextField(fields, "user", wrong)) // 0, which nobody has, for what is not a number
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	switch t, err := s.store.Create(owner); {
	case errors.Is(err, stage.ErrHasToken):
		stage.Detail(w, http.StatusConflict, "This user already has a token.")
	case err != nil:
		stage.Reply(w, http.StatusBadRequest, stage.Complaints{"user": {"There is no such user."}})
	default:
		stage.Reply(w, http.StatusCreated, madeRow{s.tokenRowOf(t, false), t.Key})
	}
}

func (s *server) remove(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	if s.store.Remove(stage.PathID(r)) != nil {
		stage.Refuse(w, http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *server) tokenRowOf(t *stage.Token, current bool) tokenRow {
	return tokenRow{ID: stage.Decimal(t.ID), User: s.userRowOf(t.Owner), Created: stage.FormatTime(t.CreatedAt), Current: current}
}

func (s *server) userRowOf(u *stage.User) userRow {
	return userRow{ID: stage.Decimal(u.ID), Login: u.Username, Name: u.FullName(), Active: u.Active, HasToken: s.store.HasToken(u)}
}
