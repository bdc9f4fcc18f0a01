package authentik

import (
	"authdeck/client/demo/stage"
)

// The quirks of authentik.
const (
	Old      stage.Quirk = "authentik-old"        // answers as 2024.6 does: see server.old
	Last2025 stage.Quirk = "authentik-2025.12"    // answers as 2025.12 does: see server.early
	Rotate   stage.Quirk = "authentik-rotate"     // has the way to a new key that releases do not have yet
	Newest   stage.Quirk = "authentik-2026.8"     // says who else is signed in, and has agents, whose tokens do not rotate
	Unpaged  stage.Quirk = "authentik-unpaged"    // gives bare lists, its pagination_max_page_size being 0
	NoSetKey stage.Quirk = "authentik-no-set-key" // lets nobody choose a key
)
