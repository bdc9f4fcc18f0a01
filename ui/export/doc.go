// Package export is the conversation about writing a list to a file: how and where to, how far
// it is, and what has become of it. It must not know which pages there are, nor who writes.
package export
