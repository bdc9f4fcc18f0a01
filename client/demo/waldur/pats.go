package waldur

import (
	"net/http"
	"net/netip"
	"slices"
	"time"

	"authdeck/client/demo/stage"
)

// pat is a personal access token. Its key is told once; what stays is the
// beginning, which is of the expiry and so says little.
type pat struct {
	id       int
	uuid     string
	owner    *stage.User
	name     string
	head     string
	scopes   []string
	networks []netip.Prefix // that it may come from; none is all
	created  time.Time
	expires  time.Time
	active   bool
	used     time.Time
	from     netip.Addr
	uses     int
}

type patRow struct {
	UUID            string         `json:"uuid"`
	Name            string         `json:"name"`
	TokenPrefix     string         `json:"token_prefix"`
	Scopes          []string       `json:"scopes"`
	AllowedScopes   []any          `json:"allowed_scopes"`
	AllowedNetworks []netip.Prefix `json:"allowed_networks"`
	ExpiresAt       string         `json:"expires_at"`
	IsActive        bool           `json:"is_active"`
	LastUsedAt      *string        `json:"last_used_at"`
	LastUsedIP      *string        `json:"last_used_ip"`
	UseCount        int            `json:"use_count"`
	Created         string         `json:"created"`
}

type newPATRow struct {
	UUID            string         `json:"uuid"`
	Name            string         `json:"name"`
	Token           string         `json:"token"`
	Scopes          []string       `json:"scopes"`
	AllowedScopes   []any          `json:"allowed_scopes"`
	AllowedNetworks []netip.Prefix `json:"allowed_networks"`
	ExpiresAt       string         `json:"expires_at"`
	Created         string         `json:"created"`
}

func (h *server) patRoutes() stage.Routes {
	const path = "/api/personal-access-tokens/"
	return stage.Routes{
		path: {
			"GET":  stage.Serve("tokens", stage.SignedIn, h.listPATs),
			"POST": stage.Serve("create", stage.SignedIn, managed(h.createPAT)),
		},
		path + "{uuid}/": {
			"GET":    stage.Serve("token", stage.SignedIn, h.onePAT),
			"DELETE": stage.Serve("delete", stage.SignedIn, managed(h.revokePAT)),
		},
		path + "{uuid}/rotate/":             {"POST": stage.Serve("regenerate", stage.SignedIn, managed(h.rotatePAT))},
		path + "{uuid}/set_network_acl/":    {"POST": stage.Serve("edit", stage.SignedIn, managed(h.setNetworks))},
		path + "available_scopes/":          {"GET": stage.Serve("choices", stage.SignedIn, h.availableScopes)},
		path + "available_binding_targets/": {"GET": stage.Serve("choices", stage.SignedIn, h.bindingTargets)},
	}
}

// managed keeps personal tokens from making more of their kind.
func managed(serve stage.Handler) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		if personal(r) {
			stage.Detail(w, http.StatusForbidden, "PAT management requires session or token authentication.")
			return
		}
		serve(w, r, caller)
	}
}

func (p pat) admits(from netip.Addr) bool {
	return len(p.networks) == 0 ||
		slices.ContainsFunc(p.networks, func(n netip.Prefix) bool { return n.Contains(from.Unmap()) })
}

func (h *server) patOf(p pat) patRow {
	row := patRow{
		UUID: p.uuid, Name: p.name, TokenPrefix: p.head, Scopes: p.scopes, AllowedScopes: []any{},
		AllowedNetworks: append([]netip.Prefix{}, p.networks...), ExpiresAt: h.formatTime(p.expires),
		IsActive: p.active, UseCount: p.uses, Created: h.formatTime(p.created),
	}
	if !p.used.IsZero() {
		row.LastUsedAt, row.LastUsedIP = stage.OrNull(h.formatTime(p.used)), stage.OrNull(p.from.String())
	}
	return row
}

// patsOf are the caller's own, newest first, with those that are over. Nobody,
// not even staff, sees another's.
func (h *server) patsOf(caller *stage.User) []pat {
	own := slices.DeleteFunc(h.pats.All(), func(p pat) bool { return p.owner != caller })
	slices.Reverse(own)
	slices.SortStableFunc(own, func(a, b pat) int { return b.created.Compare(a.created) })
	return own
}

func (h *server) pat(r *http.Request, caller *stage.User) (pat, bool) {
	for _, p := range h.patsOf(caller) {
		if p.uuid == uuidOf(r) {
			return p, true
		}
	}
	return pat{}, false
}

func (h *server) listPATs(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	page, ok := paginate(w, r, h.patsOf(caller))
	if !ok {
		return
	}
	list := []patRow{}
	for _, p := range page {
		list = append(list, h.patOf(p))
	}
	stage.Reply(w, http.StatusOK, list)
}

func (h *server) onePAT(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	p, ok := h.pat(r, caller)
	if !ok {
		missing(w, "PersonalAccessToken")
		return
	}
	stage.Reply(w, http.StatusOK, h.patOf(p))
}

// revoke says whether the token was active until now.
func (h *server) revoke(id int) (was bool) {
	h.pats.Change(id, func(p *pat) string {
		was, p.active = p.active, false
		return ""
	})
	return was
}

func (h *server) revokePAT(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	p, ok := h.pat(r, caller)
	if !ok {
		missing(w, "PersonalAccessToken")
		return
	}
	h.revoke(p.id)
	w.WriteHeader(http.StatusNoContent)
}

// rotatePAT makes another token in place of an old one, which ends on the same
// day, even if that is past.
func (h *server) rotatePAT(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	p, ok := h.pat(r, caller)
	switch {
	case !ok:
		missing(w, "PersonalAccessToken")
	case !h.revoke(p.id):
		stage.Reply(w, http.StatusBadRequest, []string{"Cannot rotate an inactive token."})
	default:
		h.issue(w, pat{owner: caller, name: p.name, scopes: p.scopes, networks: p.networks, expires: p.expires})
	}
}

// issue files a new token and shows its key, for the only time.
func (h *server) issue(w http.ResponseWriter, p pat) {
	p.created, p.active = h.Today(), true
	p, key := h.filePAT(p)
	w.Header().Set("Cache-Control", "no-store")
	row := h.patOf(p)
	stage.Reply(w, http.StatusCreated, newPATRow{
		UUID: row.UUID, Name: row.Name, Token: key, Scopes: row.Scopes, AllowedScopes: row.AllowedScopes,
		AllowedNetworks: row.AllowedNetworks, ExpiresAt: row.ExpiresAt, Created: row.Created,
	})
}

func (h *server) filePAT(p pat) (filed pat, key string) {
	key = h.keys.personal(p.expires)
	p.uuid, p.head = h.keys.uuid(), key[:8]
	return h.pats.Add(key, func(id int) pat {
		p.id = id
		return p
	}), key
}
