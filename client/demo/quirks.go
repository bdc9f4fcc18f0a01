package demo

// Quirk is a way in which real servers of one kind differ.
type Quirk = quirk

// The quirks, each of which its mirror explains.
const (
	HamgamNoDelete  = hamgamNoDelete
	HamgamOldCreate = hamgamOldCreate
	HamgamStaffList = hamgamStaffList

	AuthentikOld      = authentikOld
	AuthentikRotate   = authentikRotate
	AuthentikNoSetKey = authentikNoSetKey

	AWXNoBasic       = awxNoBasic
	AWXExternalStaff = awxExternalStaff
	AWXOneSession    = awxOneSession
	AWXOpenList      = awxOpenList
	AWXGuardedPing   = awxGuardedPing
	AWXTwoAtOnce     = awxTwoAtOnce

	Waldur70     = waldur70
	WaldurNoPAT  = waldurNoPAT
	WaldurNewest = waldurNewest

	SaymonRawKey   = saymonRawKey
	SaymonNoTokens = saymonNoTokens
	SaymonCSRF     = saymonCSRF
)

// Generation is an age of AWX.
type Generation = generation

// The generations of AWX, oldest first.
const (
	AWXTower   = awxTower
	AWXOAuth2  = awxOAuth2
	AWXGateway = awxGateway
	AWXNone    = awxNone
)
