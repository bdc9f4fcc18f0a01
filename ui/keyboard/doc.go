// Package keyboard tells what fingers pressed from what a terminal says by itself: bytes
// are gathered into whole keys, answers of the terminal are dropped, and a key says how
// it came ([Decoder], [Press]). It does not know where the bytes come from, nor what a
// key is for.
package keyboard
