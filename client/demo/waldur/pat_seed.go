package waldur

import (
	"net/netip"
	"time"

	"authdeck/client/demo/stage"
)

// seedPATs gives the administrator one of each kind, among them two that are over
// and not yet marked so. The keys of all are forgotten.
func (h *server) seedPATs(since time.Time) {
	staff, plain := []string{staffScope}, []string{"PROJECT.UPDATE", "RESOURCE.LIST"}
	ago := func(days int) time.Time { return since.Add(-time.Duration(days)*stage.Day - h.Seeder.UpTo(stage.Day)) }
	for _, p := range []struct {
		name       string
		scopes     []string
		born, ends time.Time
		revoked    bool
		uses       int
		networks   []netip.Prefix
	}{
		{"build farm", staff, ago(200), ago(-150), false, 1184, nil},
		{"laptop", plain, ago(26), ago(-4), false, 3, nil},
		{"never used", staff, ago(2), ago(-90), false, 0, nil},
		{"ends today", staff, ago(29), since.Add(5 * time.Hour), false, 61, nil},
		{"just over", staff, ago(30), since.Add(-2 * time.Hour), false, 44, nil},
		{"old laptop", plain, ago(500), ago(300), true, 12, nil},
		{"leaked", append(plain, staffScope), ago(60), ago(-200), true, 9, nil},
		{"from the office", []string{supportScope}, ago(90), ago(-120), false, 20, []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}},
		{h.Settings.Harm(0, "report job"), plain, ago(70), ago(-20), false, 1, nil},
		{h.Settings.Harm(11, "storage sync"), staff, ago(340), ago(1), false, 2, nil},
		{h.Settings.Harm(12, "tried the API"), plain, ago(7), ago(-7), true, 0, nil},
	} {
		pat := pat{
			owner: h.Users[0], name: p.name, scopes: p.scopes, networks: p.networks,
			created: p.born, expires: p.ends, active: !p.revoked, uses: p.uses,
		}
		if p.uses > 0 {
			pat.used, pat.from = h.Seeder.Between(p.born, stage.Earlier(since, p.ends)), netip.MustParseAddr("192.0.2.17")
		}
		h.filePAT(pat)
	}
}
