package demo

// The quirks of authentik.
const (
	authentikOld      quirk = "authentik-old"        // answers as 2024.6 does: see authentik.old
	authentikRotate   quirk = "authentik-rotate"     // has the way to a new key that releases do not have yet
	authentikNoSetKey quirk = "authentik-no-set-key" // lets nobody choose a key
)
