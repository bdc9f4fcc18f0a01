// Package e2e holds tests only: they use the built program as a person does, in
// a pseudo-terminal, and each file of them keeps one promise. It knows what such a
// person sees and presses, and nothing of how the program is made.
package e2e
