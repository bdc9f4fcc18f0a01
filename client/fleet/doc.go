// Package fleet makes several systems one: each is read on its own, and their lists are
// merged. A slow or dead system keeps nobody waiting, and what it has not told is said. It
// knows no dialect, and writes nothing itself: an order goes to the system of its token.
package fleet
