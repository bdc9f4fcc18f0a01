// Package rotating is the conversation about tokens that take each other's place without an
// outage: a successor like the old token is made, its key is handed over, and the old one is
// ended when a person says so. It must not know which pages there are, nor where pairs are
// remembered.
package rotating
