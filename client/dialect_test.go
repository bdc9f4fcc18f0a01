package client_test

import (
	"net/http"
	"regexp"
	"slices"
	"testing"
	"time"

	"authdeck/client/wire"
	"authdeck/model"
)

// dialect is what a test knows of a system's own words, to look past the client
// at the server. What is left out has the meaning of most systems.
type dialect struct {
	kind   string
	tokens int // how many the list has at the least; none for a system that keeps no list

	// me is the path that every good key may read, and sign puts a key where the
	// system wants it. A key that is not accepted is told by the status refused.
	me      string
	sign    func(r *http.Request, key string)
	refused int
	// inQuery is the parameter in which the system itself wants the key.
	inQuery string
	// unslashed is a system whose paths have no slash at the end.
	unslashed bool
	// strays matches "METHOD /path" of requests that may meet no route, because a
	// client finds out by asking what the server has.
	strays *regexp.Regexp

	// serves names the endpoint of the demo behind a list, where it is another.
	serves map[string]string
	// opening says of a token that its key opens the API, where some do not.
	opening func(model.Token) bool
	// spared says of a token that a server of this sort refuses to do that to it.
	spared func(model.Action, model.Token) bool
	// oneRefusal is a system that says the same to a bad key and to one without
	// rights, so that only asking who one is tells them apart.
	oneRefusal bool
	// tolerates are the kinds beside the usual ones that an error may have when an
	// endpoint has a fault, as in "create cut", or any, as in "choices". [fine] is
	// no error.
	tolerates map[string][]model.Kind

	// tokenOrder and userOrder compare as the sort of that key does.
	tokenOrder map[string]func(a, b model.Token) int
	userOrder  map[string]func(a, b model.User) int
	// tokenFits and userFits say by a filter's value what it lets through.
	tokenFits map[string]func(model.Token) bool
	userFits  map[string]func(model.User) bool
	// tokenValue and userValue are what the range of that name looks at; without
	// one nobody can see it in the row.
	tokenValue map[string]func(model.Token) string
	userValue  map[string]func(model.User) string
	// unseen are the sorts and the filters by what no row shows.
	unseen []string
	// word is what a search for a token looks at; its owner's user name if nothing
	// is said.
	word func(model.Token) model.Text

	// ahead is how late a date may be, where the server has an opinion on that.
	ahead time.Duration
	// unfindable says of a user that the server cannot be asked for the tokens of
	// that one, because nothing it is known by can be sent back as it came.
	unfindable func(model.User) bool
	// pasted is a key that a person may want to end; without one it is that of a token
	// that the console has made.
	pasted func(t *testing.T, w *world) string
	// ownIsTold is a list that says which token the console signs in with.
	ownIsTold bool
	// oneEach is a system in which a user holds one token at the most.
	oneEach bool
	// holders are the ids of the users who hold a token, as the server says; with
	// it every user has to say rightly whether it holds one.
	holders func(t *testing.T, w *world) map[string]bool
	// besideList is a client that learns of the holders from a list beside.
	besideList bool
	// renamesTheWeak is a system that shows those without rights another name than
	// the one they sign in with.
	renamesTheWeak bool
	// steady is a system whose list of tokens goes on after a row in its first two
	// orders, so that what changes between two pages moves nothing.
	steady bool
	// remembers is a system whose list of tokens is what the client itself has made.
	remembers bool
	// ends says of a way to sign in that what it opened is ended with the console.
	ends func(wire.Way) bool
	// bySignIn is a system in which a token is made by signing its owner in.
	bySignIn bool
	// room is how many tokens a user may have at a time; none for any number.
	room int
	// truth is what the rows of the server say; none for one whose rows are
	// another subject's, or nowhere.
	truth func(*world) truth
	// silent says of an order that makes a key that it does not show it.
	silent func(model.Action, model.Token) bool
	// keepsEnd says why a token of the system cannot be told to end then, or never; empty where
	// it can. Nil where nothing of a token can be edited.
	keepsEnd func(t model.Token, end model.When) string
	// regardless says of an order that it is meant whatever became of the token
	// since it was read.
	regardless func(model.Action, model.Token) bool
	// untold says of an order that nobody can see afterwards whether it was done, for
	// a reason that stands beside it.
	untold func(model.Action, model.Token) bool
}

func (d dialect) refuses(status int) bool {
	if d.refused == 0 {
		return status == http.StatusUnauthorized
	}
	return status == d.refused
}

// endpoint is the demo's word for what a client reads.
func (d dialect) endpoint(read string) string {
	if served, other := d.serves[read]; other {
		return served
	}
	return read
}

// allows reports whether an error may have a kind when an endpoint has a fault,
// though that is not what the fault means to most.
func (d dialect) allows(endpoint, fault string, kind model.Kind) bool {
	return slices.Contains(d.tolerates[endpoint+" "+fault], kind) || slices.Contains(d.tolerates[endpoint], kind)
}

// minds reports whether an order is not to be carried out for another state of a
// token than the one that was read.
func (d dialect) minds(a model.Action, token model.Token) bool {
	return d.regardless == nil || !d.regardless(a, token)
}

// words is what a search finds a token by.
func (d dialect) words(token model.Token) model.Text {
	if d.word != nil {
		return d.word(token)
	}
	return token.Owner.Username
}

// offers reports whether a subject is expected to do an action.
func (s subject) offers(a model.Action) bool {
	_, fails := s.instead[a]
	return !fails && !slices.Contains(s.missing, a)
}
