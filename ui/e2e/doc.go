// Package e2e holds tests only: they use the built program as a person does, in a
// pseudo-terminal, one file a promise. It knows nothing of how the program is made:
// it presses keys, and sees what is on the screen and on the disk.
package e2e
