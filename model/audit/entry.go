package audit

import (
	"cmp"
	"time"

	"authdeck/model"
)

// Schema is the form of the lines. A field may come to it; none goes, and none changes its
// meaning.
const Schema = "authdeck-audit/1"

// Phase is what a line is for.
type Phase string

// The phases.
const (
	AboutTo Phase = "about-to" // an order is sent after this line, and only after it
	Outcome Phase = "outcome"  // how it ended
	Looked  Phase = "looked"   // what was seen later of an order of which nobody knew the end; nothing is sent by that
	// Continued is the first line of a record of which the lines before are in another file.
	Continued Phase = "continued"
	Resumed   Phase = "resumed" // what stands before it was cut off by the end of a program or of a machine, or by a full disk
)

// Done is the outcome of an order that did what it says. The others are those of
// [model.Kind].
const Done = "done"

// What a later look finds of an order. That it shows does not say that it was this order.
const (
	Shows      = "it shows"
	NotShown   = "nothing shows"
	CannotTell = "cannot be told"
)

// FoundIn is a finding in the word for it. A look that failed has told nothing.
func FoundIn(f model.Finding, err error) string {
	switch {
	case err != nil || f.End == model.Untold:
		return CannotTell
	case f.End == model.Visible:
		return Shows
	}
	return NotShown
}

// Entry is one line. No field ever holds a secret, and all texts are clean.
type Entry struct {
	Schema string    `json:"schema"`
	Number int64     `json:"number"`       // from 1 on, without a gap
	Time   time.Time `json:"time"`         // RFC 3339 in UTC, to the nanosecond
	Phase  Phase     `json:"phase"`        //
	Of     int64     `json:"of,omitempty"` // of an outcome, and of a look: the number of the about-to

	Who
	What

	Outcome  string   `json:"outcome,omitempty"`  // of an outcome: done, or the name of a kind of error
	Found    string   `json:"found,omitempty"`    // of a look: what there was to see
	Words    string   `json:"words,omitempty"`    // what was said of it
	Requests []string `json:"requests,omitempty"` // what the server calls the writes that were sent
	Torn     *Torn    `json:"torn,omitempty"`     // of a resumed one: what it goes on after

	Prev string `json:"prev"` // the hash of the line before; empty of the first
	Hash string `json:"hash"` // of this one, see [Seal]
}

// Who is who had it done, as far as the machine says.
type Who struct {
	User      string `json:"os_user"`
	UID       int    `json:"os_uid"`
	SSHClient string `json:"ssh_client"` // the address that the session says it came from; empty without one
	Machine   string `json:"machine"`    // the name of the machine that authdeck ran on
	PID       int    `json:"pid"`
	Session   string `json:"session"` // one run of the program
}

// What is what was to be done.
type What struct {
	System  string `json:"system"` // the operator's name of it
	Kind    string `json:"system_kind"`
	Host    string `json:"system_host"`
	Action  string `json:"action"`
	TokenID string `json:"token_id"`
	Token   string `json:"token"`
	OwnerID string `json:"owner_id"`
	Owner   string `json:"owner"`
	Plan    string `json:"plan"`
	Reason  string `json:"reason"`
	Set     Set    `json:"set,omitzero"`
}

// Set is what an order makes of a token, where that can be said in words that every system shares.
type Set struct {
	Expires string `json:"expires"` // RFC 3339 in UTC, or [model.NeverWord]
}

// Words are what is set; empty where nothing is.
func (s Set) Words() string {
	if s.Expires == "" {
		return ""
	}
	return "expires " + letters(s.Expires)
}

// setOf is what an order sets.
func setOf(o model.Order) Set {
	at, dated := o.Ends.Time()
	switch {
	case o.Action != model.Edit:
	case dated:
		return Set{at.Format(time.RFC3339)}
	case o.Ends.Knowledge() == model.Never:
		return Set{model.NeverWord}
	}
	return Set{}
}

// Torn is what a crash left of a line.
type Torn struct {
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// WhatOf is what an order is to do in a system.
func WhatOf(info model.Info, o model.Order) What {
	owner := o.Owner
	if o.Action.AboutOne() && owner.ID == "" {
		owner = o.Token.Owner
	}
	return What{
		System: info.Name, Kind: info.Kind, Host: letters(info.Host), Action: o.Action.String(),
		Plan: letters(o.Plan), Reason: model.Because(o.Reason.String()).String(), Set: setOf(o),
	}.about(o.Token).of(owner)
}

// Made is what was done where the answer names a token: the one that was made, or the one
// that there is in place of another.
func (w What) Made(t model.Token) What {
	if t.ID == "" {
		return w
	}
	made := w.about(t)
	if w.OwnerID == "" && w.Owner == "" {
		return made.of(t.Owner)
	}
	return made
}

func (w What) about(t model.Token) What {
	w.TokenID, w.Token = letters(t.ID), t.Name.String()
	return w
}

func (w What) of(u model.User) What {
	w.OwnerID, w.Owner = letters(u.ID), cmp.Or(u.Username.String(), u.FullName.String())
	return w
}

func letters(foreign string) string { return model.Clean(foreign).String() }
