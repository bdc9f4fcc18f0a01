package client_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"
)

// broken is a way in which the answer to a write can be spoilt, and what may be made
// of it.
type broken struct {
	name   string
	done   bool // the server has done it
	answer func(*exchange) string
	means  meaning
}

// meaning is what may be said of a write after such an answer.
type meaning int

const (
	unclear meaning = iota // nobody knows
	no                     // the system may have said no in its own form
	yes                    // it looks like a success
)

// reply is an answer of HTTP.
func reply(status int, kind, body string, header ...string) string {
	said := fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n", status, http.StatusText(status), kind, len(body))
	if status == http.StatusNoContent || status < 200 {
		said = fmt.Sprintf("HTTP/1.1 %d %s\r\n", status, http.StatusText(status))
		body = ""
	}
	for i := 0; i+1 < len(header); i += 2 {
		said += header[i] + ": " + header[i+1] + "\r\n"
	}
	return said + "Connection: close\r\n\r\n" + body
}

const inJSON, inHTML = "application/json", "text/html; charset=utf-8"

// answers are all of them.
func answers() []broken {
	var all []broken
	for _, some := range [][]broken{pages(), notHTTP(), interims(), cuts(), refusals(), successes(), afterwards()} {
		all = append(all, some...)
	}
	return all
}

// pages are what proxies say in the system's place.
func pages() []broken {
	var all []broken
	for _, status := range []int{
		300, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 407, 408, 409, 410, 411, 412, 413, 414, 415, 418, 421,
		422, 425, 429, 431, 444, 451, 499, 500, 501, 502, 503, 504, 505, 511, 520, 524, 599, 999,
	} {
		all = append(all, broken{fmt.Sprintf("a page with %d", status), false, func(e *exchange) string {
			return reply(status, inHTML, "<html><h1>"+html.EscapeString(e.leak())+"</h1></html>", "X-Echo", e.leak())
		}, unclear})
	}
	for name, header := range map[string][]string{
		"a realm of a proxy":       {"401", "WWW-Authenticate", `Basic realm="Staff only"`},
		"a realm that echoes":      {"401", "WWW-Authenticate", `Basic realm="LEAK"`},
		"a bearer that echoes":     {"401", "WWW-Authenticate", `Bearer error="invalid_token", error_description="LEAK"`},
		"maintenance":              {"503", "Retry-After", "120"},
		"maintenance, named":       {"405", "Retry-After", "120"},
		"a redirect that echoes":   {"302", "Location", "https://sso.invalid/?next=LEAK"},
		"a redirect to nowhere":    {"302", "Location", "LEAK"},
		"a host that echoes":       {"302", "Location", "https://CREDENTIAL.invalid/"},
		"a password in a redirect": {"302", "Location", "https://user:CREDENTIAL@elsewhere.invalid/"},
		"a time that echoes":       {"429", "Retry-After", "LEAK"},
		"cookies that echo":        {"500", "Set-Cookie", "a=LEAK"},
		"a type that echoes":       {"500", "Content-Type", "text/CREDENTIAL"},
	} {
		all = append(all, broken{name, false, func(e *exchange) string {
			value := strings.NewReplacer("LEAK", strings.ReplaceAll(e.leak(), `"`, "'"), "CREDENTIAL", e.credential()).Replace(header[2])
			var status int
			_, _ = fmt.Sscan(header[0], &status)
			return reply(status, inHTML, "<html>"+e.leak()+"</html>", header[1], value)
		}, unclear})
	}
	return all
}

