package wire

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"authdeck/client/file"
	"authdeck/client/redact"
	"authdeck/model"
)

// certificateLimit is in bytes; a chain with its key is some thousand.
const certificateLimit = 256 << 10

// Certificate is what authdeck shows of itself to a system that wants one (mutual TLS). It is
// read at every handshake: whoever renews it does not tell.
type Certificate struct {
	cert, key string // the files

	mu   sync.Mutex
	last *tls.Certificate // that was whole; a renewal in two steps is not, for a moment
}

// OwnCertificate is that of two PEM files, of which the key is its owner's alone; nil without
// files.
func OwnCertificate(cert, key string) (*Certificate, error) {
	if cert == "" {
		return nil, nil //nolint:nilnil // a system that wants none
	}
	c := &Certificate{cert: cert, key: key}
	_, err := c.read()
	return c, err
}

// read gives the certificate as it is in the files now, or as it was when they last fitted.
func (c *Certificate) read() (*tls.Certificate, error) {
	found, err := pairOf(c.cert, c.key)
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case err == nil:
		c.last = found
	case c.last != nil:
		return c.last, nil
	}
	return c.last, err
}

func pairOf(cert, key string) (*tls.Certificate, error) {
	chain, err := file.Read(cert, certificateLimit)
	if err != nil {
		return nil, wrongFile("client_cert", cert, err.Error())
	}
	secret, err := file.ReadPrivate(key, certificateLimit)
	if err != nil {
		return nil, wrongFile("client_key", key, err.Error())
	}
	defer clear(secret)
	if why := notAKey(secret); why != "" {
		return nil, wrongFile("client_key", key, why)
	}
	if !holds(chain, "CERTIFICATE") {
		return nil, wrongFile("client_cert", cert, "there is no PEM certificate in it")
	}
	pair, err := tls.X509KeyPair(chain, secret)
	switch {
	case err != nil && strings.Contains(err.Error(), "does not match"): // which has no type
		return nil, wrongFile("client_key", key, "it is not the key of the certificate in client_cert")
	case err != nil: // which may quote what it read
		return nil, wrongFile("client_cert", cert, "it and client_key cannot be read as a certificate and its key")
	}
	return &pair, nil
}

// wrongFile names a file unless its path may be a key in the wrong place.
func wrongFile(key, path, why string) error {
	if !redact.LooksLikeKey(path) {
		key += " " + path
	}
	return model.Fail(model.Unopened, key+": "+why)
}

// notAKey says why there is no key in a file that can be used.
func notAKey(content []byte) string {
	switch {
	case bytes.Contains(content, []byte("ENCRYPTED")): // in the block's type, or in a header of it
		return "it is encrypted, and authdeck asks for no pass phrase of it; decrypt it into a file of your own, with openssl pkey, and run chmod 600 on that"
	case !holds(content, "PRIVATE KEY"):
		return "there is no PEM private key in it"
	}
	return ""
}

// holds reports whether a block of a type that ends so is among the PEM blocks.
func holds(content []byte, kind string) bool {
	for block, rest := pem.Decode(content); block != nil; block, rest = pem.Decode(rest) {
		clear(block.Bytes)
		if strings.HasSuffix(block.Type, kind) {
			return true
		}
	}
	return false
}

// leaf is the certificate itself, without those who have signed it.
func (c *Certificate) leaf() *x509.Certificate {
	pair, err := c.read()
	if err != nil {
		return nil
	}
	return pair.Leaf
}

// Until is when it ends, and what is wrong with its dates at a moment: empty for nothing.
func (c *Certificate) Until(now time.Time) (until time.Time, wrong string) {
	leaf := c.leaf()
	switch {
	case leaf == nil:
		return time.Time{}, ""
	case now.After(leaf.NotAfter):
		return leaf.NotAfter, "expired on " + leaf.NotAfter.Format(time.DateOnly)
	case now.Before(leaf.NotBefore):
		return leaf.NotAfter, "is not valid before " + leaf.NotBefore.Format(time.DateOnly)
	}
	return leaf.NotAfter, ""
}

// tlsConfig is how TLS is spoken, with a certificate of authdeck's own or nil.
func tlsConfig(roots *x509.CertPool, own *Certificate) *tls.Config {
	config := &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	if own != nil {
		config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) { return own.read() }
	}
	return config
}

// presenting tells of a system that does not take authdeck's certificate which one it was.
type presenting struct {
	http.RoundTripper
	own *Certificate
}

// present is a way out on which a certificate is shown; nil for none.
func present(own *Certificate, way http.RoundTripper) http.RoundTripper {
	if own == nil {
		return way
	}
	return presenting{way, own}
}

// RoundTrip implements [http.RoundTripper].
func (p presenting) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := p.RoundTripper.RoundTrip(r)
	return response, p.own.refused(err)
}

// refused is the error of a system that did not take the certificate, with what is wrong with
// it; any other as it is.
func (c *Certificate) refused(err error) error {
	if err == nil || c == nil {
		return err
	}
	if _, ofProxy := errors.AsType[*ProxyError](err); ofProxy {
		return err
	}
	switch tlsErrorOf(err).fault {
	case clientCertificateWanted, clientCertificateRefused, handshakeRefused:
	default:
		return err
	}
	_, wrong := c.Until(time.Now())
	return NetworkError{fault: clientCertificateRefused, own: wrong}
}
