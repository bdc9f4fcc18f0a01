package authentik

import (
	"encoding/binary"
	"fmt"
	"strings"

	"authdeck/client/demo/stage"
)

// authentikMachines are accounts that no person has: those that people made, and
// those that the server made for its own outposts and sources.
func authentikMachines(on stage.Stage, after int) []*authentikAccount {
	var all []*authentikAccount
	for i, name := range []string{"ci-deploy", "terraform", "backup-nightly", "grafana-sync", "ldap-bind", "old-jenkins"} {
		c := newAuthentikMachine(on, after+len(all)+1, name, authentikService, "goauthentik.io/service-accounts")
		c.First, c.Active = name, i < 5
		c.attributes[authentikMachineKey], c.attributes[authentikExpiringKey] = true, i%2 == 0
		all = append(all, c)
	}
	for _, kind := range []string{"outpost", "outpost", "source-scim"} {
		of := authentikUUID(on.Seeder)
		name := "ak-" + kind + "-" + strings.ReplaceAll(of, "-", "")
		c := newAuthentikMachine(on, after+len(all)+1, name, authentikOutpost, "goauthentik.io/"+kind+"s")
		c.First = "Service account of " + kind + " " + of
		all = append(all, c)
	}
	return all
}

func newAuthentikMachine(on stage.Stage, id int, name, kind, path string) *authentikAccount {
	born := on.Base.Add(-on.Seeder.UpTo(stage.History))
	c := newAuthentikAccount(on, &stage.User{
		ID: id, Username: name, Active: true, Rights: stage.SignedIn,
		CreatedAt: born, UpdatedAt: on.Seeder.Between(born, on.Base),
	}, kind, path)
	c.roles = []authentikNamed{}
	return c
}

// authentikKey is 60 letters and digits.
func authentikKey(s *stage.Seeder) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	key := []byte(s.Prefix)
	for len(key) < authentikKeyLength {
		key = append(key, letters[s.Rand.IntN(len(letters))])
	}
	return string(key[:authentikKeyLength])
}

func authentikUUID(s *stage.Seeder) string {
	var raw [16]byte
	binary.BigEndian.PutUint64(raw[:8], s.Rand.Uint64())
	binary.BigEndian.PutUint64(raw[8:], s.Rand.Uint64())
	raw[6], raw[8] = raw[6]&0x0f|0x40, raw[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", raw[:4], raw[4:6], raw[6:8], raw[8:10], raw[10:])
}
