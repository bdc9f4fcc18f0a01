package client

import (
	"errors"
	"net/http"

	"authdeck/client/wire"
	"authdeck/model"
)

const proxyAdvice = "check HTTPS_PROXY and HTTP_PROXY, or name the host in NO_PROXY"

// advice is what to do about a failure, by what failed: a credential is in doubt
// only where the system itself has refused it.
func advice(err error) string {
	if onTheWay(err) {
		return wayAdvice(err)
	}
	if model.Lasts(err) {
		return "is the password right? some servers refuse a locked account in the same words: wait before the next try, since each one counts, of doctor too"
	}
	switch model.KindOf(err) {
	case model.Unauthorized:
		return "is the credential still good? give the place that it comes from a new one"
	case model.Forbidden:
		return "ask an administrator of the system for the right, or use another credential"
	case model.NotFound, model.Malformed, model.Unsupported, model.Invalid, model.Conflict:
		return "is the address the right one, with the path if there is one, and the kind?"
	case model.RateLimited:
		return "wait, then try again"
	case model.Unavailable:
		return "the address answers; look at the system itself, or at what stands before it, and try again later"
	default:
		return "try again; with --log FILE the log says more"
	}
}

// onTheWay reports whether a request did not come to an answer.
func onTheWay(err error) bool {
	return model.KindOf(err) == model.Unavailable && wire.Status(err) == 0
}

// wayAdvice is for what fails before a system can be asked.
func wayAdvice(err error) string {
	if proxy, ok := errors.AsType[*wire.ProxyError](err); ok {
		if proxy.Status == http.StatusProxyAuthRequired {
			return "give HTTPS_PROXY or HTTP_PROXY the proxy's user name and password: http://user:password@host:port"
		}
		return proxyAdvice
	}
	switch network, _ := errors.AsType[wire.NetworkError](err); {
	case network.IsCertificate():
		return "check the host in url, and give ca_file the certificate of whoever signed this one"
	case network.IsOwnCertificate():
		return "give client_cert and client_key a certificate that holds, by somebody whom the system trusts"
	}
	return "does the system run, and are host and port of url right? else look at the firewall"
}
