package wire

import (
	"testing"

	"authdeck/model"
)

// TestAPathIsKeptWithoutWhatMayBeAKey is about identifiers, too: one that looks like a key is
// kept where it was shown to who gave the order, and nowhere else.
func TestAPathIsKeptWithoutWhatMayBeAKey(t *testing.T) {
	t.Parallel()
	const uuid, key = "3f2a9c1e-7b4d-4e8a-9c1f-0a1b2c3d4e5f", "canary-key-1"
	c := &Conn{credentials: newCredentialCache("", model.NewSecret("the-credential-1"), Origin{})}
	for path, want := range map[string]string{
		"/api/tokens/12/":                  "/api/tokens/12/",
		"/api/tokens/" + uuid + "/rotate/": "/api/tokens/" + uuid + "/rotate/",
		"/api/users/9" + uuid[1:] + "/":    "/api/users/…/",
		"/api/tokens/" + key + "/":         "/api/tokens/…/",
		"/api/tokens/the-credential-1/":    "/api/tokens/…/",
		"/api/tokens/THE%2DCREDENTIAL-1/":  "/api/tokens/…/",
		"/api/tokens/%zz/":                 "/api/tokens/…/",
	} {
		r := Request{Path: path, Secret: model.NewSecret(key)}
		if got := c.shownPath(r, []string{uuid, key, ""}); got != want {
			t.Errorf("%s is kept as %s, want %s", path, got, want)
		}
	}
}
