// Package mark holds the tokens that a person has marked, whichever list or system they were
// seen in, each as it was when it was marked. It must not know how a list shows them, nor what
// is done to them.
package mark
