// Package rotation is what is known of tokens that take each other's place without an outage:
// a successor is made beside the old token, its key is handed over, and only then is the old
// one ended. A pair is a state machine over steps that are written down before and after each
// write, so that it goes on after any end of a program. No key is ever in it.
// It must not know where the steps are kept, nor how a system is asked.
package rotation
