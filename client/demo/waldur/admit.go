package waldur

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"authdeck/client/demo/stage"
)

// notGiven is what a request without a credential is told.
const notGiven = "Authentication credentials were not provided."

// admit lets in by the key of a session or by a personal token. A personal token
// is bound by its scopes, whoever its owner is. A credential that is no good is
// refused on open addresses too: who looks at it does not know where it goes.
func (h *server) admit(w http.ResponseWriter, r *http.Request, need stage.Right) (*stage.User, bool) {
	caller, scopes, complaint := h.caller(r)
	if need == stage.Anyone && (complaint == "" || complaint == notGiven) {
		return caller, true
	}
	bound := personal(r) && need&staffRight != 0 && !slices.Contains(scopes, staffScope)
	switch {
	case complaint != "":
		stage.Unauthenticated(w, complaint)
	case !caller.May(need) || bound:
		stage.Refuse(w, http.StatusForbidden)
	default:
		return caller, true
	}
	return nil, false
}

// caller reads the header; every scheme it does not know counts as none.
func (h *server) caller(r *http.Request) (caller *stage.User, scopes []string, complaint string) {
	words := strings.Fields(r.Header.Get("Authorization"))
	switch {
	case len(words) > 0 && strings.EqualFold(words[0], "Token"):
		caller, complaint = h.bySession(words[1:])
	case personal(r):
		caller, scopes, complaint = h.byPAT(words[1:], r)
	default:
		complaint = notGiven
	}
	return caller, scopes, complaint
}

// personal says whether the request comes with a bearer's credential.
func personal(r *http.Request) bool {
	words := strings.Fields(r.Header.Get("Authorization"))
	return len(words) > 0 && strings.EqualFold(words[0], "Bearer")
}

func (h *server) bySession(words []string) (*stage.User, string) {
	switch {
	case len(words) == 0:
		return nil, "Invalid token. No credentials provided."
	case len(words) > 1:
		return nil, "Invalid token. Token string should not contain spaces."
	case !utf8.ValidString(words[0]):
		return nil, "Invalid token header. Token string should not contain invalid characters."
	}
	a, ok := h.accounts.ByKey(words[0])
	switch {
	case !ok || a.key == "":
		return nil, "Invalid token."
	case !a.person.Active:
		return nil, "User inactive or deleted."
	case a.expired(h.Now()):
		return nil, "Token has expired."
	}
	h.moveOn(a)
	return a.person, ""
}

// moveOn begins the lifetime of a session anew because it is used, though not
// with every request in newer releases.
func (h *server) moveOn(a account) {
	patience := time.Duration(0)
	switch {
	case h.release == latest && a.lifetime == 0:
		patience = 10 * time.Minute
	case h.release == latest:
		patience = a.lifetime / 2
	case h.release > oldest:
		patience = time.Minute
	}
	now := h.Today()
	if now.Sub(a.used) <= patience {
		return
	}
	h.accounts.Change(a.id, func(row *account) string {
		if row.key == a.key && row.used.Before(now) {
			row.used, row.asked = now, now
		}
		return ""
	})
}

// byPAT never tells what is wrong with a personal token. What does not look like
// one goes to the identity provider, which is not set up; 7.0 knows of none.
func (h *server) byPAT(words []string, r *http.Request) (*stage.User, []string, string) {
	if h.release == oldest {
		return nil, nil, notGiven
	}
	if h.release < usual || len(words) != 1 || !strings.HasPrefix(words[0], "w_") {
		return nil, nil, "Introspection configuration is incomplete."
	}
	now, from := h.Today(), callerAddress(r)
	p, ok := h.pats.ByKey(words[0])
	if _, there := h.accounts.Get(h.byUser[p.owner]); !ok || !there || !p.active || p.expires.Before(now) || !p.owner.Active || !mayUsePATs(p.owner) || !p.admits(from) {
		return nil, nil, "Invalid token."
	}
	if now.Sub(p.used) > 10*time.Minute {
		h.pats.Change(p.id, func(row *pat) string {
			row.used, row.from, row.uses = now, from, row.uses+1
			return ""
		})
	}
	return p.owner, p.scopes, ""
}

// mayUsePATs is a flag of the user, which being staff does not replace.
func mayUsePATs(u *stage.User) bool { return u.May(stage.Insider) }

func callerAddress(r *http.Request) netip.Addr {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	addr, _ := netip.ParseAddr(host)
	return addr
}