// notHTTP are what net/http quotes.
func notHTTP() []broken {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	var all []broken
	for name, answer := range map[string]func(leak string) string{
		"HTTP/0.9":                 func(leak string) string { return leak + "\r\n" },
		"a status that echoes":     func(leak string) string { return "HTTP/1.1 " + leak + "\r\n\r\n" },
		"a reason that echoes":     func(leak string) string { return "HTTP/1.1 500 " + leak + "\r\n\r\n" },
		"a version that echoes":    func(leak string) string { return "HTTP/" + leak + " 200 OK\r\n\r\n" },
		"a header without a colon": func(leak string) string { return head + "X Echo " + leak + "\r\n\r\n{}" },
		"a length that echoes":     func(leak string) string { return head + "Content-Length: " + leak + "\r\n\r\n{}" },
		"lengths that differ":      func(leak string) string { return head + "Content-Length: 2\r\nContent-Length: 3" + leak + "\r\n\r\n{}" },
		"an encoding that echoes":  func(leak string) string { return head + "Transfer-Encoding: " + leak + "\r\n\r\n{}" },
		"a chunk that echoes":      func(leak string) string { return head + "Transfer-Encoding: chunked\r\n\r\n" + leak + "\r\n" },
		"a trailer that echoes": func(leak string) string {
			return head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n" + leak + "\r\n\r\n"
		},
		"another protocol": func(leak string) string { return "SSH-2.0-" + leak + "\r\n" },
		"a TLS alert":      func(leak string) string { return "\x15\x03\x03\x00\x02\x02\x28" + leak },
		"GOAWAY of HTTP/2": func(leak string) string {
			text := leak[:min(len(leak), 200)]
			return "\x00\x00\x00\x04\x00\x00\x00\x00\x00" + "\x00\x00" + string([]byte{byte(8 + len(text))}) + "\x07\x00\x00\x00\x00\x00" + "\x00\x00\x00\x00\x00\x00\x00\x01" + text
		},
		"no gzip":  func(leak string) string { return reply(200, inJSON, leak, "Content-Encoding", "gzip") },
		"gzip cut": func(leak string) string { return reply(200, inJSON, packed(leak)[:20], "Content-Encoding", "gzip") },
		"gzip bad": func(leak string) string {
			return reply(200, inJSON, strings.TrimSuffix(packed(leak), "\x00")+"x", "Content-Encoding", "gzip")
		},
	} {
		done := strings.HasPrefix(name, "a ") // half of them
		all = append(all, broken{name, done, func(e *exchange) string { return answer(e.leak()) }, unclear})
	}
	return all
}

func packed(text string) string {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write([]byte(strings.Repeat(text, 3)))
	_ = z.Close()
	content := out.Bytes()
	content[len(content)-6] ^= 0xff // the checksum
	return string(content)
}

// interims are answers before the answer that never comes.
func interims() []broken {
	var all []broken
	for name, said := range map[string]string{
		"100 and no more": "HTTP/1.1 100 Continue\r\nX-Echo: LEAK\r\n\r\n",
		"101":             "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\nX-Echo: LEAK\r\n\r\nLEAK",
		"101 to nothing":  "HTTP/1.1 101 LEAK\r\n\r\n",
		"102 for ever":    strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 40),
		"103 for ever":    strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: LEAK\r\n\r\n", 40),
		"199":             "HTTP/1.1 199 LEAK\r\n\r\n",
	} {
		all = append(all, broken{name, true, func(e *exchange) string { return strings.ReplaceAll(said, "LEAK", e.leak()) }, unclear})
	}
	return all
}

// cuts are real answers that do not come whole.
func cuts() []broken {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
	return []broken{
		{"nothing at all", true, func(*exchange) string { return "" }, unclear},
		{"nothing, and nothing done", false, func(*exchange) string { return "" }, unclear},
		{"headers cut", true, func(e *exchange) string { return head + "X-Echo: " + e.leak() }, unclear},
		{"body cut", true, func(e *exchange) string { return head + "Content-Length: 99999\r\n\r\n{\"detail\":\"" + e.leak() }, unclear},
		{"chunks cut", true, func(e *exchange) string { return head + "Transfer-Encoding: chunked\r\n\r\nffff\r\n" + e.leak() }, unclear},
		{"endless headers", true, func(e *exchange) string {
			return head + strings.Repeat("X-A: "+e.leak()+strings.Repeat("a", 9000)+"\r\n", 1200)
		}, unclear},
	}
}

// refusals are the system's own form, or that of a gateway, around what must not be
// shown.
func refusals() []broken {
	spellings := map[string]func(key string) any{
		"as it is":      func(k string) any { return map[string]any{"detail": "bad " + k} },
		"in capitals":   func(k string) any { return map[string]any{"detail": "bad " + strings.ToUpper(k)} },
		"in an address": func(k string) any { return map[string]any{"detail": url.QueryEscape(url.QueryEscape("bad/" + k))} },
		"in a page": func(k string) any {
			return map[string]any{"detail": html.EscapeString(html.EscapeString("<" + k + ">"))}
		},
		"in numbers": func(k string) any { return map[string]any{"detail": fmt.Sprintf("bad %d", []byte(k))} },
		"in base64": func(k string) any {
			return map[string]any{"detail": base64.StdEncoding.EncodeToString([]byte("x:" + k))}
		},
		"in base64url": func(k string) any { return map[string]any{"detail": base64.RawURLEncoding.EncodeToString([]byte(k))} },
		"in hex":       func(k string) any { return map[string]any{"detail": hex.EncodeToString([]byte(k))} },
		"with nothing to see": func(k string) any {
			return map[string]any{"detail": "bad " + strings.Join(strings.Split(k, ""), "\u200b")}
		},
		"with dashes":    func(k string) any { return map[string]any{"detail": "bad " + strings.Join(strings.Split(k, ""), "-")} },
		"as a name":      func(k string) any { return map[string]any{k: []string{"is not known"}} },
		"in two members": func(k string) any { return map[string]any{"a": []string{k[:len(k)/2]}, "b": []string{k[len(k)/2:]}} },
		"in a list":      func(k string) any { return []string{k} },
		"in a text":      func(k string) any { return k },
		"a gateway's":    func(k string) any { return map[string]any{"message": "no " + k, "request_id": k} },
		"SAYMON's":       func(k string) any { return map[string]any{"code": k, "message": `{"message":"` + k + `"}`} },
	}
	var all []broken
	for name, made := range spellings {
		status := []int{400, 403, 404, 409, 429}[len(name)%5]
		all = append(all, broken{fmt.Sprintf("%d with the credential %s", status, name), false, func(e *exchange) string {
			out, _ := json.Marshal(made(e.credential()))
			return reply(status, inJSON, string(out))
		}, no})
	}
	for _, name := range []string{"as it is", "in capitals", "in a page", "with nothing to see", "as a name", "SAYMON's"} {
		all = append(all, broken{"500 with somebody's key " + name, false, func(e *exchange) string {
			out, _ := json.Marshal(spellings[name](e.keys[0]))
			return reply(500, inJSON, string(out))
		}, unclear})
	}
	return all
}

