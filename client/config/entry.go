package config

import (
	"fmt"
	"net"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"authdeck/client/courier"
	"authdeck/client/redact"
	"authdeck/client/signature"
	"authdeck/model"
)

// entry is one [[system]] of the file.
type entry struct {
	Name            string    `toml:"name"`
	Kind            string    `toml:"kind"`
	URL             string    `toml:"url"`
	TokenEnv        string    `toml:"token_env"`
	TokenFile       string    `toml:"token_file"`
	TokenCommand    []string  `toml:"token_command"`
	TokenHanded     string    `toml:"token_credential"`
	Username        string    `toml:"username"`
	Auth            string    `toml:"auth"`
	Generation      string    `toml:"generation"`
	PasswordEnv     string    `toml:"password_env"`
	PasswordFile    string    `toml:"password_file"`
	PasswordCommand []string  `toml:"password_command"`
	PasswordHanded  string    `toml:"password_credential"`
	CAFile          string    `toml:"ca_file"`
	ClientCert      string    `toml:"client_cert"`
	ClientKey       string    `toml:"client_key"`
	Production      bool      `toml:"production"`
	ReadOnly        bool      `toml:"read_only"`
	InsecureHTTP    bool      `toml:"insecure_http"`
	Signers         *string   `toml:"require_signature"`
	KeyCommand      *[]string `toml:"key_command"`
}

// keyError is a complaint about one key of a [[system]].
type keyError struct{ key, text string }

func (w *keyError) Error() string { return w.key + ": " + w.text }

func wrong(key, format string, args ...any) error {
	return &keyError{key, fmt.Sprintf(format, args...)}
}

func (e entry) profile(paths expander, kinds Kinds) (Profile, error) {
	p, err := e.described(kinds)
	if err != nil {
		return Profile{}, err
	}
	p.Username, p.Production, p.ReadOnly = e.Username, e.Production, e.ReadOnly
	p.CAFile = paths.expand(e.CAFile)
	if err = e.own(); err != nil {
		return Profile{}, err
	}
	p.ClientCert, p.ClientKey = paths.expand(e.ClientCert), paths.expand(e.ClientKey)
	if p.Credential, err = e.credential(paths); err != nil {
		return Profile{}, err
	}
	if p.Way, err = e.way(p.takes); err != nil {
		return Profile{}, err
	}
	if p.Signers, err = e.signers(paths); err != nil {
		return Profile{}, err
	}
	if e.KeyCommand != nil {
		if p.courier, err = courier.Parse(*e.KeyCommand); err != nil {
			return Profile{}, wrong("key_command", "%v", err)
		}
	}
	p.Generation, err = e.generation(p.takes)
	return p, err
}

// own checks that a certificate of authdeck's own is whole.
func (e entry) own() error {
	switch {
	case e.ClientCert == "" && e.ClientKey == "":
		return nil
	case e.ClientKey == "":
		return wrong("client_cert", "a certificate needs its key; give client_key the file")
	case e.ClientCert == "":
		return wrong("client_key", "a key needs its certificate; give client_cert the file")
	case strings.HasPrefix(e.URL, "http:"):
		return wrong("client_cert", "http has no TLS, in which a certificate could be shown; use https")
	}
	return nil
}

// described checks what a system is: its name, its kind and its address.
func (e entry) described(kinds Kinds) (Profile, error) {
	if err := e.named(); err != nil {
		return Profile{}, err
	}
	takes, err := e.ofKind(kinds)
	if err != nil {
		return Profile{}, err
	}
	address, err := e.address()
	return Profile{Name: e.Name, Kind: e.Kind, url: address, takes: takes}, err
}

