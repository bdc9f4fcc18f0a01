// Package report is the page for an auditor about one person: what they had and where, what
// was done when and by whom, what is left and why. It puts together what was read and what is
// on record, and writes it as Markdown and as JSON. It asks no system, opens no file and
// knows no screen, and no key ever comes to it.
package report
