package e2e_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"authdeck/client/demo"
)

func TestAPipeAsConfigurationOrLogIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	expectMisuse(t, launch{args: []string{"doctor", "--config", pipe}}, pipe, "FIFO")
	expectMisuse(t, launch{args: []string{"doctor", "--config", "/dev/zero"}}, "/dev/zero", "a device")
	expectMisuse(t, launch{args: []string{"demo", "--serve", "--log", pipe}}, pipe, "FIFO")
}

func TestDoctorOfOneSystemHidesTheVariablesOfAll(t *testing.T) {
	t.Parallel()
	l := against(t, "http://127.0.0.1:1", "x", "[[system]]", `name = "barn"`, `kind = "hamgam"`,
		`url = "http://127.0.0.1:1"`, `token_command = ["sh", "-c", "echo seen${SHOP_TOKEN}${BARN_TOKEN} >seen; echo key"]`,
		"[[system]]", `name = "shed"`, `kind = "hamgam"`, `url = "http://127.0.0.1:1"`, `token_env = "BARN_TOKEN"`)
	l.env = append(l.env, "BARN_TOKEN=canaryB")
	l.args = []string{"doctor", "barn"}
	_, _, _ = l.inTerminal(t)
	if got := read(t, filepath.Join(l.home, "seen")); got != "seen\n" {
		t.Errorf("the command of barn %q", got)
	}
}

// rotated gives a token another key, as somebody else would.
func rotated(t *testing.T, system demo.System, key string) string {
	t.Helper()
	_, body := ask(t, system.URL+"/api/users/auth_tokens/?limit=1000", key)
	var page struct {
		Results []struct {
			ID  int
			Key string
		}
	}
	if err := json.Unmarshal([]byte(body), &page); err != nil {
		t.Fatal(err)
	}
	for _, row := range page.Results {
		if row.Key == key {
			return regenerated(t, fmt.Sprintf("%s/api/users/auth_tokens/%d/regenerate/", system.URL, row.ID), key)
		}
	}
	t.Fatalf("there is no token with this key among %d", len(page.Results))
	return ""
}

func regenerated(t *testing.T, address, key string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Token "+key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var row struct{ Key string }
	if err := json.NewDecoder(answer.Body).Decode(&row); err != nil || row.Key == "" || row.Key == key {
		t.Fatalf("%d: %v", answer.StatusCode, err)
	}
	return row.Key
}

func TestAKeyThatWasReplacedInItsFileIsTakenWithoutANewStart(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"a file":    `token_file = %q`,
		"a command": `token_command = ["sh", "-c", "sleep 600 & echo $! >>%[1]s.agents; cat %[1]s"]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := serve(t, demo.Options{})
			system := server.Systems()[0]
			key := filepath.Join(t.TempDir(), "key")
			t.Cleanup(func() { endAgents(t, key+".agents") })
			put(t, key, system.Token)
			l := launch{home: t.TempDir()}
			l.configure(t, strings.Join([]string{
				"[[system]]", `name = "shop"`, `kind = "hamgam"`,
				fmt.Sprintf("url = %q", system.URL), fmt.Sprintf(source, key),
			}, "\n"))
			c := l.start(t)
			c.waitFor("170 tokens", "root.admin")
			now := rotated(t, system, system.Token)
			c.press(ctrlR)
			c.waitFor("does not accept this credential") // and the same one stands there
			put(t, key, now)
			c.press(ctrlR)
			c.waitGone("does not accept")
			c.waitFor("170 tokens")
			put(t, key, rotated(t, system, now))
			c.press("r")
			c.confirm("Regenerate token")
			c.waitFor("The new key of token", "v show")
			c.discard()
			c.press("q")
			if code := c.exit(); code != 0 || c.stderr.Len() > 0 { // a command that asks nothing is not announced over the screen
				t.Errorf("exit code %d: %s", code, c.stderr.String())
			}
		})
	}
}

func put(t *testing.T, path, key string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(key+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
}

// endAgents ends what commands have left running.
func endAgents(t *testing.T, file string) {
	t.Helper()
	numbers, err := os.ReadFile(file)
	if os.IsNotExist(err) {
		return
	}
	for number := range strings.FieldsSeq(string(numbers)) {
		if pid, err := strconv.Atoi(number); err == nil {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
}

// TestTheConsoleLeavesNoCore starts the program from a shell that would let it.
func TestTheConsoleLeavesNoCore(t *testing.T) {
	t.Parallel()
	l := launch{args: []string{"demo", "--serve"}}
	cmd := l.command(t)
	cmd.Args = append([]string{"sh", "-c", `ulimit -c unlimited && exec "$0" "$@"`}, cmd.Args...)
	cmd.Path = "/bin/sh"
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Skipf("no shell can lift the limit of a core here: %v", err)
	}
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", cmd.Process.Pid))
	if os.IsNotExist(err) {
		t.Skip("there is no /proc here")
	}
	if !regexp.MustCompile(`Max core file size +0 +0 `).Match(limits) {
		t.Errorf("%v\n%s", err, limits)
	}
}

// TestWithoutAHomeTheFolderSomebodyIsInIsNotTakenForIt is about services of a machine, which have
// no HOME, and run in folders that others can write to.
func TestWithoutAHomeTheFolderSomebodyIsInIsNotTakenForIt(t *testing.T) {
	t.Parallel()
	for _, home := range []string{"", "."} {
		l := launch{home: t.TempDir(), args: []string{"tokens"}, env: []string{"HOME=" + home, "XDG_CONFIG_HOME=", "XDG_STATE_HOME="}}
		folder := filepath.Join(l.home, ".config", "authdeck")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
		ran := filepath.Join(l.home, "ran")
		text := "[[system]]\nname = \"shop\"\nkind = \"hamgam\"\nurl = \"http://127.0.0.1:9\"\ntoken_command = [\"touch\", \"" + ran + "\"]\n"
		if err := os.WriteFile(filepath.Join(folder, "config.toml"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		l.plain(t)
		if _, err := os.Stat(ran); err == nil {
			t.Errorf("with HOME=%q what lies in the folder was run", home)
		}
		if left := filesUnder(t, l.home); len(left) != 1 {
			t.Errorf("with HOME=%q there are %d files", home, len(left))
		}
	}
}
