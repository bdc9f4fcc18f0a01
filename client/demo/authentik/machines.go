package authentik

import (
	"encoding/binary"
	"fmt"

	"authdeck/client/demo/stage"
)

// agentsPath is where the service accounts of agents are (2026.8, Enterprise).
const agentsPath = "goauthentik.io/agents"

// newMachines are accounts that no person has: those that people made, and
// those that the server made for its own outposts and sources.
func newMachines(on stage.Stage, after int) []*account {
	var all []*account
	for i, name := range []string{"ci-deploy", "terraform", "backup-nightly", "grafana-sync", "ldap-bind", "old-jenkins"} {
		c := newMachine(on, after+len(all)+1, name, kindService, "goauthentik.io/service-accounts")
		c.First, c.Active = name, i < 5
		c.attributes[machineAttribute], c.attributes[expiringAttribute] = true, i%2 == 0
		all = append(all, c)
	}
	if on.Settings.Has(Newest) {
		for i, name := range []string{"report-writer", "ticket-helper", "retired-agent"} {
			c := newMachine(on, after+len(all)+1, fmt.Sprintf("agent-%s-%d", name, i), kindService, agentsPath)
			c.First = name
			all = append(all, c)
		}
	}
	for _, kind := range []string{"outpost", "outpost", "source-scim"} {
		of := newUUID(on.Seeder)
		name := "ak-" + kind + "-" + of
		path := map[string]string{"outpost": "goauthentik.io/outposts", "source-scim": "goauthentik.io/sources/scim"}[kind]
		c := newMachine(on, after+len(all)+1, name, kindOutpost, path)
		c.First = "Service account of " + kind + " " + of
		all = append(all, c)
	}
	return all
}

func newMachine(on stage.Stage, id int, name, kind, path string) *account {
	born := on.Base.Add(-on.Seeder.UpTo(stage.History))
	c := newAccount(on, &stage.User{
		ID: id, Username: name, Active: true, Rights: stage.SignedIn,
		CreatedAt: born, UpdatedAt: on.Seeder.Between(born, on.Base),
	}, kind, path)
	c.roles = []namedRow{}
	return c
}

// newKey is 60 letters and digits.
func newKey(s *stage.Seeder) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	key := []byte(s.Prefix)
	for len(key) < keyLength {
		key = append(key, letters[s.Rand.IntN(len(letters))])
	}
	return string(key[:keyLength])
}

func newUUID(s *stage.Seeder) string {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], s.Rand.Uint64())
	binary.BigEndian.PutUint64(raw[8:], s.Rand.Uint64())
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:])
}
