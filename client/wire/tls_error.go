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

// tlsErrorOf says why TLS did not come about; [unknownFault] for any other error.
func tlsErrorOf(err error) NetworkError {
	if untrusted, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return certificateError(untrusted.Err)
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" { // crypto/tls's mark for an alert
		return NetworkError{fault: alertFault(op.Err)}
	}
	_, plain := errors.AsType[tls.RecordHeaderError](err)
	switch {
	case plain, errors.Is(err, http.ErrSchemeMismatch):
		return NetworkError{fault: notTLS}
	case strings.HasPrefix(err.Error(), "tls: server selected unsupported protocol version"): // which has no type
		return NetworkError{fault: oldTLS}
	case strings.HasPrefix(err.Error(), "tls: "):
		return NetworkError{fault: tlsFailed}
	}
	return NetworkError{}
}

// certificateError says what is wrong with a certificate, in none of its own words.
func certificateError(err error) NetworkError {
	if other, ok := errors.AsType[x509.HostnameError](err); ok {
		return NetworkError{fault: certificateOfAnotherHost, host: other.Host} // the one that was asked for
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return NetworkError{fault: unknownAuthority}
	}
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err)
	switch {
	case !ok || invalid.Reason != x509.Expired:
		return NetworkError{fault: certificateInvalid}
	case invalid.Cert != nil && time.Now().Before(invalid.Cert.NotBefore):
		return NetworkError{fault: certificateNotYetValid}
	}
	return NetworkError{fault: certificateExpired}
}

// alertFault tells the alerts of RFC 8446, section 6, by their words, which are
// crypto/tls's own: their type is not exported.
func alertFault(alert error) fault {
	for number, why := range map[tls.AlertError]fault{
		40:  handshakeRefused,         // handshake_failure
		42:  clientCertificateWanted,  // bad_certificate
		43:  clientCertificateRefused, // unsupported_certificate
		44:  clientCertificateRefused, // certificate_revoked
		45:  clientCertificateRefused, // certificate_expired
		46:  clientCertificateRefused, // certificate_unknown
		48:  clientCertificateRefused, // unknown_ca
		49:  clientCertificateRefused, // access_denied
		70:  oldTLS,                   // protocol_version
		116: clientCertificateWanted,  // certificate_required
		120: noHTTP11,                 // no_application_protocol
	} {
		if alert.Error() == number.Error() {
			return why
		}
	}
	return tlsFailed
}
