// Package terminal is the wire between a Bubble Tea program and the terminal
// it is shown on, made fit for a slow and lossy line: keys that arrive in
// pieces are put together, and what is no key does not act ([Input], [keyboard.Decoder]),
// frames arrive whole ([Output]), a secret reaches the clipboard of the person's
// own machine ([Clipboard]), a lost terminal ends the program ([Watch]), and a
// panic becomes one clean line instead of a raw trace ([Guard]).
//
// It does not know what is shown, and takes the environment, the files and the
// runner of other programs from its caller.
package terminal
