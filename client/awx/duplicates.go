package awx

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// latest is how many of the newest tokens are looked at for those alike: a proxy was
// seen to make four of one, while others made theirs.
const latest = 50

// duplicateOf is what tokens have in common that one order made, and since when they
// can be there. What the server chose itself is not compared.
type duplicateOf struct {
	draft
	kind   string
	owner  string    // a number; empty for whoever it is
	except []string  // the numbers of those that are known
	since  time.Time // the yes, by this console's clock
	from   time.Time // the same by the server's; zero while that is not known
}

// of is what a token that was made in answer has in common with its like. It tells
// the server's clock, too: it was made after the yes, and before now.
func (l duplicateOf) of(made token) duplicateOf {
	l.draft, l.kind, l.owner = made.successor(), made.token().Kind.String(), made.token().Owner.ID
	l.except = append(l.except, made.ID.id())
	if at, known := made.Created.When().Time(); known {
		l.from = at.Add(-time.Since(l.since))
	}
	return l
}

// fits reports whether a token is alike.
func (l duplicateOf) fits(w token) bool {
	t := w.token()
	at, known := t.Created.Time()
	return t.ID != "" && !slices.Contains(l.except, t.ID) && known && !at.Before(l.from) &&
		t.Kind.String() == l.kind && (l.owner == "" || t.Owner.ID == l.owner) &&
		t.Description == model.Clean(l.Description) &&
		(l.Scope == "" || t.Scope == model.Clean(l.Scope)) &&
		(l.Application == 0 || w.successor().Application == l.Application)
}

// findDuplicates are the tokens alike, newest first.
func (i *issuer) findDuplicates(ctx context.Context, l duplicateOf) ([]model.Token, error) {
	path, within, err := i.tokensOf(l.owner)
	if err != nil {
		return nil, err
	}
	query := url.Values{"order_by": {"-id"}, "page": {"1"}, "page_size": {strconv.Itoa(latest)}}
	maps.Copy(query, within)
	reply, err := wire.Ask[envelope[token]](ctx, i.conn, wire.Request{Method: http.MethodGet, Path: path, Query: query})
	i.learn(reply.Header)
	switch {
	case err != nil:
		return nil, err
	case reply.Value.Results == nil:
		return nil, model.Fail(model.Malformed, "the server answered without a list")
	}
	if l.from.IsZero() {
		l.from = serversNow(reply.Header).Add(-time.Since(l.since))
	}
	var found []model.Token
	for _, w := range reply.Value.Results {
		if l.fits(w) {
			found = append(found, i.token(w))
		}
	}
	return found, nil
}

// serversNow is the server's clock at an answer, in whole seconds and so never ahead
// of it. A server that tells no time is taken to have ours.
func serversNow(h http.Header) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return time.Now()
}

// tellDuplicates says which tokens were made beside one, since the person said yes:
// HAProxy was seen to make four tokens of one yes, and two consoles that regenerate
// one token in the same second make two successors.
func (i *issuer) tellDuplicates(ctx context.Context, issued *model.Issued, l duplicateOf, done string) {
	ctx, cancel := wire.WithProofTimeout(ctx)
	defer cancel()
	found, err := i.findDuplicates(ctx, l)
	switch {
	case err != nil:
		issued.Notes = append(issued.Notes, "Whether more than one was made could not be read: "+model.Reason(err)+".")
		return
	case len(found) == 0:
		return
	}
	issued.Alike = found
	words := plural(len(found), "more token alike was", "more tokens alike were") + " made since: " + names(found)
	issued.Notes = append(issued.Notes, words+"; a proxy may have sent it more than once, or somebody else "+done+" it in the same moment. Delete what nobody has the key of.")
}

func names(tokens []model.Token) string {
	var all []string
	for _, t := range tokens {
		all = append(all, t.Name.String())
	}
	return strings.Join(all, ", ")
}

func plural(n int, one, more string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + more
}

// orderedAt is when the person said yes to an order.
func orderedAt(o model.Order) time.Time {
	if o.At.IsZero() {
		return time.Now()
	}
	return o.At
}
