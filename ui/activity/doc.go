// Package activity shows what this console asked of the systems, and what is recorded of what
// was done in them, now and before. It asks no system anything, and must not know which pages
// there are beside it.
package activity
