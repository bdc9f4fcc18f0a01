// Package redact keeps secrets out of what others said: those that are known, in
// whatever spelling, and whatever looks like somebody's key. It must not know where
// a text or a secret comes from.
package redact
