package wire

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-resty/resty/v2"

	"authdeck/client/redact"
	"authdeck/model"
	"authdeck/model/traffic"
)

// noted are the names that servers gave the writes that were made with a context.
type noted struct {
	mu    sync.Mutex
	names []string
}

type notedKey struct{}

// NoteRequests has it noted by what name servers remember the writes that are made with the
// context: an administrator finds them by it in the system's own logs. Most give none.
func NoteRequests(ctx context.Context) (_ context.Context, names func() []string) {
	n := &noted{}
	return context.WithValue(ctx, notedKey{}, n), func() []string {
		n.mu.Lock()
		defer n.mu.Unlock()
		return slices.Clone(n.names)
	}
}

// longestName is in bytes, of a request.
const longestName = 64

// note takes the name of an answered write. It is a foreign string that nobody has cleaned
// yet: one in which a secret stands is none.
func (c *Conn) note(ctx context.Context, r Request, header http.Header) {
	n, asked := ctx.Value(notedKey{}).(*noted)
	if !asked || !r.write() {
		return
	}
	for _, field := range []string{"X-Authentik-Id", "X-Api-Request-Id", "X-Request-Id"} {
		name := header.Get(field)
		if name == "" || len(name) > longestName || c.redactor(r.Secret).Leaks(name) {
			continue
		}
		n.mu.Lock()
		n.names = append(n.names, model.Clean(name).String())
		n.mu.Unlock()
		return
	}
}

// cause is the order that requests are a part of.
type cause struct {
	action model.Action
	shown  []string // the identifiers in it, which a person was shown and which are no keys
}

type causeKey struct{}

// WithOrder has it noted of the exchanges that are made with the context what they are a
// part of.
func WithOrder(ctx context.Context, action model.Action, t model.Token, owner model.User) context.Context {
	return context.WithValue(ctx, causeKey{}, cause{action, []string{t.ID, t.Owner.ID, owner.ID}})
}

// account is what may be kept of a request, gathered while it is made up. What went before
// it was sent is no exchange.
type account struct {
	begun time.Time
	sent  bool
	what  traffic.Sent
}

// signed notes where the credential stands, and what else signing has put there.
func (a *account) signed(c *Conn, req *resty.Request, asked url.Values, key model.Secret) {
	if c.traffic == nil {
		return // nobody asks
	}
	plain := key.Reveal()
	for _, name := range slices.Sorted(maps.Keys(req.Header)) {
		value := req.Header.Get(name)
		scheme, rest, _ := strings.Cut(value, " ")
		switch {
		case value == plain:
			a.what.Credential = traffic.Credential{Header: name}
		case rest == plain:
			a.what.Credential = traffic.Credential{Header: name, Scheme: scheme}
		case scheme == "Basic":
			a.what.Credential = traffic.Credential{Header: name, Scheme: scheme, User: c.Username()}
		default:
			a.what.Omitted = append(a.what.Omitted, "the header "+name+", in which a session stands")
		}
	}
	for name := range req.QueryParam {
		if _, ours := asked[name]; !ours {
			a.what.Credential = traffic.Credential{Query: name}
		}
	}
}

// carries notes the names of what stands in a body.
func (a *account) carries(c *Conn, body []byte, secret model.Secret) {
	if c.traffic == nil {
		return
	}
	hidden := c.redactor(secret)
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		a.what.Omitted = append(a.what.Omitted, "its body")
		return
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		if shown, fit := hidden.Redact(name); fit && shown == name {
			a.what.Fields = append(a.what.Fields, name)
			continue
		}
		a.what.Omitted = append(a.what.Omitted, "a field of the body with a name that may be a key")
	}
}

// keep keeps the exchange for who asks what this console has sent.
func (c *Conn) keep(ctx context.Context, r Request, a *account, response *resty.Response, err error) {
	if c.traffic == nil || !a.sent {
		return
	}
	of, _ := ctx.Value(causeKey{}).(cause)
	e := traffic.Exchange{
		System: c.system, Method: r.Method, Base: c.base, Path: c.shownPath(r, of.shown), At: a.begun, Took: time.Since(a.begun),
		Tries: 1, Action: of.action, Sent: a.what,
	}
	if response != nil {
		e.Status, e.Words = response.StatusCode(), strings.ToLower(http.StatusText(response.StatusCode()))
		e.Tries = max(1, response.Request.Attempt)
	}
	if err != nil {
		e.End, e.Kind = traffic.Failed, model.KindOf(err)
	}
	switch {
	case r.write():
		e.Sort = traffic.Write
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		e.Sort = traffic.SignIn
	}
	if len(r.Query) > 0 {
		e.Sent.Omitted = append(e.Sent.Omitted, "its query")
	}
	if len(r.Header) > 0 {
		e.Sent.Omitted = append(e.Sent.Omitted, "its own headers")
	}
	c.traffic.Note(e)
}

// shownPath is a path without what may be a key. An identifier that looks like one, as a
// UUID does, stands there if it was shown to the person who gave the order.
func (c *Conn) shownPath(r Request, shown []string) string {
	hidden := c.redactor(r.Secret)
	parts := strings.Split(r.Path, "/")
	for i, part := range parts {
		plain, err := url.PathUnescape(part)
		switch {
		case err != nil || hidden.Leaks(plain):
			parts[i] = traffic.Hidden
		case redact.LooksLikeKey(plain) && !slices.Contains(shown, plain):
			parts[i] = traffic.Hidden
		}
	}
	return model.Clean(strings.Join(parts, "/")).String()
}

// addressOf is the address of a system as it may be shown.
func addressOf(u *url.URL) string {
	path := strings.TrimRight(u.EscapedPath(), "/")
	if redact.LooksLikeKey(path) {
		path = "/" + traffic.Hidden
	}
	return model.Clean(u.Scheme + "://" + u.Host + path).String()
}
