package wire

import (
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"syscall"

	"github.com/go-resty/resty/v2"
)

// NetworkError is why an exchange came to no answer that can be read. It is all that
// is kept of an error of the network: net/http and crypto/tls quote what they cannot
// read, live keys included, the names in a certificate, and a proxy's own words.
type NetworkError struct {
	fault fault
	host  string // the host that was asked for, where it is about a name; never a server's word
	own   string // what is wrong with the certificate of authdeck's own; empty for nothing that is known
}

// fault is a sort of [NetworkError].
type fault int

// The sorts. The zero sort is one that is not known.
const (
	unknownFault             fault = iota
	notConnected                   // no connection came about
	hostNotFound                   // the name does not resolve
	connectionRefused              // nothing listens
	noRouteToHost                  // no route leads there
	timedOut                       // no answer in time
	cancelled                      // nobody waits for it any more
	connectionBroken               // the connection ended before the answer
	notHTTP                        // what came is no HTTP
	badCompression                 // what came does not unpack
	tooLarge                       // what came is larger than any answer of any system
	notTLS                         // it answers without TLS
	unknownAuthority               // nobody who is trusted has signed its certificate
	certificateOfAnotherHost       // its certificate is another host's
	certificateExpired             // its certificate has expired
	certificateNotYetValid         // its certificate is not valid yet
	certificateInvalid             // its certificate is not in order in another way
	oldTLS                         // it speaks no TLS that is still safe
	clientCertificateWanted        // it wants a certificate of the console's own
	clientCertificateRefused       // it does not take the certificate of the console's own
	handshakeRefused               // it ended the TLS handshake
	noHTTP11                       // it speaks no HTTP/1.1, by which writes go
	tlsFailed                      // the TLS connection did not come about, or ended
)

// Error implements error.
func (s NetworkError) Error() string {
	const untrusted = "its certificate is not trusted"
	switch s.fault {
	case hostNotFound:
		return "the name " + s.host + " does not resolve"
	case certificateOfAnotherHost:
		return untrusted + ": it is made out to another name than " + s.host
	case clientCertificateRefused:
		if s.own != "" {
			return "it does not take the certificate of authdeck's own (client_cert), which " + s.own
		}
		return "it does not take the certificate of authdeck's own (client_cert)"
	case tooLarge:
		return fmt.Sprintf("the answer is larger than %d MiB", answerLimit>>20)
	default:
		return map[fault]string{
			unknownFault:            "the connection failed",
			notConnected:            "no connection came about",
			connectionRefused:       "nothing listens there (connection refused)",
			noRouteToHost:           "no way leads there (no route to host)",
			timedOut:                "no answer in time",
			cancelled:               "given up",
			connectionBroken:        "the connection broke off before the answer",
			notHTTP:                 "what answers there does not speak HTTP as it should",
			badCompression:          "the answer is packed, and does not unpack",
			notTLS:                  "what answers there does not speak TLS; does the address begin with http?",
			unknownAuthority:        untrusted + ": nobody whom this machine or ca_file knows has signed it",
			certificateExpired:      untrusted + ": it has expired",
			certificateNotYetValid:  untrusted + ": it is not valid yet; is the clock of this machine right?",
			certificateInvalid:      untrusted + ": it is not in order",
			oldTLS:                  "it speaks no TLS that is still safe (1.2 or later)",
			clientCertificateWanted: "it wants a certificate of authdeck's own (mutual TLS), and there is none: give client_cert and client_key",
			handshakeRefused:        "it refused the TLS connection; it may want a certificate of authdeck's own",
			noHTTP11:                "it does not speak HTTP/1.1, by which authdeck changes things",
			tlsFailed:               "the TLS connection with it failed",
		}[s.fault]
	}
}

// causeOf is what is kept of an error of the network: what the proxy did, or a
// [NetworkError], of that sort where no other is known.
func causeOf(ctx context.Context, err error, otherwise fault) error {
	if proxy, ok := errors.AsType[*ProxyError](err); ok {
		return proxy
	}
	failed := networkErrorOf(ctx, err)
	if failed.fault == unknownFault {
		failed.fault = otherwise
	}
	return failed
}

// IsCertificate reports whether it is the certificate that is not trusted.
func (s NetworkError) IsCertificate() bool {
	switch s.fault {
	case unknownAuthority, certificateOfAnotherHost, certificateExpired, certificateNotYetValid, certificateInvalid:
		return true
	default:
		return false
	}
}

// IsOwnCertificate reports whether it wants a certificate of authdeck's own, or another one.
func (s NetworkError) IsOwnCertificate() bool {
	return s.fault == clientCertificateWanted || s.fault == clientCertificateRefused
}

// networkErrorOf says of an error of the network which it is. What nobody foresaw is
// not quoted, but [unknownFault].
func networkErrorOf(ctx context.Context, err error) NetworkError {
	if known, ok := errors.AsType[NetworkError](err); ok {
		return known
	}
	dns, nameless := errors.AsType[*net.DNSError](err)
	untrusted := tlsErrorOf(err)
	timed, ok := errors.AsType[net.Error](err)
	switch {
	case errors.Is(ctx.Err(), context.Canceled), errors.Is(err, context.Canceled):
		return NetworkError{fault: cancelled}
	case nameless:
		return NetworkError{fault: hostNotFound, host: dns.Name}
	case untrusted.fault != unknownFault:
		return untrusted
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded), ok && timed.Timeout():
		return NetworkError{fault: timedOut}
	case errors.Is(err, resty.ErrResponseBodyTooLarge):
		return NetworkError{fault: tooLarge}
	}
	return NetworkError{fault: connectionFault(err)}
}

func connectionFault(err error) fault {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return connectionRefused
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return noRouteToHost
	case corrupt, errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return badCompression
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return connectionBroken
	}
	return unknownFault
}
