package e2e_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestAnAnswerThatNobodyAskedForStaysOffTheScreen: net/http writes what it finds
// on an idle connection to its own log, which is stderr and so the screen.
func TestAnAnswerThatNobodyAskedForStaysOffTheScreen(t *testing.T) {
	t.Parallel()
	const stray = "HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"key\": \"straystraystra\"}"
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := `{"count": 0, "results": []}`
		if strings.HasSuffix(r.URL.Path, "/me/") {
			body = `{"id": 1, "username": "root.admin"}`
		}
		twice(t, w, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)+stray)
	}))
	defer server.Close()
	c := against(t, server.URL, "token").start(t)
	c.waitFor("has no token", "root.admin")
	c.press(ctrlR + "2")
	c.waitFor("has no user")
	if strings.Contains(c.shown(0), "stray") { // stderr is looked at when the console is closed
		t.Error("the answer that nobody asked for is on the screen")
	}
}

func twice(t *testing.T, w http.ResponseWriter, answers string) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		t.Error(err)
		return
	}
	_, _ = conn.Write([]byte(answers))
	t.Cleanup(func() { _ = conn.Close() })
}
