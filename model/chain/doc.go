// Package chain holds the lines of a file together: each is JSON with the hash of the one
// before and its own, so that one that was changed is told. It opens no file, and knows nothing
// of what the lines are about.
package chain
