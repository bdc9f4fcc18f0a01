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
	HamgamNoDelete  = hamgam.HamgamNoDelete
	HamgamOldCreate = hamgam.HamgamOldCreate
	HamgamStaffList = hamgam.HamgamStaffList

	AuthentikOld      = authentik.AuthentikOld
	AuthentikRotate   = authentik.AuthentikRotate
	AuthentikNoSetKey = authentik.AuthentikNoSetKey

	AWXNoBasic       = awx.AwxNoBasic
	AWXExternalStaff = awx.AwxExternalStaff
	AWXOneSession    = awx.AwxOneSession
	AWXOpenList      = awx.AwxOpenList
	AWXGuardedPing   = awx.AwxGuardedPing
	AWXTwoAtOnce     = awx.AwxTwoAtOnce

	Waldur70     = waldur.Waldur70
	WaldurNoPAT  = waldur.WaldurNoPAT
	WaldurNewest = waldur.WaldurNewest

	SaymonRawKey   = saymon.SaymonRawKey
	SaymonNoTokens = saymon.SaymonNoTokens
	SaymonCSRF     = saymon.SaymonCSRF
)

// Generation is an age of AWX.
type Generation = awx.Generation

// The generations of AWX, oldest first.
const (
	AWXTower   = awx.AwxTower
	AWXOAuth2  = awx.AwxOAuth2
	AWXGateway = awx.AwxGateway
	AWXNone    = awx.AwxNone
)
