package demo

import (
	"authdeck/client/demo/authentik"
	"authdeck/client/demo/awx"
	"authdeck/client/demo/hamgam"
	"authdeck/client/demo/saymon"
	"authdeck/client/demo/stage"
	"authdeck/client/demo/waldur"
)

// Quirk is a way in which real servers of one kind differ.
type Quirk = stage.Quirk

// The quirks, each of which its mirror explains.
const (
	HamgamNoDelete  = hamgam.NoDelete
	HamgamOldCreate = hamgam.OldCreate
	HamgamStaffList = hamgam.StaffList

	AuthentikOld      = authentik.Old
	Authentik2025     = authentik.Last2025
	AuthentikRotate   = authentik.Rotate
	AuthentikNoSetKey = authentik.NoSetKey
	AuthentikNewest   = authentik.Newest
	AuthentikUnpaged  = authentik.Unpaged

	AWXNoBasic       = awx.NoBasic
	AWXExternalStaff = awx.ExternalStaff
	AWXOneSession    = awx.OneSession
	AWXOpenList      = awx.OpenList
	AWXGuardedPing   = awx.GuardedPing
	AWXTwoAtOnce     = awx.TwoAtOnce
	AWXHead          = awx.Head
	AWXOldWords      = awx.OldWords

	Waldur70      = waldur.Release70
	WaldurNoPAT   = waldur.NoPAT
	WaldurNewest  = waldur.Newest
	WaldurPasskey = waldur.Passkey

	SaymonRawKey   = saymon.RawKey
	SaymonNoTokens = saymon.NoTokens
	SaymonCSRF     = saymon.CSRF
)

// Generation is an age of AWX.
type Generation = awx.Generation

// The generations of AWX, oldest first.
const (
	AWXTower       = awx.Tower
	AWXOAuth2      = awx.OAuth2
	AWXGateway2024 = awx.Gateway2024
	AWXGateway     = awx.Gateway
	AWXNone        = awx.None
)
