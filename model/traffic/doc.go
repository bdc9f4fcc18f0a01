// Package traffic is what a console asked of systems: one exchange after the other, without
// the credential, the query, and what stood in the bodies. It must not know who asked, or
// who shows it.
package traffic
