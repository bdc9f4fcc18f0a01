package e2e_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"authdeck/client/demo"
)

// serve runs a demo server inside the test, which so sees what reaches it.
func serve(t *testing.T, o demo.Options) *demo.Server {
	t.Helper()
	server, err := demo.Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server
}

// against is a launch whose configuration names a server as the system "shop",
// with more keys of that system if there are any.
func against(t *testing.T, url, token string, more ...string) launch {
	t.Helper()
	l := launch{home: t.TempDir(), env: []string{"SHOP_TOKEN=" + token}}
	l.configure(t, "[[system]]\nname = \"shop\"\nkind = \"hamgam\"\nurl = \""+url+"\"\ntoken_env = \"SHOP_TOKEN\"\n"+strings.Join(more, "\n")+"\n")
	return l
}

func (l launch) configure(t *testing.T, config string) string {
	t.Helper()
	path := filepath.Join(l.home, "config", "authdeck", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// onServer opens the console on a server.
func onServer(t *testing.T, server *demo.Server, more ...string) *console {
	t.Helper()
	system := server.Systems()[0]
	return against(t, system.URL, system.Token, more...).start(t)
}

func breakIt(t *testing.T, server *demo.Server, faults string) {
	t.Helper()
	if err := server.Break(faults); err != nil {
		t.Fatal(err)
	}
}

// served runs demo --serve and gives the system that it announces.
func served(t *testing.T, flags ...string) (system demo.System, end func() int) {
	t.Helper()
	l := launch{args: append([]string{"demo", "--serve", "--listen", "127.0.0.1:0"}, flags...)}
	cmd := l.command(t)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &system)
	}
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return system, func() int {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		return cmd.ProcessState.ExitCode()
	}
}

// ask is the answer of a server to somebody with a key.
func ask(t *testing.T, url, key string) (status int, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Token "+key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// liveKeys asks a system, as anybody with a good key can, for all of its keys.
func liveKeys(t *testing.T, system demo.System, key string) map[string]bool {
	t.Helper()
	keys := map[string]bool{}
	for offset := 0; ; offset += 100 {
		_, body := ask(t, fmt.Sprintf("%s/api/users/auth_tokens/?limit=100&offset=%d", system.URL, offset), key)
		var page struct {
			Count   int
			Results []struct{ Key string }
		}
		if err := json.Unmarshal([]byte(body), &page); err != nil || page.Count == 0 {
			t.Fatalf("%v: %s", err, body)
		}
		for _, row := range page.Results {
			keys[row.Key] = true
		}
		if len(page.Results) < 100 {
			return keys
		}
	}
}

// signIn is the key that a system gives for a name and a password.
func signIn(t *testing.T, s demo.System) string {
	t.Helper()
	body := fmt.Sprintf(`{"username":%q,"password":%q}`, s.Username, s.Password)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+"/api/users/auth/pwd/signin/", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var signedIn struct{ Token string }
	if err := json.NewDecoder(answer.Body).Decode(&signedIn); err != nil || len(signedIn.Token) != 40 {
		t.Fatalf("%d: %v", answer.StatusCode, err)
	}
	return signedIn.Token
}
