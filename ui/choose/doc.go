// Package choose is a bubble for one choice of a few: a list in a box over a page, narrowed
// by what is typed. It does not know what is chosen, nor for what.
package choose
