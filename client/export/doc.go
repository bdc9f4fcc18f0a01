// Package export writes tokens and users for other programs: as CSV, as JSON, and as JSON
// line by line, one row after the other. It must not know where rows come from or where
// they go.
package export
