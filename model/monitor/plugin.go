package monitor

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"authdeck/model"
)

// service is what the lines of the Monitoring Plugins begin with.
const service = "TOKENS"

// Plugin is what the check says to a monitoring system: a line with the verdict, behind a bar
// the performance data, and below a line for each system and for the tokens that there is
// something to say of. It is for standard output, and ends with a line break.
func (r Report) Plugin() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s: %s | %s\n", service, r.Verdict(), r.Summary(), strings.Join(r.perfdata(), " "))
	for _, s := range r.Systems {
		fmt.Fprintln(&out, plain(s.line(r.Wanted)))
		if s.Note != "" {
			fmt.Fprintln(&out, plain(s.Name+" says of its list: "+s.Note))
		}
	}
	for _, s := range r.Systems {
		for _, one := range s.Shown {
			fmt.Fprintln(&out, plain(one.line(s.Name, r.Wanted)))
		}
	}
	return out.String()
}

// Failed is what a check says that could not be made.
func Failed(why string) string {
	return fmt.Sprintf("%s %s: %s\n", service, Unknown, plain(why))
}

// plain is a text that does no harm between other words of a plugin: it is one line, begins no
// performance data, and looks like none.
func plain(text string) string {
	return strings.NewReplacer("|", "¦", "=", "＝").Replace(model.Clean(text).String())
}

// line is what there is to say of a system.
func (s System) line(w Wanted) string {
	said := []string{counted(s.Tokens, "token")}
	if w.Query != "" {
		said[0] = fmt.Sprintf("%d of %s", s.Tokens, counted(s.Read, "token"))
	}
	for _, span := range s.within(w) {
		said = append(said, fmt.Sprintf("%d ending within %s", span.n, span.Text))
	}
	for _, part := range []struct {
		n     int
		words string
	}{
		{s.Brief, "too short-lived for an end to be news"},
		{s.NoWord, "of which it is not known when they end"},
		{s.Over, "over"},
		{s.Never.Yes, "never expiring"},
		{s.Inactive.Yes, "of somebody who is switched off"},
		{s.Unused.Yes, "unused"},
		{s.Unsaid, "of which it cannot be told"},
	} {
		if part.n > 0 {
			said = append(said, fmt.Sprintf("%d %s", part.n, part.words))
		}
	}
	if !s.Whole() {
		return fmt.Sprintf("%s: not read to its end: %s; of what came: %s", s.Name, s.Why, strings.Join(said, ", "))
	}
	return s.Name + ": " + strings.Join(said, ", ")
}

func (one Shown) line(system string, w Wanted) string {
	said := fmt.Sprintf("%s: %s of %s, ends %s", system, one.Name, one.Owner, one.Ends.Word())
	switch {
	case one.Critical:
		return "CRITICAL " + said
	case w.OfEnds():
		return "WARNING " + said
	}
	return said
}

// perfdata are the figures of the systems that were read to their end: of another one they
// would be too low, and a graph would believe them.
func (r Report) perfdata() []string {
	var pairs []string
	for _, s := range r.Systems {
		if s.Whole() {
			pairs = append(pairs, s.perfdata(r)...)
		}
	}
	if !r.Wanted.OfEnds() && len(r.unread()) == 0 {
		pairs = append(pairs, pair("tokens", strconv.Itoa(r.tokens()), r.Wanted.Warn.Text, r.Wanted.Crit.Text, "0"))
	}
	return append(pairs,
		pair("systems_unread", strconv.Itoa(len(r.unread())), "", "", "0", strconv.Itoa(len(r.Systems))),
		pair("time", fmt.Sprintf("%.3fs", r.Took.Seconds()), "", "", "0"))
}

func (s System) perfdata(r Report) []string {
	w := r.Wanted
	pairs := []string{pair(s.Name+"_tokens", strconv.Itoa(s.Tokens), "", "", "0")}
	for _, span := range s.within(w) {
		pairs = append(pairs, pair(s.Name+"_within_"+span.Text, strconv.Itoa(span.n), span.warn, span.crit, "0"))
	}
	if w.OfEnds() && !s.Next.IsZero() {
		left := s.Next.Unix() - r.At.Unix() // in a thousand years for all that AWX minds, of which no span of Go knows
		pairs = append(pairs, pair(s.Name+"_next_end", fmt.Sprintf("%ds", left), least(w.Warn.Within), least(w.Crit.Within)))
	}
	return pairs
}

// least is the range of the seconds that have to be left.
func least(within time.Duration) string {
	if within == 0 {
		return ""
	}
	return fmt.Sprintf("%.0f:", within.Seconds())
}

// pair is a figure: 'label'=value[UOM];[warn];[crit];[min];[max]. What is empty at its end is
// left out.
func pair(label, value string, rest ...string) string {
	return "'" + harmless(label) + "'=" + strings.TrimRight(value+";"+strings.Join(rest, ";"), ";")
}

// harmless is a label that every reader takes: Icinga 2 takes two quotes for two, and two colons
// for the name of a part; older readers end a label at a blank, however it is quoted.
func harmless(label string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-", r) {
			return r
		}
		return '_'
	}, label)
}
