// Package inventory is the commands of an access review: an inventory is saved, verified, and
// held against another one. It must not know how lines are held together, nor the console.
package inventory
