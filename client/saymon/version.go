package saymon

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"authdeck/model"
)

// versions tell the states of a user's token apart. SAYMON says nothing of a key
// but the key: a digest of it is what a token in hand carries to be known again by. It is
// salted, with what is the same in every process: whoever opens a plan later, or somewhere
// else, reads the token again and sees by the version alone whether it is another one. The
// salt is of one user of one server, so that nothing can be computed for many beforehand.
type versions struct{ host string }

func (v versions) of(user string, key model.Secret) string {
	salt := sha256.Sum256([]byte(v.host + "\x00" + user))
	return digest(hex.EncodeToString(salt[:16]), key)
}

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
