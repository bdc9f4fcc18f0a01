#!/usr/bin/env bash
# Go's HTTP/2 client sends a POST again by itself when the server refuses its stream,
# and a DELETE without a body too. RFC 9113 (8.7) allows it, since a refused stream was
# not processed; whoever promises that a write leaves once has to know that the
# transport decides it, whatever the number of retries is that a library on top is set
# to. A body that cannot be rewound (no GetBody) is not sent again.
#
# Seen with golang.org/x/net v0.43.0 under Go 1.26: POST 3, DELETE 3, POST without
# GetBody 1 requests at a server that refuses the first two streams. Needs go.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'MOD'
module finding

go 1.25

require golang.org/x/net v0.43.0

require golang.org/x/text v0.28.0 // indirect
MOD
cat >main.go <<'GO'
package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"

	"golang.org/x/net/http2"
	"golang.org/x/net/http2/hpack"
)

// serve refuses the first two streams of a connection and answers the third.
func serve(c net.Conn, seen *atomic.Int64) {
	_, _ = io.ReadFull(c, make([]byte, len(http2.ClientPreface)))
	f := http2.NewFramer(c, c)
	_ = f.WriteSettings()
	for {
		frame, err := f.ReadFrame()
		if err != nil {
			return
		}
		switch frame := frame.(type) {
		case *http2.SettingsFrame:
			if !frame.IsAck() {
				_ = f.WriteSettingsAck()
			}
		case *http2.HeadersFrame:
			if seen.Add(1) < 3 {
				_ = f.WriteRSTStream(frame.StreamID, http2.ErrCodeRefusedStream)
				continue
			}
			var block strings.Builder
			_ = hpack.NewEncoder(&block).WriteField(hpack.HeaderField{Name: ":status", Value: "204"})
			_ = f.WriteHeaders(http2.HeadersFrameParam{StreamID: frame.StreamID, BlockFragment: []byte(block.String()), EndHeaders: true, EndStream: true})
		}
	}
}

func count(method string, body io.Reader, rewindable bool) int64 {
	var seen atomic.Int64
	line, _ := net.Listen("tcp", "127.0.0.1:0")
	defer line.Close()
	go func() {
		if c, err := line.Accept(); err == nil {
			serve(c, &seen)
		}
	}()
	t := &http2.Transport{AllowHTTP: true, DialTLSContext: func(context.Context, string, string, *tls.Config) (net.Conn, error) {
		return net.Dial("tcp", line.Addr().String())
	}}
	r, _ := http.NewRequest(method, "http://server.invalid/tokens/7/", body)
	if !rewindable {
		r.GetBody = nil
	}
	if response, err := t.RoundTrip(r); err == nil {
		_ = response.Body.Close()
	}
	return seen.Load()
}

func main() {
	fmt.Println("POST", count("POST", strings.NewReader("{}"), true))
	fmt.Println("DELETE", count("DELETE", nil, true))
	fmt.Println("POST without GetBody", count("POST", strings.NewReader("{}"), false))
}
GO
go mod tidy 2>/dev/null
said=$(timeout 120 go run .)
printf '%s\n' "$said"
[ "$said" = $'POST 3\nDELETE 3\nPOST without GetBody 1' ] || { echo "it behaves otherwise now"; exit 1; }
