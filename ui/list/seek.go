package list

// sought is an object to which the cursor is to go.
type sought struct {
	key  string
	came coming
}

type coming int

const (
	awaited coming = iota
	missing        // the page that came was without it
)

// Seek has the cursor go to an object that the next page may have, as one that was just made.
func (m *Model[T]) Seek(key string) { m.sought = sought{key: key} }

// Missing reports whether the page that came was without the object that was sought, until
// the reader moves or another page comes.
func (m *Model[T]) Missing() bool { return m.sought.key != "" && m.sought.came == missing }

// seek goes to the object that is sought. One that was not found is sought once.
func (m *Model[T]) seek() {
	switch {
	case m.sought.key == "":
	case m.sought.came == awaited && m.point(m.sought.key):
		m.sought, m.stray = sought{}, stray[T]{}
	case m.sought.came == awaited:
		m.sought.came = missing
	default:
		m.sought = sought{}
	}
}
