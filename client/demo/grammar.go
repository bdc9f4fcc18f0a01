package demo

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// fault is one way to misbehave.
type fault string

const (
	noFault           fault = ""
	faultUnauthorized fault = "401"
	faultForbidden    fault = "403"
	faultNotFound     fault = "404"
	faultThrottled    fault = "429"
	faultServerError  fault = "500"
	faultBadGateway   fault = "502"
	faultUnavailable  fault = "503"
	faultHTML         fault = "html"
	faultCut          fault = "cut"
	faultRedirect     fault = "redirect"
	faultEndless      fault = "endless"
	faultLost         fault = "lost"
	faultSilent       fault = "silent"
	faultSlow         fault = "slow"
	faultWrongType    fault = "wrongtype"
	faultEmpty        fault = "empty"
	faultCrash        fault = "crash"
	faultTwice        fault = "twice"
	faultLate         fault = "late"
)

const (
	anyEndpoint = "any"
	soon        = 5 * time.Second // Retry-After unless given
	afterwards  = 2 * time.Second // until what is late is done, unless given
	longest     = 24 * time.Hour  // of any wait
)

// rule is one part of a spec: what goes wrong, where, and how often.
type rule struct {
	at    endpoint
	fault fault
	wait  time.Duration // of slow, the Retry-After of 429, and until what is late is done
	first int           // only that many times; 0 is no limit
	every int           // only every that many-th time; at least 1
	seen  int           // requests that came by
}

// endpoint is an endpoint of a system. As part of a rule, no system is all of them.
type endpoint struct{ kind, name string }

func (p endpoint) covers(at endpoint) bool {
	return (p.kind == "" || p.kind == at.kind) && (p.name == anyEndpoint || p.name == at.name)
}

func parseEndpoint(word string) (endpoint, error) {
	kind, name, two := strings.Cut(word, "/")
	if !two {
		kind, name = "", word
	}
	if two && !slices.Contains(kinds(), kind) {
		return endpoint{}, unknown("system", kind, kinds())
	}
	if !slices.Contains(endpoints(), name) {
		return endpoint{}, unknown("endpoint", name, endpoints())
	}
	return endpoint{kind, name}, nil
}

func kinds() []string {
	var words []string
	for _, m := range mirrors(Options{}) {
		words = append(words, m.Kind)
	}
	return words
}

// endpoints are words that every dialect shares; none has to have them all.
func endpoints() []string {
	return []string{
		"me", "tokens", "token", "create", "edit", "regenerate", "delete", "reveal",
		"users", "user", "signin", "probe", "choices", anyEndpoint,
	}
}

type meaning struct {
	fault fault
	text  string
}

func meanings() []meaning {
	return []meaning{
		{faultUnauthorized, "the credential is refused"},
		{faultForbidden, "the rights do not suffice"},
		{faultNotFound, "there is no such thing"},
		{faultThrottled, "too many requests; 429=30 asks to wait 30 seconds, 429 alone 5"},
		{faultServerError, "the server fails, in its own way: with an HTML page, authentik's writes with an empty 405"},
		{faultBadGateway, "the proxy fails, with an HTML page"},
		{faultUnavailable, "the server is down, with an HTML page"},
		{faultHTML, "200 with a login page"},
		{faultCut, "done, but only half of the JSON arrives"},
		{faultRedirect, "302 to another host"},
		{faultEndless, "an answer without end"},
		{faultLost, "done, then the connection closes without an answer"},
		{faultSilent, "nothing is done and nothing answered"},
		{faultSlow, "slow=400ms waits that long first; what else is asked for follows"},
		{faultWrongType, "done, but the JSON says it is text/html"},
		{faultEmpty, "done, then 200 with no body"},
		{faultCrash, "done, then the server fails as with 500"},
		{faultTwice, "done, then done again as some proxies do; the second answer comes"},
		{faultLate, "504 with an HTML page, and done two seconds later; late=5s says when"},
	}
}

