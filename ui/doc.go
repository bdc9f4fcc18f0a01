// Package ui is the console: a Bubble Tea program that knows the systems only as
// [model.API].
//
// Keys go to one place, the page in front; everything else goes to every page,
// and each lets pass what is not its own. A question is a value that carries its
// own answer. Nothing in Update does I/O: commands do, and touch no model.
package ui
