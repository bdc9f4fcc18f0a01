// Package keys is the conversation about the keys that lie on this machine: those that were
// not handed over, and those in files. It must not know which pages there are, nor where
// and how the keys lie.
package keys
