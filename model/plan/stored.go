package plan

// Stored is a plan that was read from a file, where from, and what was done for it.
type Stored struct {
	Plan *Plan
	Path string
	Ends []End
}

// Signing is a plan that is about to be signed.
type Signing struct {
	Stored

	Key  string                                      // with which, in words
	Sign func(replace bool) (path string, err error) // signs what was read, and says where the signature is
}
