package wire

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"authdeck/model"
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
