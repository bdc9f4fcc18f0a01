// Package report is the conversation about a page for an auditor about one person: which file,
// how far the reading is, where the page is and what it could not tell. It must not know who
// reads and writes it, nor what a system is.
package report
