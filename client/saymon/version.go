package saymon

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"authdeck/model"
)

// versions tell the states of a user's token apart. SAYMON says nothing of a key
// but the key: a digest of it, salted anew in each process, is what a token in
// hand carries to be known again by. The salt goes with it, so that another process
// knows the token again that a plan was made for.
type versions struct{ salt string }

func newVersions() versions { return versions{rand.Text()} }

func (v versions) of(key model.Secret) string { return digest(v.salt, key) }

// isVersion reports whether a version is that of a key, whoever made it.
func isVersion(version string, key model.Secret) bool {
	salt, _, salted := strings.Cut(version, ".")
	return salted && digest(salt, key) == version
}

func digest(salt string, key model.Secret) string {
	salted := key.RevealTo([]byte(salt))
	defer clear(salted)
	sum := sha256.Sum256(salted)
	return salt + "." + hex.EncodeToString(sum[:])
}
