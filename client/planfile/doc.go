// Package planfile keeps plans in files, what was done for each in a journal beside it, and
// the keys that come of one in a file of their own. What it has written is on the disk. It
// knows no system and sends nothing.
package planfile
