package demo

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"

	"authdeck/client/demo/stage"
)

// atRoot is where a request says which system it came to by its port alone.
type atRoot struct{}

// doors are the listeners of a demo: the first has every system below a path, and each
// of the others one system at the root.
type doors struct {
	all   net.Listener
	roots []*root
}

type root struct {
	net.Listener
	system http.Handler // nil as long as it has none
}

// open listens, and for each system too if it shall have a port of its own. Some clients
// drop the path of an address, or put their own after it twice (tower-cli 3.2 and 3.3,
// awxkit 24.6, the awx.awx modules of Ansible). Who names a port gets those that follow it.
func open(ctx context.Context, o Options) (d doors, err error) {
	if d.all, err = listen(ctx, o.Listen); err != nil || !o.Ports {
		return d, err
	}
	host, digits, _ := net.SplitHostPort(o.Listen) // checked already
	port, _ := strconv.Atoi(digits)
	for i := range mirrors(o) {
		own := 0
		if port > 0 {
			own = port + 1 + i
		}
		l, err := listen(ctx, net.JoinHostPort(host, strconv.Itoa(own)))
		if err != nil {
			d.close()
			return d, fmt.Errorf("a port of its own for each system: %w", err)
		}
		d.roots = append(d.roots, &root{Listener: l})
	}
	return d, nil
}

func listen(ctx context.Context, address string) (net.Listener, error) {
	return new(net.ListenConfig).Listen(ctx, "tcp", address)
}

func (d doors) close() {
	for _, l := range d.listeners() {
		_ = l.Close()
	}
}

// give puts the i-th system at its root, and says where that is; "" if it has none.
func (d doors) give(i int, h http.Handler) string {
	if i >= len(d.roots) {
		return ""
	}
	d.roots[i].system = direct(h)
	return address(d.roots[i].Addr())
}

// listeners are all of them.
func (d doors) listeners() []net.Listener {
	all := []net.Listener{d.all}
	for _, own := range d.roots {
		all = append(all, own)
	}
	return all
}

// through is what the requests of a listener know of where they came in.
func (d doors) through(ctx context.Context, l net.Listener) context.Context {
	if own, ok := l.(*root); ok {
		return context.WithValue(ctx, atRoot{}, own.system)
	}
	return ctx
}

// byDoor serves the system whose port a request came to.
func byDoor(all http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if system, ok := r.Context().Value(atRoot{}).(http.Handler); ok {
			system.ServeHTTP(w, r)
			return
		}
		all.ServeHTTP(w, r)
	})
}

// direct is a system without a proxy before it: it believes to have the address that it
// is asked at, so that the links in its answers lead somewhere.
func direct(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(&directWriter{ResponseWriter: w, base: "http://" + r.Host}, r)
	})
}

// directWriter writes the server's own address where a mirror has the one behind a proxy.
type directWriter struct {
	http.ResponseWriter
	base string
}

func (w *directWriter) WriteHeader(status int) {
	for _, values := range w.Header() {
		for i := range values {
			values[i] = string(w.mended([]byte(values[i])))
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write is called with a whole answer, or with a part that has no link.
func (w *directWriter) Write(p []byte) (int, error) {
	_, err := w.ResponseWriter.Write(w.mended(p))
	return len(p), err
}

func (w *directWriter) mended(p []byte) []byte {
	return bytes.ReplaceAll(p, []byte(stage.BackendURL), []byte(w.base))
}

// Unwrap lets [http.ResponseController] reach the connection.
func (w *directWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
