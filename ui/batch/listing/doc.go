// Package listing is the commands that list: tokens and users, over all systems or some. It must
// not know how rows are written, nor the console.
package listing
