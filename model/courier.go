package model

import "context"

// Courier hands new keys to commands that the operator named.
type Courier interface {
	// Through is the command that takes the keys of a system, as its configuration has it;
	// empty where none does.
	Through(system string) string
	// Refuses is why the command cannot be told of a token, such as a name that it could take
	// for one of its options; empty where it can.
	Refuses(system string, t Token) string
	// Hand has the command take a key, and waits until it has. Said is the command as it was
	// run. An error says in the command's own words why the key was not taken, without the key.
	Hand(ctx context.Context, system string, t Token, key Secret) (said string, err error)
}
