// Package search is a bubble for the line that narrows a list: words for the server, and
// ranges of the fields that a system offers. It does not know the list.
package search
