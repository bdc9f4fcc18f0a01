package demo

import (
	"cmp"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/awx"
	"authdeck/client/demo/stage"
)

const (
	manyUsers  = 240
	manyTokens = 170
	nearby     = "127.0.0.1:0"
	most       = 100_000
)

// Options says what Start shall play. The zero value is a good demo.
type Options struct {
	Seed      uint64           // the same seed gives the same people and the same keys, on one day the same company
	Users     int              // 240 unless given; grows to Tokens, because a user holds at most one
	Tokens    int              // 170 unless given
	Listen    string           // host:port; "127.0.0.1:0" unless given
	Ports     bool             // each system on a port of its own as well, at the root
	Faults    string           // what goes wrong; see [FaultHelp]
	KeyPrefix string           // every key and password begins with it
	Now       func() time.Time // the clock, whose day at the start the seeded data look back from; the machine's unless given
	Calm      bool             // names that do harm are few, and on no first page, instead of 24 that nobody can miss
	Log       *slog.Logger     // nil logs nothing; keys are never logged
	Quirks    []Quirk          // which of the ways in which servers of one kind differ are played
	AWX       Generation       // the generation that awx plays; empty for OAuth2
}

// check refuses what withDefaults must not repair.
func (o Options) check() error {
	if err := count("users", o.Users, manyUsers); err != nil {
		return err
	}
	if err := count("tokens", o.Tokens, manyTokens); err != nil {
		return err
	}
	if len(o.KeyPrefix) > stage.LongestPrefix || strings.Trim(o.KeyPrefix, stage.KeyLetters) != "" {
		return fmt.Errorf("the key prefix may have up to %d letters, digits, - and _", stage.LongestPrefix)
	}
	if err := playable(o.AWX); err != nil {
		return err
	}
	return listenable(o.Listen)
}

func (o Options) withDefaults() Options {
	o.Tokens = cmp.Or(o.Tokens, manyTokens)
	o.Users = max(cmp.Or(o.Users, manyUsers), o.Tokens)
	o.Listen = cmp.Or(o.Listen, nearby)
	o.AWX = cmp.Or(o.AWX, AWXOAuth2)
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

// settings are what the mirrors get to know of the options.
func (o Options) settings() stage.Settings {
	return stage.Settings{
		Seed: o.Seed, Users: o.Users, Tokens: o.Tokens, KeyPrefix: o.KeyPrefix,
		Now: o.Now, Began: o.Now().Truncate(time.Second), Calm: o.Calm, Quirks: o.Quirks,
	}
}

func playable(g Generation) error {
	var words []string
	for _, known := range awx.Generations() {
		words = append(words, string(known))
	}
	if g == "" || slices.Contains(words, string(g)) {
		return nil
	}
	return unknown("AWX generation", string(g), words)
}

func count(what string, n, unlessGiven int) error {
	if n == 0 || stage.FewestUsers <= n && n <= most {
		return nil
	}
	return fmt.Errorf("%d %s: want %d to %d, or 0 for %d", n, what, stage.FewestUsers, most, unlessGiven)
}

// listenable wants a host to be named, so that nobody opens a machine full of
// valid keys to the network by leaving something out.
func listenable(addr string) error {
	if addr == "" {
		return nil
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("listen on %q: want host:port, such as %s", addr, nearby)
	}
	if host == "" {
		return fmt.Errorf("listen on %q: name the host: 127.0.0.1, or 0.0.0.0 for every network", addr)
	}
	return nil
}

// Hostile lists texts that do harm on a terminal which prints them as they
// come. Each one is somebody's name in the demo. They are valid UTF-8.
func Hostile() []string { return stage.Hostile() }
