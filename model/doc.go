// Package model is the domain's own words: systems, tokens, users, pages, and
// the two kinds of string that need care, [Secret] and [Text].
//
// The console and the clients both speak it and never speak to each other. It does
// not know either of them: it imports the standard library only; the linter holds that.
package model
