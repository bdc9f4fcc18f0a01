// Package plan is many orders as one: made, read, carried to somebody else, applied, and
// taken up again where it was left off. A plan is made without anything being sent; it is
// applied a few lines at once, each written down before it is sent and after it is answered,
// so that whatever ends the program, nothing is done twice and nothing is forgotten.
//
// It knows no screen, no file and no network of its own: it asks and orders by [model.API],
// and writes down by a [Journal].
package plan
