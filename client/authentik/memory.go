package authentik

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"sync"

	"authdeck/model"
)

// memory is what orders leave behind for the question whether they happened. It
// holds no key: a mark tells only whether a key that is shown later is the same.
type memory struct {
	mu         sync.Mutex
	salt       []byte
	renewals   map[string]renewal
	successors map[string]string
}

// renewal is what is known of a token's key around a regeneration.
type renewal struct {
	mark []byte
	made bool // the mark is of the key that was made here, and not of the one before
}

// renewing remembers a key of a token, by what the token is called in the database.
func (m *memory) renewing(w token, key model.Secret, made bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.renewals == nil {
		m.renewals, m.salt = map[string]renewal{}, make([]byte, sha256.Size)
		_, _ = rand.Read(m.salt) // it never fails
	}
	m.renewals[w.PK.Value] = renewal{m.mark(key), made}
}

// mark needs the lock.
func (m *memory) mark(key model.Secret) []byte {
	hash := hmac.New(sha256.New, m.salt)
	hash.Write([]byte(key.Reveal()))
	return hash.Sum(nil)
}

// renewed compares a key with the one that is remembered.
func (m *memory) renewed(w token, key model.Secret) (same, made, known bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r, known := m.renewals[w.PK.Value]
	return known && hmac.Equal(r.mark, m.mark(key)), r.made, known
}

// replacing remembers what the token is called that is to take another's place.
func (m *memory) replacing(old token, successor string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.successors == nil {
		m.successors = map[string]string{}
	}
	m.successors[old.PK.Value] = successor
}

// successor is what that is called, or empty.
func (m *memory) successor(old model.Token) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.successors[old.Version]
}
