package config

import (
	"net/url"

	"authdeck/client/courier"
)

// Profile is how to reach one system. Profiles come from [Load] or [NewProfile],
// which check them.
type Profile struct {
	Name, Kind           string
	CAFile               string // PEM roots beside the machine's own; empty for none
	ClientCert           string // a PEM certificate of authdeck's own, for a system that wants one; empty for none
	ClientKey            string // its key
	Username             string // set where the system signs in with a password
	Way                  string // to sign in, one of the kind's
	Generation           string // of the kind's, where it is forced; empty to find it out
	Signers              string // the file of those who may sign its plans; empty where none has to be signed
	Production, ReadOnly bool
	Credential           Source // the token's, or the password's where Username is set

	url   *url.URL
	takes Kind // what its kind does

	courier courier.Command // of its own; the zero value for none
}

// URL is the address, which is not to be changed.
func (p Profile) URL() *url.URL { return p.url }

// InTheClear reports whether what is sent to the system can be read on the way: it goes by
// http, and to another machine than this one.
func (p Profile) InTheClear() bool { return p.url.Scheme == "http" && !loopback(p.url.Hostname()) }

// couriers are what takes the keys of systems: each one's own command, else that of all.
func couriers(profiles []Profile, ofAll *[]string) (courier.Commands, error) {
	var all courier.Command
	if ofAll != nil {
		var err error
		if all, err = courier.Parse(*ofAll); err != nil {
			return nil, err
		}
	}
	by := courier.Commands{}
	for _, p := range profiles {
		if p.courier.Runs() {
			by[p.Name] = p.courier
		} else if all.Runs() {
			by[p.Name] = all
		}
	}
	return by, nil
}

// NewProfile is a profile without a file, for a system of our own: the same rules
// hold, but for http, which is allowed to anywhere.
func NewProfile(kinds Kinds, name, kind, address string, credential Source) (Profile, error) {
	p, err := entry{Name: name, Kind: kind, URL: address, InsecureHTTP: true}.described(kinds)
	p.Credential = credential
	if ways := p.takes.fitting(false); len(ways) > 0 {
		p.Way = ways[0].Name
	}
	return p, err
}

// SignInWith is a profile that signs in with a user name and a password instead
// of a token.
func (p Profile) SignInWith(username string) (Profile, error) {
	p.Username = username
	var err error
	p.Way, err = entry{Kind: p.Kind, Username: username}.way(p.takes)
	return p, err
}
