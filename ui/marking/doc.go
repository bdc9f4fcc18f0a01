// Package marking is what keys do to the marks of a list of tokens: one row, a range, or all
// that a question finds, which are read for it. It must not know which pages there are, nor
// what becomes of what is marked.
package marking