// successes look like one, and nothing was done.
func successes() []broken {
	var all []broken
	for name, said := range map[string]string{
		"200 {}":              reply(200, inJSON, "{}"),
		"201 {}":              reply(201, inJSON, "{}"),
		"200 []":              reply(200, inJSON, "[]"),
		"200 null":            reply(200, inJSON, "null"),
		"200 true":            reply(200, inJSON, "true"),
		"200 and nothing":     reply(200, inJSON, ""),
		"202":                 reply(202, inJSON, `{"status":"accepted"}`),
		"204":                 reply(204, inJSON, ""),
		"205":                 reply(205, inJSON, ""),
		"206":                 reply(206, inJSON, `{"id":`),
		"200 and an error":    reply(200, inJSON, `{"error":"not done","success":false}`),
		"200 and a page":      reply(200, inHTML, "<html>please sign in</html>"),
		"200 and a text":      reply(200, "text/plain", "yes, it is done"),
		"200 and a word":      reply(200, "text/plain", "okeydokey"),
		"200 and another":     reply(200, inJSON, `{"id":987654321,"pk":"x","uuid":"x","key":"KEY","token":"KEY","user":1}`),
		"200 and two of each": reply(200, inJSON, `{"id":1,"id":2,"key":"KEY","key":"x","token":"KEY","token":""}`),
		"200 of wrong types":  reply(200, inJSON, `{"id":{"a":1},"key":["KEY"],"token":{"x":"KEY"}}`),
		"200 in UTF-16":       reply(200, inJSON, "\xff\xfe{\x00}\x00"),
		"200 and depth":       reply(200, inJSON, strings.Repeat("[", 20_000)),
	} {
		all = append(all, broken{name, false, func(e *exchange) string {
			full := strings.ReplaceAll(said, "KEY", e.keys[0])
			head, body, _ := strings.Cut(full, "\r\n\r\n")
			_, old, _ := strings.Cut(said, "\r\n\r\n")
			return strings.Replace(head, fmt.Sprintf("Content-Length: %d", len(old)), fmt.Sprintf("Content-Length: %d", len(body)), 1) + "\r\n\r\n" + body
		}, yes})
	}
	return all
}

// afterwards are said after the server has done it.
func afterwards() []broken {
	var all []broken
	for _, status := range []int{302, 400, 401, 403, 404, 405, 409, 429, 499, 500, 502, 503, 504} {
		all = append(all, broken{fmt.Sprintf("done, then a page with %d", status), true, func(e *exchange) string {
			return reply(status, inHTML, "<html>"+e.leak()+"</html>")
		}, unclear})
	}
	return append(all,
		broken{"done, then 405 of a crash", true, func(*exchange) string { return reply(405, inHTML, "", "Allow", "GET, HEAD, OPTIONS") }, unclear},
		broken{"done, then 500 in JSON", true, func(e *exchange) string {
			out, _ := json.Marshal(map[string]string{"detail": "failed: " + e.leak()})
			return reply(500, inJSON, string(out))
		}, unclear},
		broken{"done, and the type is lost", true, func(e *exchange) string { return reply(200, "application/octet-stream", e.body) }, unclear},
		broken{"done, and called text", true, func(e *exchange) string { return reply(200, "text/plain", e.body) }, unclear},
		broken{"done, and a letter is lost", true, func(e *exchange) string { return reply(200, inJSON, e.body[:max(0, len(e.body)-1)]) }, unclear},
		broken{"done, and nothing said", true, func(*exchange) string { return reply(200, inJSON, "") }, yes},
		broken{"done, and {} said", true, func(*exchange) string { return reply(200, inJSON, "{}") }, yes},
	)
}
