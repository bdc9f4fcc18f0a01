package awx

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"authdeck/client/demo/stage"
)

const (
	towerKeyLength = 40
	towerIdle      = 1800 // seconds without a request that end a session
	towerExpired   = "Token is expired"
	towerSurplus   = "The maximum number of allowed sessions for this user has been exceeded."
)

// tower is the generation in which a key is a session: there is no list of
// them, and only who signs in learns one.
type tower struct {
	*server
	signing  sync.Mutex // so that two who sign in at once share a session
	sessions *stage.Table[towerSession]
}

// towerSession works from one address and with one User-Agent only.
type towerSession struct {
	id      int
	key     string
	holder  *stage.User
	from    towerCaller
	expires time.Time
	ended   string // what its user is told, "" while it lasts
}

type towerCaller struct{ host, agent string }

type towerSignedIn struct {
	Token   string `json:"token"`
	Expires string `json:"expires"`
}

func newTower(on stage.Stage) *tower {
	return &tower{server: newServer(on, Tower), sessions: stage.NewTable[towerSession](1)}
}

func (t *tower) handler() http.Handler {
	routes := stage.Routes{"/api/": {"GET": stage.Serve("probe", stage.Anyone, t.root)}}
	for _, base := range []string{baseV1, baseV2} {
		maps.Copy(routes, t.peopleRoutes(base))
		routes[base+"authtoken/"] = stage.Methods{
			"POST":   stage.Serve("signin", stage.Anyone, t.signIn),
			"DELETE": stage.Serve("delete", stage.Anyone, t.signOut),
		}
	}
	return t.mount(routes, t.admit, t.Middleware(t.refuse))
}

// signIn gives out the key of the session that the caller has from here, and
// begins one if need be.
func (t *tower) signIn(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	fields, ok := stage.Body{
		Whole: "__all__", NoObject: func([]byte) string { return "JSON parse error - not a JSON object" },
		Broken: func(raw []byte) string { return stage.JSONError(raw) + "\nPossible cause: trailing comma." },
	}.Fields(w, r)
	if !ok {
		return
	}
	wrong := stage.Complaints{}
	username, password := towerText(fields, "username", wrong), towerText(fields, "password", wrong)
	if len(wrong) > 0 {
		stage.Reply(w, http.StatusBadRequest, wrong)
		return
	}
	u := t.withPassword(username, password)
	if u == nil {
		stage.Reply(w, http.StatusBadRequest, stage.Complaints{"__all__": {"Unable to login with provided credentials."}})
		return
	}
	s := t.open(u, callerOf(r))
	w.Header().Set("Auth-Token-Timeout", stage.Decimal(towerIdle))
	w.Header().Set("Pragma", "no-cache")
	w.Header().Set("Cache-Control", "no-cache, no-store, must-revalidate")
	stage.Reply(w, http.StatusOK, towerSignedIn{Token: s.key, Expires: stage.FormatTime(s.expires)})
}

// towerText trims, so a password that begins with a space signs nobody in.
func towerText(fields map[string]json.RawMessage, name string, wrong stage.Complaints) string {
	value := stage.TextField(fields, name, wrong)
	trimmed := strings.TrimSpace(value)
	if trimmed == "" && value != "" {
		wrong[name] = []string{"This field may not be blank."}
	}
	return trimmed
}

func (t *tower) open(u *stage.User, from towerCaller) towerSession {
	t.signing.Lock()
	defer t.signing.Unlock()
	all := t.sessions.All()
	if i := slices.IndexFunc(all, func(s towerSession) bool {
		return s.holder.ID == u.ID && s.from == from && s.ended == "" && s.expires.After(t.Today())
	}); i >= 0 {
		s, _ := t.sessions.Change(all[i].id, t.prolong)
		return s
	}
	key := t.Seeder.Hex(towerKeyLength)
	begun := t.sessions.Add(key, func(id int) towerSession {
		return towerSession{id: id, key: key, holder: u, from: from, expires: t.Today().Add(towerIdle * time.Second)}
	})
	if t.Settings.Has(OneSession) {
		for _, s := range all {
			if s.holder.ID == u.ID {
				t.end(s.id, towerSurplus)
			}
		}
	}
	return begun
}

func (t *tower) prolong(s *towerSession) string {
	s.expires = t.Today().Add(towerIdle * time.Second)
	return ""
}

// end does not change why a session has ended before.
func (t *tower) end(id int, why string) {
	t.sessions.Change(id, func(s *towerSession) string {
		if s.ended == "" {
			s.ended = why
		}
		return ""
	})
}

// signOut asks for no credential and says yes to everything. Only this one
// spelling of the header does anything.
func (t *tower) signOut(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	words := strings.Fields(r.Header.Get("Authorization"))
	if len(words) > 1 && words[0] == "Token" {
		if s, ok := t.sessions.ByKey(words[1]); ok {
			t.end(s.id, towerExpired)
		}
	}
	w.WriteHeader(http.StatusNoContent)
}
