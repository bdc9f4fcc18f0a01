package model

// MayHaveChanged reports whether a write that ended with an error may have changed
// something all the same. A "not there" and a "changed meanwhile" leave everything
// as it was where a question before the write was answered with it; as the answer to
// the write itself it may be the second one: a proxy in between repeats a request
// whose answer is late, and gives the last answer.
func MayHaveChanged(err error) bool {
	kind := KindOf(err)
	return MayHaveHappened(err) || kind == Partial || kind == Contradicted
}

// MayHaveHappened reports whether nobody knows if a write happened at all.
func MayHaveHappened(err error) bool {
	switch KindOf(err) {
	case Uncertain, Internal:
		return true
	case NotFound, Conflict:
		return WasSent(err)
	default:
		return false
	}
}
