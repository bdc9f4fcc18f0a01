package wire

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"
)

// distrustOf says why TLS did not come about; [Unknown] for any other error.
func distrustOf(err error) SilenceError {
	if untrusted, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return uncertified(untrusted.Err)
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" { // crypto/tls's mark for an alert
		return SilenceError{Why: alerted(op.Err)}
	}
	_, plain := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case plain, errors.Is(err, http.ErrSchemeMismatch):
		return SilenceError{Why: Cleartext}
	case strings.HasPrefix(err.Error(), "tls: server selected unsupported protocol version"): // which has no type
		return SilenceError{Why: TooOld}
	case strings.HasPrefix(err.Error(), "tls: "):
		return SilenceError{Why: Insecure}
	}
	return SilenceError{}
}

// uncertified says what is wrong with a certificate, in none of its own words.
func uncertified(err error) SilenceError {
	if other, ok := errors.AsType[x509.HostnameError](err); ok {
		return SilenceError{Why: Misnamed, Name: other.Host} // the one that was asked for
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return SilenceError{Why: Untrusted}
	}
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err)
	switch {
	case !ok || invalid.Reason != x509.Expired:
		return SilenceError{Why: Distrusted}
	case invalid.Cert != nil && time.Now().Before(invalid.Cert.NotBefore):
		return SilenceError{Why: Premature}
	}
	return SilenceError{Why: Outdated}
}

// alerted tells the alerts of RFC 8446, section 6, by their words, which are
// crypto/tls's own: their type is not exported.
func alerted(alert error) Why {
	for number, why := range map[tls.AlertError]Why{
		40:  Unwelcome,  // handshake_failure
		42:  Certifying, // bad_certificate
		70:  TooOld,     // protocol_version
		116: Certifying, // certificate_required
		120: Speechless, // no_application_protocol
	} {
		if alert.Error() == number.Error() {
			return why
		}
	}
	return Insecure
}
