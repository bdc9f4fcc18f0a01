package waldur

import (
	"net/http"
	"net/netip"
	"slices"
	"time"

	"authdeck/client/demo/stage"
)

// waldurPAT is a personal access token. Its key is told once; what stays is the
// beginning, which is of the expiry and so says little.
type waldurPAT struct {
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

type waldurPATRow struct {
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

type waldurNewPAT struct {
	UUID            string         `json:"uuid"`
	Name            string         `json:"name"`
	Token           string         `json:"token"`
	Scopes          []string       `json:"scopes"`
	AllowedScopes   []any          `json:"allowed_scopes"`
	AllowedNetworks []netip.Prefix `json:"allowed_networks"`
	ExpiresAt       string         `json:"expires_at"`
	Created         string         `json:"created"`
}

func (h *waldur) patRoutes() stage.Routes {
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
		path + "{uuid}/rotate/":    {"POST": stage.Serve("regenerate", stage.SignedIn, managed(h.rotatePAT))},
		path + "available_scopes/": {"GET": stage.Serve("choices", stage.SignedIn, h.availableScopes)},
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

func (p waldurPAT) admits(from netip.Addr) bool {
	return len(p.networks) == 0 ||
		slices.ContainsFunc(p.networks, func(n netip.Prefix) bool { return n.Contains(from.Unmap()) })
}

func (h *waldur) patOf(p waldurPAT) waldurPATRow {
	row := waldurPATRow{
		UUID: p.uuid, Name: p.name, TokenPrefix: p.head, Scopes: p.scopes, AllowedScopes: []any{},
		AllowedNetworks: append([]netip.Prefix{}, p.networks...), ExpiresAt: h.stamp(p.expires),
		IsActive: p.active, UseCount: p.uses, Created: h.stamp(p.created),
	}
	if !p.used.IsZero() {
		row.LastUsedAt, row.LastUsedIP = stage.OrNull(h.stamp(p.used)), stage.OrNull(p.from.String())
	}
	return row
}

// patsOf are the caller's own, newest first, with those that are over. Nobody,
// not even staff, sees another's.
func (h *waldur) patsOf(caller *stage.User) []waldurPAT {
	own := slices.DeleteFunc(h.pats.All(), func(p waldurPAT) bool { return p.owner != caller })
	slices.Reverse(own)
	slices.SortStableFunc(own, func(a, b waldurPAT) int { return b.created.Compare(a.created) })
	return own
}

func (h *waldur) pat(r *http.Request, caller *stage.User) (waldurPAT, bool) {
	for _, p := range h.patsOf(caller) {
		if p.uuid == uuidOf(r) {
			return p, true
		}
	}
	return waldurPAT{}, false
}

func (h *waldur) listPATs(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	page, ok := waldurCut(w, r, h.patsOf(caller))
	if !ok {
		return
	}
	list := []waldurPATRow{}
	for _, p := range page {
		list = append(list, h.patOf(p))
	}
	stage.Reply(w, http.StatusOK, list)
}

func (h *waldur) onePAT(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	p, ok := h.pat(r, caller)
	if !ok {
		h.missing(w, "PersonalAccessToken")
		return
	}
	stage.Reply(w, http.StatusOK, h.patOf(p))
}

// revoke says whether the token was active until now.
func (h *waldur) revoke(id int) (was bool) {
	h.pats.Change(id, func(p *waldurPAT) string {
		was, p.active = p.active, false
		return ""
	})
	return was
}

func (h *waldur) revokePAT(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	p, ok := h.pat(r, caller)
	if !ok {
		h.missing(w, "PersonalAccessToken")
		return
	}
	h.revoke(p.id)
	w.WriteHeader(http.StatusNoContent)
}

// rotatePAT makes another token in place of an old one, which ends on the same
// day, even if that is past.
func (h *waldur) rotatePAT(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	p, ok := h.pat(r, caller)
	switch {
	case !ok:
		h.missing(w, "PersonalAccessToken")
	case !h.revoke(p.id):
		stage.Reply(w, http.StatusBadRequest, []string{"Cannot rotate an inactive token."})
	default:
		h.issue(w, waldurPAT{owner: caller, name: p.name, scopes: p.scopes, networks: p.networks, expires: p.expires})
	}
}

// issue files a new token and shows its key, for the only time.
func (h *waldur) issue(w http.ResponseWriter, p waldurPAT) {
	p.created, p.active = h.Today(), true
	p, key := h.filePAT(p)
	w.Header().Set("Cache-Control", "no-store")
	row := h.patOf(p)
	stage.Reply(w, http.StatusCreated, waldurNewPAT{
		UUID: row.UUID, Name: row.Name, Token: key, Scopes: row.Scopes, AllowedScopes: row.AllowedScopes,
		AllowedNetworks: row.AllowedNetworks, ExpiresAt: row.ExpiresAt, Created: row.Created,
	})
}

func (h *waldur) filePAT(p waldurPAT) (filed waldurPAT, key string) {
	key = h.keys.personal(p.expires)
	p.uuid, p.head = h.keys.uuid(), key[:8]
	return h.pats.Add(key, func(id int) waldurPAT {
		p.id = id
		return p
	}), key
}
