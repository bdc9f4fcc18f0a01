// Package people is the command that shows one person over all systems. It must not know how
// accounts are told to be somebody's, nor the console.
package people
