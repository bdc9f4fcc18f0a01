// Package find answers questions that a system cannot, over everything that the system
// gives: it reads a list page by page and keeps the rows that were asked for. It knows no
// dialect.
package find
