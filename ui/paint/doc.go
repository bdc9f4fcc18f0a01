// Package paint keeps a terminal's screen like the views of a program: it writes the
// cells that changed, and moves the rows that only moved.
//
// It is a function from views to bytes. It does not know the terminal, which is asked
// nothing, nor who writes to it and when, nor what the views show.
//
// Cells and styles are ultraviolet's, its renderer is not used: with a wide letter in a
// row that one writes the whole row anew for a change of one cell, and all such rows that
// it has just scrolled. Names are Chinese in every other row of somebody's list.
package paint
