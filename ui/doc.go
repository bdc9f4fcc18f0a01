// Package ui is the console: a Bubble Tea program of pages over lists. It knows the
// systems only as [model.API], and not who answers; the conversation about an order is
// [order]'s, and opens over a page without knowing it.
//
// Keys go to one place, the page in front; everything else goes to every page,
// and each lets pass what is not its own. A question is a value that carries its
// own answer. Nothing in Update does I/O: commands do, and touch no model.
package ui
