// Package audit is the record of what was done: its lines, the chain that holds them
// together, and what there is to find when somebody has been at it. It reads and writes no
// file and knows neither a system nor a screen.
package audit
