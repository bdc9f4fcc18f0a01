package demo

// The ways in which Hamgam servers differ.
const (
	hamgamNoDelete  quirk = "hamgam-no-delete"  // answers 405 to the deletion of a token, which is not documented
	hamgamOldCreate quirk = "hamgam-old-create" // asks for user_id instead of user, as the older documentation does
	hamgamStaffList quirk = "hamgam-staff-list" // lists only staff and administrators, as the newer documentation does
)
