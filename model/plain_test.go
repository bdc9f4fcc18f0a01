package model

import (
	"encoding/json"
	"testing"
)

// FuzzWhatIsPlainIsReadAsAnythingElse holds the short way against the long one.
func FuzzWhatIsPlainIsReadAsAnythingElse(f *testing.F) {
	for _, data := range []string{`"ali"`, `"a\u0062"`, `""`, `null`, `"a"b"`, `"\"`, `"علی"`, `7`, "\"a\tb\""} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var text string
		long := json.Unmarshal(data, &text)
		var short Text
		err := json.Unmarshal(data, &short)
		if (long == nil) != (err == nil) {
			t.Fatalf("%q: %v, and by the long way %v", data, err, long)
		}
		if c := cleaned(text); err == nil && short != c {
			t.Fatalf("%q is %#v, and by the long way %#v", data, short, c)
		}
		var key Secret
		if err := json.Unmarshal(data, &key); (long == nil) != (err == nil) || err == nil && key.Reveal() != text {
			t.Fatalf("%q is another secret: %v", data, err)
		}
	})
}
