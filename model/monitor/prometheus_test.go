package monitor_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	prometheus "github.com/prometheus/common/model"

	"authdeck/model"
	"authdeck/model/monitor"
)

// scraped are the figures as Prometheus reads them: each a line, with its labels in their order.
func scraped(t *testing.T, text string) (lines []string) {
	t.Helper()
	parser := expfmt.NewTextParser(prometheus.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for name, family := range families {
		if family.GetHelp() == "" || family.GetType() != dto.MetricType_GAUGE {
			t.Errorf("%s: %v, %q", name, family.GetType(), family.GetHelp())
		}
		for _, m := range family.GetMetric() {
			line := name
			for _, l := range m.GetLabel() {
				line += fmt.Sprintf(" %s=%q", l.GetName(), l.GetValue())
			}
			if m.TimestampMs != nil {
				t.Errorf("%s has a time, and the node exporter takes none", line)
			}
			lines = append(lines, fmt.Sprintf("%s %.3f", line, m.GetGauge().GetValue()))
		}
	}
	slices.Sort(lines)
	return lines
}

// content wants what promtool check metrics says of a file: nothing.
func content(t *testing.T, text string) {
	t.Helper()
	problems, err := promlint.New(strings.NewReader(text)).Lint()
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	if err != nil {
		t.Error(err)
	}
}

func TestPrometheusReadsWhatWasCounted(t *testing.T) {
	text := mixed(t).Prometheus()
	content(t, text)
	want := []string{
		`authdeck_check_duration_seconds 1.234`, `authdeck_check_status 2.000`, `authdeck_check_timestamp_seconds 1796040000.000`,
		`authdeck_next_expiry_timestamp_seconds system="idp" 1796126400.000`,
		`authdeck_system_up system="empty" 1.000`, `authdeck_system_up system="idp" 1.000`, `authdeck_system_up system="tower" 0.000`,
		`authdeck_tokens system="empty" kind="" 0.000`, `authdeck_tokens system="idp" kind="api" 7.000`, `authdeck_tokens system="idp" kind="session" 1.000`,
		`authdeck_tokens_expired system="empty" 0.000`, `authdeck_tokens_expired system="idp" 1.000`,
		`authdeck_tokens_expiring system="empty" within="14d" 0.000`, `authdeck_tokens_expiring system="empty" within="3d" 0.000`,
		`authdeck_tokens_expiring system="idp" within="14d" 3.000`, `authdeck_tokens_expiring system="idp" within="3d" 1.000`,
		`authdeck_tokens_inactive_owner system="empty" 0.000`, `authdeck_tokens_inactive_owner system="idp" 1.000`,
		`authdeck_tokens_never_expiring system="empty" 0.000`, `authdeck_tokens_never_expiring system="idp" 1.000`,
		`authdeck_tokens_unknown_expiry system="empty" 0.000`, `authdeck_tokens_unknown_expiry system="idp" 1.000`,
		`authdeck_tokens_untold system="empty" 0.000`, `authdeck_tokens_untold system="idp" 0.000`,
		`authdeck_tokens_unused system="empty" 0.000`, `authdeck_tokens_unused system="idp" 1.000`,
	}
	if got := scraped(t, text); !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestTheFilesOfTwoChecksLieBesideEachOther wants no series of one in the other.
func TestTheFilesOfTwoChecksLieBesideEachOther(t *testing.T) {
	w := wanted(t, `name:"a\b"`, "", "")
	one, other := scraped(t, mixed(t).Prometheus()), scraped(t, checked(w, counted(w, "idp", nil, ending("a", in(1)))).Prometheus())
	for _, line := range other {
		series := line[:strings.LastIndex(line, " ")]
		if !strings.Contains(series, `query="name:\"a\\b\""`) || slices.ContainsFunc(one, func(l string) bool { return strings.HasPrefix(l, series+" ") }) {
			t.Error(line)
		}
	}
}

// TestAKindForEachTokenIsNoSeriesForEach has a system whose kinds are names.
func TestAKindForEachTokenIsNoSeriesForEach(t *testing.T) {
	w := wanted(t, "", "", "")
	var tokens []model.Token
	for i := range 500 {
		one := ending("a", in(99))
		one.Kind = model.Clean(fmt.Sprint("kind ", i))
		tokens = append(tokens, one)
	}
	text := checked(w, counted(w, "idp", nil, tokens...)).Prometheus()
	content(t, text)
	if n := strings.Count(text, "authdeck_tokens{"); n != 51 || !strings.Contains(text, `kind="others"} 450`) {
		t.Errorf("%d kinds:\n%s", n, text)
	}
}

// FuzzNamesDoNoHarmInWhatIsMonitored puts names of others everywhere where one may stand.
func FuzzNamesDoNoHarmInWhatIsMonitored(f *testing.F) {
	for _, name := range []string{"ci", `a'b"c`, "a|b=1;2", "x\ny|'z'=1", "\xff\x00\u202e", "a::b", `\`, "'", "=", "# HELP x", "", "{}", strings.Repeat("é", 2000)} {
		f.Add(name, name)
	}
	f.Fuzz(func(t *testing.T, system, name string) {
		if model.Clean(system).String() == "tower" || system == "shop" {
			t.Skip("no two systems have one name, and of shop there is a line more")
		}
		w, err := monitor.Read(name, "14d", "3d")
		if err != nil {
			t.Fatal(err)
		}
		soon, never := ending(name, in(2)), ending(name, model.Not(model.Never))
		soon.Kind, soon.Owner.Username, never.Kind = model.Clean(name), model.Clean(name), model.Clean(system)
		r := checked(w, counted(w, system, nil, soon, never), counted(w, "tower", model.Fail(model.Unavailable, name), soon))
		said := r.Plugin()
		verdict, figures, err := byTheGuidelines(said)
		if err != nil || verdict != "CRITICAL" || len(figures) < 5 || strings.Count(said, "\n") != 5 {
			t.Fatalf("%q: %s, %v, %v", said, verdict, figures, err)
		}
		text, icingas, err := byIcinga(said)
		if err != nil || len(icingas) != len(figures) || strings.Count(text, "\n") != 5 {
			t.Fatalf("%q: %v, %v", said, icingas, err)
		}
		exposed := r.Prometheus()
		content(t, exposed)
		if lines := scraped(t, exposed); len(lines) < 15 || len(lines) > 16 { // the kinds of the two may be one
			t.Fatalf("%q: %q", exposed, lines)
		}
	})
}
