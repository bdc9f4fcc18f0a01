package wire

import (
	"context"

	"authdeck/model"
)

// Way is how a credential goes onto a request.
type Way string

// The ways.
const (
	ByToken   Way = "token"   // a key that lasts, as it is
	ByBasic   Way = "basic"   // user name and password on every request
	BySession Way = "session" // user name and password once, for a key that the server gives
)

// WithPassword reports whether a way wants a user name and a password.
func (w Way) WithPassword() bool { return w != ByToken }

// Dialect is what a package must offer to be a kind of system.
type Dialect struct {
	// Open builds the system on its connection. Nothing is sent yet.
	Open func(*Conn, model.Info) model.API
	// Ways are those that the dialect knows; the first one that fits the
	// credential is taken where the configuration names none.
	Ways []Way
	// Generations are those that a configuration may force, in place of what is
	// found out; none where there is nothing to find out. The one that is forced
	// stands in the Info that Open is given.
	Generations []string
}

// Inspector is a system that a diagnosis can look into further than an identity
// and a list, such as for its version. Each check has its own verdict; Subject is
// left empty. Only asked when the identity is known.
type Inspector interface {
	Inspect(ctx context.Context) []model.Check
}
