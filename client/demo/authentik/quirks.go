package authentik

import (
	. "authdeck/client/demo/stage"
)

// The quirks of authentik.
const (
	AuthentikOld      Quirk = "authentik-old"        // answers as 2024.6 does: see authentik.old
	AuthentikRotate   Quirk = "authentik-rotate"     // has the way to a new key that releases do not have yet
	AuthentikNoSetKey Quirk = "authentik-no-set-key" // lets nobody choose a key
)
