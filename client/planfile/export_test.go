package planfile

// WorthReading is for tests.
func WorthReading(path string) bool { return worthReading(path) }
