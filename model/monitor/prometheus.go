package monitor

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"authdeck/model"
)

// Prometheus is the check as a file for the textfile collector of the node exporter. Of a system
// that was not read to its end there is that, and no figure: it would be too low.
func (r Report) Prometheus() string {
	var out strings.Builder
	for _, m := range r.metrics() {
		m.write(&out)
	}
	return out.String()
}

// metric is a gauge: figures of one name.
type metric struct {
	name, help string
	samples    []sample
}

type sample struct {
	labels []label
	value  string
}

type label struct{ name, value string }

// metrics are all of them. One without a figure is left out.
func (r Report) metrics() []metric {
	return append([]metric{
		{"authdeck_check_status", "Verdict of the check: 0 is ok, 1 warning, 2 critical, 3 unknown.", r.one(strconv.Itoa(int(r.Verdict())))},
		{"authdeck_check_timestamp_seconds", "Unix time of the check.", r.one(strconv.FormatInt(r.At.Unix(), 10))},
		{"authdeck_check_duration_seconds", "How long the check took.", r.one(fmt.Sprintf("%.3f", r.Took.Seconds()))},
		{"authdeck_system_up", "Whether the tokens of the system were read to their end.", r.each(r.Systems, func(s System) string {
			if s.Whole() {
				return "1"
			}
			return "0"
		})},
		{"authdeck_tokens", "Tokens by their kind, in the words of the system.", r.kinds()},
		{"authdeck_tokens_expiring", "Tokens that end within a span, but for those that never live for longer.", r.expiring()},
	}, r.counts()...)
}

// counts are those that are a number a system.
func (r Report) counts() []metric {
	whole := slices.DeleteFunc(slices.Clone(r.Systems), func(s System) bool { return !s.Whole() })
	ending := slices.DeleteFunc(slices.Clone(whole), func(s System) bool { return s.Next.IsZero() })
	number := func(of func(System) int) []sample {
		return r.each(whole, func(s System) string { return strconv.Itoa(of(s)) })
	}
	return []metric{
		{"authdeck_tokens_expired", "Tokens that are over and still there.", number(func(s System) int { return s.Over })},
		{"authdeck_tokens_never_expiring", "Tokens that have no end.", number(func(s System) int { return s.Never.Yes })},
		{"authdeck_tokens_unknown_expiry", "Tokens of which the system does not say when they end.", number(func(s System) int { return s.NoWord })},
		{"authdeck_tokens_inactive_owner", "Tokens whose owner may not sign in any more.", number(func(s System) int { return s.Inactive.Yes })},
		{"authdeck_tokens_unused", "Tokens that nobody has used for long.", number(func(s System) int { return s.Unused.Yes })},
		{"authdeck_tokens_untold", "Tokens of which it cannot be told whether they are asked for.", number(func(s System) int { return s.Unsaid })},
		{"authdeck_next_expiry_timestamp_seconds", "Unix time at which the first token of the system ends.", r.each(ending, func(s System) string { return strconv.FormatInt(s.Next.Unix(), 10) })},
	}
}

// one is a figure of the check itself.
func (r Report) one(value string) []sample { return []sample{{r.labels(), value}} }

// each is a figure a system.
func (r Report) each(systems []System, value func(System) string) (all []sample) {
	for _, s := range systems {
		all = append(all, sample{r.labels(label{"system", s.Name}), value(s)})
	}
	return all
}

// kinds are the tokens of each kind.
func (r Report) kinds() (all []sample) {
	for _, s := range r.Systems {
		for _, kind := range slices.Sorted(maps.Keys(s.Kinds)) {
			if s.Whole() {
				all = append(all, sample{r.labels(label{"system", s.Name}, label{"kind", kind}), strconv.Itoa(s.Kinds[kind])})
			}
		}
		if s.Whole() && len(s.Kinds) == 0 { // none is a figure too: without one, nobody could alert on it
			all = append(all, sample{r.labels(label{"system", s.Name}, label{"kind", ""}), "0"})
		}
	}
	return all
}

// expiring are the tokens that end within the spans.
func (r Report) expiring() (all []sample) {
	for _, s := range r.Systems {
		for _, w := range s.within(r.Wanted) {
			if s.Whole() {
				all = append(all, sample{r.labels(label{"system", s.Name}, label{"within", w.Text}), strconv.Itoa(w.n)})
			}
		}
	}
	return all
}

// labels are those of a figure. What was asked for is one of each, so that the files of several
// checks lie beside each other; of all tokens there is no such label.
func (r Report) labels(of ...label) []label {
	if r.Wanted.Query == "" {
		return of
	}
	return append(of, label{"query", r.Wanted.Query})
}

func (m metric) write(out *strings.Builder) {
	if len(m.samples) == 0 {
		return
	}
	fmt.Fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", m.name, m.help, m.name)
	for _, s := range m.samples {
		out.WriteString(m.name)
		for i, l := range s.labels {
			fmt.Fprintf(out, `%c%s="%s"`, "{,"[min(i, 1)], l.name, escaped(l.value))
		}
		if len(s.labels) > 0 {
			out.WriteByte('}')
		}
		fmt.Fprintf(out, " %s\n", s.value)
	}
}

// escaped is the value of a label.
func escaped(value string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(model.Clean(value).String())
}
