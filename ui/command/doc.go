// Package command is the command line: flags, help, exit codes, the log, doctor's
// report, and the console that is started with what they say. It knows nothing of
// configurations and of who opens a system: main hands that over, see [World].
package command
