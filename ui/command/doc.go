// Package command is the command line: flags, help, exit codes, the log, doctor's
// report, and the console that is started with what they say. It knows the systems
// as [model.API], and not who opens them: main hands that over, see [World].
package command
