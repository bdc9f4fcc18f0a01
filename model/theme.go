package model

// Colour is one that a terminal has: a number from "0" to "255", of which the first
// sixteen are the terminal's own, "#rrggbb", or [NoColour]. The zero value leaves the
// choice to the console.
type Colour string

// NoColour leaves what is said to words, markers and bold letters.
const NoColour Colour = "none"

// Theme is the colours that a person wants. The zero value is the console's own.
type Theme struct {
	Accent Colour // where you are
	Warn   Colour // what wants a look
	Danger Colour // production, and what cannot be taken back
}