// FaultHelp explains the grammar of [Options].Faults to a person, and names the quirks.
func FaultHelp() string {
	var b strings.Builder
	b.WriteString("A quirk is a way in which real servers differ, one of")
	for i, q := range Quirks() {
		if i%4 == 0 {
			b.WriteString("\n ")
		}
		b.WriteString(" " + string(q))
	}
	b.WriteString("\n\nSPEC is ENDPOINT:FAULT[:HOW], any number of them with commas between.\n\nENDPOINT is one of\n  ")
	b.WriteString(strings.Join(endpoints(), " "))
	b.WriteString("\nprobe is how a client finds out what a server is, choices what a form or a question needs to know.\n" +
		"A system and a slash before it mean that system alone: " + strings.Join(kinds(), " "))
	b.WriteString("\n\nFAULT is one of\n")
	for _, m := range meanings() {
		fmt.Fprintf(&b, "  %-10s %s\n", m.fault, m.text)
	}
	b.WriteString(`
HOW is one of
  always     every time, which is the default
  once       the first time only
  first=N    the first N times
  1/N        every Nth time

For each request the first part that fits wins, and only it counts the request.
For example: create:lost:once,tokens:429=30:1/3,any:slow=400ms
`)
	return b.String()
}

// parseFaults reads a spec; its errors name the word at fault and those allowed.
func parseFaults(spec string) ([]*rule, error) {
	if strings.TrimSpace(spec) == "" {
		return nil, nil
	}
	var rules []*rule
	for part := range strings.SplitSeq(spec, ",") {
		r, err := parseRule(strings.TrimSpace(part))
		if err != nil {
			return nil, fmt.Errorf("fault %q: %w", part, err)
		}
		rules = append(rules, r)
	}
	return rules, nil
}

func parseRule(part string) (*rule, error) {
	words := strings.Split(part, ":")
	if len(words) < 2 || len(words) > 3 {
		return nil, errors.New("want ENDPOINT:FAULT[:HOW], such as create:lost:once")
	}
	at, err := parseEndpoint(words[0])
	if err != nil {
		return nil, err
	}
	r := &rule{at: at}
	if err := r.setFault(words[1]); err != nil {
		return nil, err
	}
	return r, r.setHow(append(words, "always")[2])
}

func (r *rule) setFault(word string) error {
	name, arg, given := strings.Cut(word, "=")
	r.fault = fault(name)
	var err error
	switch {
	case !slices.ContainsFunc(meanings(), func(m meaning) bool { return m.fault == r.fault }):
		return unknown("fault", name, faultWords())
	case r.fault == faultLate && !given:
		r.wait = afterwards
	case r.fault == faultSlow, r.fault == faultLate:
		r.wait, err = time.ParseDuration(arg)
	case r.fault == faultThrottled && !given:
		r.wait = soon
	case r.fault == faultThrottled:
		var seconds int
		seconds, err = positive(arg)
		r.wait = time.Duration(seconds) * time.Second
	case given:
		return fmt.Errorf("%q takes no value, only slow, late and 429 do", name)
	}
	if err != nil || given && (r.wait <= 0 || r.wait > longest) {
		return fmt.Errorf("%q: want slow=DURATION, late=DURATION or 429=SECONDS, up to a day", word)
	}
	return nil
}

func (r *rule) setHow(word string) error {
	r.every = 1
	var err error
	switch {
	case word == "always":
	case word == "once":
		r.first = 1
	case strings.HasPrefix(word, "first="):
		r.first, err = positive(strings.TrimPrefix(word, "first="))
	case strings.HasPrefix(word, "1/"):
		r.every, err = positive(strings.TrimPrefix(word, "1/"))
	default:
		return unknown("how", word, []string{"always", "once", "first=N", "1/N"})
	}
	if err != nil {
		return fmt.Errorf("%q: want a number from 1", word)
	}
	return nil
}

func positive(digits string) (int, error) {
	n, err := strconv.ParseUint(digits, 10, 31)
	if n == 0 {
		return 0, strconv.ErrRange
	}
	return int(n), err
}

func faultWords() []string {
	var words []string
	for _, m := range meanings() {
		words = append(words, string(m.fault))
	}
	return words
}

func unknown(what, word string, allowed []string) error {
	return fmt.Errorf("unknown %s %q, want one of %s", what, word, strings.Join(allowed, " "))
}
