// Package plans is the commands that make a plan, apply one, and look at what of one is uncertain.
// It must not know how plans are kept, nor the console.
package plans
