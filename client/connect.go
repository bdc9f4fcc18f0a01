package client

import (
	"context"
	"crypto/x509"
	"net/url"

	"authdeck/client/config"
	"authdeck/client/redact"
	"authdeck/client/wire"
	"authdeck/model"
)

// wayOf is how a profile signs in.
func wayOf(p config.Profile) wire.Way { return wire.Way(p.Way) }

// usable refuses a token that no header can carry.
func usable(p config.Profile, secret model.Secret, err error) (model.Secret, error) {
	if err == nil && !wayOf(p).WithPassword() {
		err = sendable(secret)
	}
	if err != nil {
		return model.Secret{}, err
	}
	return secret, nil
}

// sendable refuses a token that no header can carry.
func sendable(token model.Secret) error {
	for _, b := range []byte(token.Reveal()) {
		if b < '!' || b > '~' {
			return model.Fail(model.Unopened, "the credential holds a blank or a letter that no token has")
		}
	}
	return nil
}

// originOf is where a refused token is looked for once more. A password has none:
// servers count the sign-ins that fail, and lock accounts.
func originOf(p config.Profile) wire.Origin {
	s := p.Credential
	if wayOf(p).WithPassword() || s.IsGiven() {
		return wire.Origin{}
	}
	o := wire.Origin{Source: model.Clean(s.String())}
	if s.MayChange() {
		o.Reread = func(ctx context.Context) (model.Secret, error) {
			secret, err := s.Reread(ctx)
			return usable(p, secret, err)
		}
	}
	return o
}

// infoOf is what is known of a system before it is asked.
func infoOf(p config.Profile) model.Info {
	return model.Info{
		Name: p.Name, Kind: p.Kind, Host: hostOf(p), Generation: p.Generation,
		Production: p.Production, ReadOnly: p.ReadOnly, Signers: p.Signers,
	}
}

// Known is what a configuration tells of its systems, which nobody has opened; nothing where it
// cannot be read.
func Known(path string, getenv func(string) string) []model.Info {
	found, err := config.Load(path, getenv, Kinds())
	if err != nil {
		return nil
	}
	infos := make([]model.Info, len(found.Profiles))
	for i, p := range found.Profiles {
		infos[i] = infoOf(p)
	}
	return infos
}

// hostOf is where a system stands, without the scheme, as it can be shown.
func hostOf(p config.Profile) string {
	path := p.URL().EscapedPath() // the decoded one may hold control characters
	if redact.LooksLikeKey(path) {
		path = "/" + redact.Hidden
	}
	return model.Clean(p.URL().Host + path).String()
}

func optionsOf(p config.Profile, roots *x509.CertPool, own *wire.Certificate, proxy *url.URL, env Env) wire.Options {
	return wire.Options{
		System: p.Name, URL: p.URL(), Roots: roots, Own: own, Proxy: proxy, Way: wayOf(p), Username: p.Username, Origin: originOf(p),
		Version: env.Version, Log: env.Log, Traffic: env.Traffic, Network: env.Network, RecheckDelay: env.RecheckDelay,
	}
}
