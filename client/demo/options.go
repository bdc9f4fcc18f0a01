package demo

import (
	"cmp"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"
)

const (
	manyUsers   = 240
	manyTokens  = 170
	nearby      = "127.0.0.1:0"
	fewest      = 2 // the administrator and the one without rights
	most        = 100_000
	longPrefix  = 24 // leaves enough of a key to be unique
	prefixBytes = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
)

// Options says what Start shall play. The zero value is a good demo.
type Options struct {
	Seed      uint64           // the same seed gives the same people and the same keys
	Users     int              // 240 unless given; grows to Tokens, because a user holds at most one
	Tokens    int              // 170 unless given
	Listen    string           // host:port; "127.0.0.1:0" unless given
	Faults    string           // what goes wrong; see [FaultHelp]
	KeyPrefix string           // every key and password begins with it
	Now       func() time.Time // also the day the seeded data look back from, which is fixed otherwise
	Log       *slog.Logger     // nil logs nothing; keys are never logged
	Quirks    []Quirk          // which of the ways in which servers of one kind differ are played
	AWX       Generation       // the generation that awx plays; empty for OAuth2
}

// Quirk is a way in which real servers of one kind differ.
type Quirk string

// The quirks.
const (
	HamgamNoDelete  Quirk = "hamgam-no-delete"  // answers 405 to the deletion of a token, which is not documented
	HamgamOldCreate Quirk = "hamgam-old-create" // asks for user_id instead of user, as the older documentation does
	HamgamStaffList Quirk = "hamgam-staff-list" // lists only staff and administrators, as the newer documentation does
)

func (o Options) has(q Quirk) bool { return slices.Contains(o.Quirks, q) }

// check refuses what withDefaults must not repair.
func (o Options) check() error {
	if err := count("users", o.Users, manyUsers); err != nil {
		return err
	}
	if err := count("tokens", o.Tokens, manyTokens); err != nil {
		return err
	}
	if len(o.KeyPrefix) > longPrefix || strings.Trim(o.KeyPrefix, prefixBytes) != "" {
		return fmt.Errorf("the key prefix may have up to %d letters, digits, - and _", longPrefix)
	}
	if err := o.AWX.check(); err != nil {
		return err
	}
	return listenable(o.Listen)
}

func (o Options) withDefaults() Options {
	o.Tokens = cmp.Or(o.Tokens, manyTokens)
	o.Users = max(cmp.Or(o.Users, manyUsers), o.Tokens)
	o.Listen = cmp.Or(o.Listen, nearby)
	o.AWX = cmp.Or(o.AWX, AWXOAuth2)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func count(what string, n, unlessGiven int) error {
	if n == 0 || fewest <= n && n <= most {
		return nil
	}
	return fmt.Errorf("%d %s: want %d to %d, or 0 for %d", n, what, fewest, most, unlessGiven)
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
