// Package single is the commands about one thing: a token that is seen, made, changed, given a
// new key or deleted, and a key in hand of which nobody knows whose it is. It must not know the
// console, nor how a system is asked.
package single
