// Package query is the language in which people ask for tokens and users: it reads a
// question, prints it, and answers it for one row with yes, no or "cannot be told". It
// knows no screen, no server and no list: whoever has the rows asks for each of them.
package query
