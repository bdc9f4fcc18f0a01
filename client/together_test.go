package client_test

import (
	"bytes"
	"cmp"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/review"
)

// Promises about several systems as one.

// allOf opens the systems of a demo, and all of them as one.
func allOf(tb testing.TB, o demo.Options, network http.RoundTripper, keeper *record.Keeper) (*demo.Server, []model.API, model.Union) {
	tb.Helper()
	server := demotest.Start(tb, o)
	apis, all := openedAll(tb, server, network, keeper)
	return server, apis, all
}

// openedAll opens the systems of a demo that runs already.
func openedAll(tb testing.TB, server *demo.Server, network http.RoundTripper, keeper *record.Keeper) ([]model.API, model.Union) {
	tb.Helper()
	e := env(io.Discard)
	e.Network = network
	apis := client.OpenAll(tb.Context(), profilesOf(tb, server), e, client.Opening{
		Record: keeper,
		Unset:  func(string) error { return nil }, Limits: review.Limits{Soon: 48 * time.Hour, Old: 240 * time.Hour, Unused: 48 * time.Hour}, // no usual ones
	})
	all := client.Together(apis)
	tb.Cleanup(func() { client.CloseAll(tb.Context(), append([]model.API{all}, apis...), e.Log) })
	return apis, all
}

// profilesOf are those of the systems of a demo.
func profilesOf(tb testing.TB, server *demo.Server) (profiles []config.Profile) {
	tb.Helper()
	for _, s := range server.Systems() {
		p, err := config.NewProfile(client.Kinds(), s.Name, s.Kind, s.URL, config.Given(model.NewSecret(cmp.Or(s.Token, s.Password))))
		if err == nil && s.Token == "" {
			p, err = p.SignInWith(s.Username)
		}
		if err != nil {
			tb.Fatal(err)
		}
		profiles = append(profiles, p)
	}
	return profiles
}

// TestAWriteReachesTheTokensOwnSystemAndNoOther looks at what the five systems were asked.
func TestAWriteReachesTheTokensOwnSystemAndNoOther(t *testing.T) {
	t.Parallel()
	server, apis, all := allOf(t, demo.Options{Tokens: 20, Users: 30}, nil, record.Nowhere())
	for _, api := range apis {
		name := api.Info().Name
		rows := must(all.Tokens(t.Context(), model.Query{Size: 500, Fresh: true, Filter: model.Filter{Choice: name}}))(t).Items
		i := slices.IndexFunc(rows, func(row model.Token) bool { return !row.Own && row.State == model.Active && row.Managed.Empty() })
		if i < 0 {
			t.Fatalf("%s has no token to delete", name)
		}
		home, own := model.Home(all, rows[i])
		before := len(server.Requests())
		action := model.Delete
		if api.Info().Missing[action] != "" {
			action = model.Regenerate
		}
		if _, err := home.Prepare(t.Context(), action, own); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := home.Do(t.Context(), model.Order{Action: action, Token: own}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		sent := server.Requests()[before:]
		if !slices.ContainsFunc(sent, func(r demo.Request) bool { return r.Method != http.MethodGet }) {
			t.Errorf("no write reached %s", name)
		}
		for _, r := range sent {
			if r.Kind != api.Info().Kind {
				t.Errorf("for a token of %s there was a %s %s", name, r.Method, r.Path)
			}
		}
	}
}

// far is a network on which every answer takes a while longer.
type far struct{ late time.Duration }

func (f far) RoundTrip(r *http.Request) (*http.Response, error) {
	late := time.NewTimer(f.late)
	defer late.Stop()
	select {
	case <-late.C:
		return http.DefaultTransport.RoundTrip(r)
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

// BenchmarkFiveSystemsAtOnce opens five far systems as one, and each alone: how many times
// the slowest of them do all take?
func BenchmarkFiveSystemsAtOnce(b *testing.B) {
	_, apis, all := allOf(b, demo.Options{}, far{100 * time.Millisecond}, record.Nowhere())
	opened := func(api model.API) time.Duration {
		began := time.Now()
		page, err := api.Tokens(b.Context(), model.Query{Size: 50, Fresh: true})
		for err == nil && page.Unfinished {
			time.Sleep(time.Millisecond)
			page, err = api.Tokens(b.Context(), model.Query{Size: 50})
		}
		if err != nil {
			b.Fatal(err)
		}
		return time.Since(began)
	}
	opened(all) // who signs in does so once
	var together, slowest time.Duration
	for b.Loop() {
		together += opened(all)
		var worst time.Duration
		for _, api := range apis {
			worst = max(worst, opened(client.Together([]model.API{api})))
		}
		slowest += worst
	}
	b.ReportMetric(float64(together)/float64(slowest), "×slowest")
	b.ReportMetric(float64(slowest.Milliseconds())/float64(b.N), "ms-slowest")
}

func TestAFileOfAllSystemsNamesTheOneOfEachRow(t *testing.T) {
	t.Parallel()
	_, apis, all := allOf(t, demo.Options{Tokens: 20, Users: 30}, nil, record.Nowhere())
	lines := func(api model.API) []string {
		var file bytes.Buffer
		if _, err := client.WriteRows(t.Context(), api, model.Export{Rows: model.TokenRows, Format: model.JSONL}, &file); err != nil {
			t.Fatal(err)
		}
		return slices.Sorted(strings.Lines(file.String()))
	}
	var each []string
	for _, api := range apis {
		each = append(each, lines(api)...)
	}
	slices.Sort(each)
	together := lines(all)
	if len(together) != len(each) {
		t.Fatalf("of all there are %d rows, of each alone %d", len(together), len(each))
	}
	for i := range each {
		if together[i] != each[i] {
			t.Fatalf("of all: %sof its system alone: %s", together[i], each[i])
		}
	}
}
