// Package planfile keeps plans in files, what was done for each in a journal beside it, and
// puts the keys that come of one where they are to go: into a file of their own, or to a command.
// What it has written is on the disk. It knows no system and sends nothing.
package planfile
