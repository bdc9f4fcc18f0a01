package waldur

import (
	"fmt"
	"sync"
	"time"

	"authdeck/client/demo/stage"
)

const patRandom = 43 // letters after the expiry

// keyMaker makes keys and ids for requests that come at the same time.
type keyMaker struct {
	mu sync.Mutex
	on stage.Stage
}

func (m *keyMaker) session() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.on.NewKey()
}

func (m *keyMaker) personal(expires time.Time) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return fmt.Sprintf("w_%d_%s", expires.Unix(), m.on.Seeder.Hex(patRandom))
}

// uuid is written without hyphens, as it is everywhere in this API.
func (m *keyMaker) uuid() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	high, low := m.on.Seeder.Rand.Uint64(), m.on.Seeder.Rand.Uint64()
	return fmt.Sprintf("%016x%016x", high&^0xf000|0x4000, low&^(3<<62)|1<<63)
}
