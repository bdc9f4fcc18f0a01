// Package claim is the conversation about a key that somebody has in hand: which systems
// are asked whose it is, what each of them says, and where that leads. It must not know
// which pages there are, and what is behind model.API; it keeps no key longer than the
// conversation.
package claim
