package saymon

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"authdeck/model"
)

// versions tell the states of a user's token apart. SAYMON says nothing of a key
// but the key: a digest of it, salted anew in each process, is what a token in
// hand carries to be known again by.
type versions struct{ salt string }

func newVersions() versions { return versions{rand.Text()} }

func (v versions) of(key model.Secret) string {
	digest := sha256.Sum256([]byte(v.salt + key.Reveal()))
	return hex.EncodeToString(digest[:])
}
