package demo

// mirrors is the one list of the systems that can be played, in the order in
// which they are shown.
func mirrors(o Options) []Mirror {
	return []Mirror{
		hamgamMirror(),
		authentikMirror(),
		awxMirror(o.AWX),
		waldurMirror(),
		saymonMirror(),
	}
}
