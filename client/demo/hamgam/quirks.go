package hamgam

import (
	"authdeck/client/demo/stage"
)

// The ways in which Hamgam servers differ.
const (
	NoDelete  stage.Quirk = "hamgam-no-delete"  // answers 405 to the deletion of a token, which is not documented
	OldCreate stage.Quirk = "hamgam-old-create" // asks for user_id instead of user, as the older documentation does
	StaffList stage.Quirk = "hamgam-staff-list" // lists only staff and administrators, as the newer documentation does
)
