package monitor

import (
	"cmp"
	"fmt"
	"strings"
	"time"
)

// Verdict is what a monitoring system shows of a check. Its value is the exit code.
type Verdict int

// The verdicts.
const (
	OK Verdict = iota
	Warning
	Critical
	Unknown
)

// String is the verdict in the word of the Monitoring Plugins.
func (v Verdict) String() string { return [...]string{"OK", "WARNING", "CRITICAL", "UNKNOWN"}[v] }

// Report is a check that was made.
type Report struct {
	Wanted  Wanted
	At      time.Time // as of which it holds
	Took    time.Duration
	Systems []System
	Fault   string // what went wrong beside the systems, such as a file that was not written; empty for nothing
}

// Verdict is what there is to say of all systems together. What is critical is critical, whatever
// else could not be seen. A system that was not read to its end makes the rest unknown, a warning
// too: what nobody has looked at may be worse. What is over changes nothing by itself: it was
// told of when its end came near, and whoever wants it gone asks for it.
func (r Report) Verdict() Verdict {
	warn, crit := r.alerts(r.Wanted.Warn, func(s System) int { return s.Warn }), r.alerts(r.Wanted.Crit, func(s System) int { return s.Crit })
	switch {
	case crit:
		return Critical
	case len(r.Systems) == 0 || len(r.unread()) > 0 || r.Fault != "":
		return Unknown
	case warn:
		return Warning
	}
	return OK
}

// alerts is whether a threshold is passed, and would be whatever else there is in systems that
// were not read to their end.
func (r Report) alerts(t Threshold, within func(System) int) bool {
	switch {
	case !t.Set():
		return false
	case t.OfEnds():
		return r.sum(within) > 0
	case len(r.unread()) > 0:
		return t.Number.alertsFrom(r.tokens())
	}
	return t.Number.Alerts(r.tokens())
}

func (r Report) sum(of func(System) int) (n int) {
	for _, s := range r.Systems {
		n += of(s)
	}
	return n
}

func (r Report) tokens() int { return r.sum(func(s System) int { return s.Tokens }) }

// unread are the systems that were not read to their end.
func (r Report) unread() (names []string) {
	for _, s := range r.Systems {
		if !s.Whole() {
			names = append(names, s.Name)
		}
	}
	return names
}

// Summary is the verdict in a sentence, as the first line has it.
func (r Report) Summary() string {
	said := []string{r.count()}
	if r.Wanted.OfEnds() {
		said[0] = r.ends()
	}
	if unread := r.unread(); len(r.Systems) == 0 {
		said = []string{"no system was asked"}
	} else if len(unread) > 0 {
		said = append([]string{r.missing(unread)}, said...)
	}
	if n := r.sum(func(s System) int { return s.Unsaid }); n > 0 {
		said = append(said, fmt.Sprintf("of %d it cannot be told whether they are asked for", n))
	}
	if n := r.sum(func(s System) int { return s.NoWord }); n > 0 && r.Wanted.OfEnds() {
		said = append(said, fmt.Sprintf("of %d it is not known when they end", n))
	}
	if r.Fault != "" {
		said = append([]string{r.Fault}, said...)
	}
	return plain(strings.Join(said, "; "))
}

// missing says which systems were not read; of a single one why, too.
func (r Report) missing(unread []string) string {
	for _, s := range r.Systems {
		if len(unread) == 1 && !s.Whole() {
			return fmt.Sprintf("%s was not read: %s", s.Name, s.Why)
		}
	}
	return strings.Join(unread, ", ") + " were not read"
}

// ends says how many tokens end within the spans.
func (r Report) ends() string {
	warn, crit := r.sum(func(s System) int { return s.Warn }), r.sum(func(s System) int { return s.Crit })
	w := r.Wanted
	widest, of := cmp.Or(w.Warn.Text, w.Crit.Text), r.of()
	switch more := warn - crit; {
	case warn+crit == 0:
		return fmt.Sprintf("none of %s ends within %s", of, widest)
	case crit > 0 && more > 0 && w.Warn.OfEnds():
		return fmt.Sprintf("%s within %s, %d more within %s, of %s%s", end(crit), w.Crit.Text, more, w.Warn.Text, of, r.first())
	case crit > 0:
		return fmt.Sprintf("%s within %s, of %s%s", end(crit), w.Crit.Text, of, r.first())
	}
	return fmt.Sprintf("%s within %s, of %s%s", end(warn), w.Warn.Text, of, r.first())
}

func end(n int) string {
	if n == 1 {
		return "1 ends"
	}
	return fmt.Sprintf("%d end", n)
}

// of is how many tokens were looked at.
func (r Report) of() string {
	looked := counted(r.tokens(), "token")
	if r.Wanted.Query != "" {
		looked = fmt.Sprintf("%d that %s finds", r.tokens(), r.Wanted.Query)
	}
	return looked + " in " + r.systems()
}

// systems are those that were read to their end, and nothing is counted of another one; what was read
// where something is.
func (r Report) systems() string {
	for _, s := range r.Systems {
		if !s.Whole() && s.Tokens > 0 {
			return "what was read"
		}
	}
	return counted(len(r.Systems)-len(r.unread()), "system")
}

// counted is a number of things.
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

// first is the token that ends first.
func (r Report) first() string {
	var first Shown
	var system string
	for _, s := range r.Systems {
		if len(s.Shown) > 0 && (system == "" || sooner(s.Shown[0], first) < 0) {
			first, system = s.Shown[0], s.Name
		}
	}
	at, _ := first.Ends.Time()
	return fmt.Sprintf("; first %s in %s, in %s", short(first.Name), system, span(at.Sub(r.At)))
}

// short is a name as far as it fits into a line among others.
func short(name string) string {
	const most = 40
	letters := []rune(name)
	if len(letters) <= most {
		return name
	}
	return string(letters[:most-1]) + "…"
}

// span is how long it is until something, in one number: it is as good as over in a minute.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return counted(int(d/day), "day")
	case d >= 2*time.Hour:
		return counted(int(d/time.Hour), "hour")
	}
	return counted(int(max(1, d/time.Minute)), "minute")
}

// count says how many tokens there are, of a number that is checked.
func (r Report) count() string {
	n, asked := r.tokens(), "there are no tokens"
	switch {
	case r.Wanted.Query != "" && n == 0:
		asked = r.Wanted.Query + " finds nothing"
	case r.Wanted.Query != "":
		asked = fmt.Sprintf("%s finds %d", r.Wanted.Query, n)
	case n == 1:
		asked = "there is 1 token"
	case n > 0:
		asked = fmt.Sprintf("there are %d tokens", n)
	}
	return asked + " in " + r.systems()
}