func (e entry) named() error {
	if !regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$`).MatchString(e.Name) {
		return wrong("name", "%s is no name; it takes 1 to 40 letters of A-Z a-z 0-9 . _ -, a letter or digit first", quoted(e.Name))
	}
	if redact.LooksLikeKey(e.Name) {
		return wrong("name", "this looks like a key; a name is shown everywhere")
	}
	return nil
}

func (e entry) ofKind(kinds Kinds) (Kind, error) {
	takes, known := kinds[e.Kind]
	if !known {
		return Kind{}, wrong("kind", "%s is not a kind of system; allowed: %s", quoted(e.Kind), kinds.names())
	}
	return takes, nil
}

// signers is the file of those who may sign plans. It is read here so that a fault of it is
// known before anything depends on it, and again when it does.
func (e entry) signers(paths expander) (string, error) {
	if e.Signers == nil {
		return "", nil
	}
	path := paths.expand(*e.Signers)
	if _, err := signature.ReadAllowed(path); err != nil {
		return "", wrong("require_signature", "%v", err)
	}
	return path, nil
}

// way is how the system is signed in to: as auth says, or as the credential
// suggests.
func (e entry) way(takes Kind) (string, error) {
	fitting := takes.fitting(e.Username != "")
	if len(fitting) == 0 {
		return "", wrong("username", "a system of kind %s signs in with a token only", e.Kind)
	}
	chosen := 0
	if e.Auth != "" {
		chosen = slices.IndexFunc(fitting, func(w Way) bool { return w.Name == e.Auth })
	}
	switch {
	case chosen < 0:
		return "", wrong("auth", "%s does not go with kind %s and this credential; possible: %s", quoted(e.Auth), e.Kind, namesOf(fitting))
	case fitting[chosen].NoColon && strings.Contains(e.Username, ":"):
		return "", wrong("username", "a user name with a colon cannot be sent by Basic sign-in")
	}
	return fitting[chosen].Name, nil
}

func (e entry) generation(takes Kind) (string, error) {
	possible := takes.Generations
	if e.Generation == "" || slices.Contains(possible, e.Generation) {
		return e.Generation, nil
	}
	if len(possible) == 0 {
		return "", wrong("generation", "a system of kind %s has no generations; leave it out", e.Kind)
	}
	return "", wrong("generation", "%s is none of %s: %s", quoted(e.Generation), e.Kind, strings.Join(possible, ", "))
}

func (e entry) address() (*url.URL, error) {
	u, err := url.Parse(e.URL)
	switch { // no message quotes the value: it may hold a password or a key
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, wrong("url", "this is no address; it looks like https://host or https://host:port/path")
	case u.User != nil:
		return nil, wrong("url", "a URL holds no user name or password; use token_env, token_file or token_command")
	case u.RawQuery != "" || u.Fragment != "":
		return nil, wrong("url", "an address has no query and no fragment; leave them out")
	case model.Clean(u.Host).Changed():
		return nil, wrong("url", "the host holds a letter that no host's name has")
	case likeKeyAsHost(u.Hostname()):
		return nil, wrong("url", "where the host's name has to stand is something that looks like a key")
	case u.Scheme == "http" && !e.InsecureHTTP && !loopback(u.Hostname()):
		return nil, wrong("url", "http sends the token in the clear; use https, or set insecure_http = true")
	}
	u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), strings.TrimRight(u.RawPath, "/")
	return u, nil
}

// likeKeyAsHost reports whether a key stands where a host's name has to. Machines
// of a cloud have names like keys too, but under a domain.
func likeKeyAsHost(host string) bool {
	return redact.LooksLikeKey(host) && (!strings.Contains(host, ".") || strings.HasPrefix(host, "eyJ"))
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// variable reports whether a text can name an environment variable. What looks
// like a key does not, so that a key in the wrong place is never quoted.
func variable(name string) bool {
	return name == "" || regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`).MatchString(name) && !redact.LooksLikeKey(name)
}

// expander makes paths of the file absolute: ~/ is the home, the rest stands
// beside the file.
type expander struct{ base, home string }

func (x expander) expand(path string) string {
	path = AtHome(path, x.home)
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(x.base, path)
}

// AtHome is a path in which ~/ is the home, as a shell has it.
func AtHome(path, home string) string {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		return filepath.Join(home, rest)
	}
	return path
}
