// Package painttest is a terminal's screen for tests of what is painted: strict, small,
// and with whole letters, all of their combining marks included. It must not know the
// painter, nor share any of its code: the one is held against the other.
package painttest
