// Package page numbers the pages of a list, and pages, sorts and searches here for a
// system that gives a list at once. It must not know how a list is read: that is a
// function of its user.
package page
