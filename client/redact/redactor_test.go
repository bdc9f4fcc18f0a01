package redact

import (
	"strings"
	"testing"

	"authdeck/model"
)

func TestASecretIsReplacedAndItsOtherSpellingsAreWithheld(t *testing.T) {
	t.Parallel()
	r := New(model.NewSecret("canary-key-1"), model.NewSecret("pass"))
	for said, want := range map[string]string{
		"name: too short":                       "name: too short",
		"bad: canary-key-1":                     "bad: [secret]",
		"bad: CANARY KEY 1":                     "the server's reason, 17 letters, was not shown",
		"bad: pass":                             "the server's reason, 9 letters, was not shown",
		"used: 0f3a9b0c1d2e4f5a6b7c8d9e by bob": "used: [like a key] by bob",
	} {
		if shown := r.Text(said); shown != want {
			t.Errorf("of %q is shown %q, want %q", said, shown, want)
		}
	}
}

func TestWithoutASecretOnlyWhatLooksLikeAKeyIsReplaced(t *testing.T) {
	t.Parallel()
	var none Redactor
	shown, ok := none.Redact("canary-key-1 eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x")
	if !ok || !strings.HasPrefix(shown, "canary-key-1 ") || strings.Contains(shown, "eyJ") {
		t.Errorf("%q, %v", shown, ok)
	}
}
