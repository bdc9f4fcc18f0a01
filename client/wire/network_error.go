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

// SilenceError is why an exchange came to no answer that can be read. It is all that is
// kept of an error of the network: net/http and crypto/tls quote what they cannot
// read, live keys included, the names in a certificate, and a proxy's own words.
type SilenceError struct {
	Why  Why
	Name string // the host that was asked for, where it is about a name; never a server's word
}

// Why is a sort of [SilenceError].
type Why int

// The sorts. The zero sort is one that is not known.
const (
	Unknown    Why = iota
	Unreached      // no connection came about
	Nameless       // the name does not resolve
	Refused        // nothing listens
	Wayless        // no route leads there
	Late           // no answer in time
	Abandoned      // nobody waits for it any more
	Broken         // the connection ended before the answer
	Garbled        // what came is no HTTP
	Unpackable     // what came does not unpack
	Oversized      // what came is larger than any answer of any system
	Cleartext      // it answers without TLS
	Untrusted      // nobody who is trusted has signed its certificate
	Misnamed       // its certificate is another host's
	Outdated       // its certificate has expired
	Premature      // its certificate is not valid yet
	Distrusted     // its certificate is not in order in another way
	TooOld         // it speaks no TLS that is still safe
	Certifying     // it wants a certificate of the console's own
	Unwelcome      // it ended the TLS handshake
	Speechless     // it speaks no HTTP/1.1, by which writes go
	Insecure       // the TLS connection did not come about, or ended
)

// Error implements error.
func (s SilenceError) Error() string {
	const untrusted = "its certificate is not trusted"
	switch s.Why {
	case Nameless:
		return "the name " + s.Name + " does not resolve"
	case Misnamed:
		return untrusted + ": it is made out to another name than " + s.Name
	case Oversized:
		return fmt.Sprintf("the answer is larger than %d MiB", answerLimit>>20)
	default:
		return map[Why]string{
			Unknown:    "the connection failed",
			Unreached:  "no connection came about",
			Refused:    "nothing listens there (connection refused)",
			Wayless:    "no way leads there (no route to host)",
			Late:       "no answer in time",
			Abandoned:  "given up",
			Broken:     "the connection broke off before the answer",
			Garbled:    "what answers there does not speak HTTP as it should",
			Unpackable: "the answer is packed, and does not unpack",
			Cleartext:  "what answers there does not speak TLS; does the address begin with http?",
			Untrusted:  untrusted + ": nobody whom this machine or ca_file knows has signed it",
			Outdated:   untrusted + ": it has expired",
			Premature:  untrusted + ": it is not valid yet; is the clock of this machine right?",
			Distrusted: untrusted + ": it is not in order",
			TooOld:     "it speaks no TLS that is still safe (1.2 or later)",
			Certifying: "it wants a certificate of authdeck's own (mutual TLS), and there is none",
			Unwelcome:  "it refused the TLS connection; it may want a certificate of authdeck's own",
			Speechless: "it does not speak HTTP/1.1, by which authdeck changes things",
			Insecure:   "the TLS connection with it failed",
		}[s.Why]
	}
}

// causeOf is what is kept of an error of the network: what the proxy did, or a
// [SilenceError], of that sort where no other is known.
func causeOf(ctx context.Context, err error, otherwise Why) error {
	if proxy, ok := errors.AsType[*ProxyError](err); ok {
		return proxy
	}
	silence := silenceOf(ctx, err)
	if silence.Why == Unknown {
		silence.Why = otherwise
	}
	return silence
}

// Distrusts reports whether it is the certificate that is not trusted.
func (s SilenceError) Distrusts() bool {
	switch s.Why {
	case Untrusted, Misnamed, Outdated, Premature, Distrusted:
		return true
	default:
		return false
	}
}

// silenceOf says of an error of the network which it is. What nobody foresaw is
// not quoted, but [Unknown].
func silenceOf(ctx context.Context, err error) SilenceError {
	if known, ok := errors.AsType[SilenceError](err); ok {
		return known
	}
	dns, nameless := errors.AsType[*net.DNSError](err)
	distrust := distrustOf(err)
	timed, ok := errors.AsType[net.Error](err)
	switch {
	case errors.Is(ctx.Err(), context.Canceled), errors.Is(err, context.Canceled):
		return SilenceError{Why: Abandoned}
	case nameless:
		return SilenceError{Why: Nameless, Name: dns.Name}
	case distrust.Why != Unknown:
		return distrust
	case errors.Is(ctx.Err(), context.DeadlineExceeded), errors.Is(err, context.DeadlineExceeded), ok && timed.Timeout():
		return SilenceError{Why: Late}
	case errors.Is(err, resty.ErrResponseBodyTooLarge):
		return SilenceError{Why: Oversized}
	}
	return SilenceError{Why: brokenBy(err)}
}

func brokenBy(err error) Why {
	_, corrupt := errors.AsType[flate.CorruptInputError](err)
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return Wayless
	case corrupt, errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		return Unpackable
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return Broken
	}
	return Unknown
}
