package e2e_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"authdeck/client/demo"
)

// manyTokens are as many as a list has in this benchmark.
const manyTokens = 100_000

// BenchmarkTokensJSONL lists 100,000 tokens of a demo in another process, with the program and
// with a plain client that reads the same pages one after the other, in turn. How much memory the
// program takes is what the kernel says of it at its highest.
func BenchmarkTokensJSONL(b *testing.B) {
	path, err := program()
	if err != nil {
		b.Fatal(err)
	}
	system := servedTo(b, path)
	config := filepath.Join(b.TempDir(), "config.toml")
	text := fmt.Sprintf("[[system]]\nname = \"shop\"\nkind = \"hamgam\"\nurl = %q\ntoken_env = \"SHOP_TOKEN\"\n", system.URL)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	var program, plain time.Duration
	var most int64
	for b.Loop() {
		began := time.Now()
		plainTokens(b, system)
		plain += time.Since(began)
		cmd := exec.Command(path, "tokens", "--jsonl", "--config", config)
		cmd.Env = append(os.Environ(), "SHOP_TOKEN="+system.Token)
		began = time.Now()
		if err := cmd.Start(); err != nil {
			b.Fatal(err)
		}
		most = max(most, highest(cmd))
		if err := cmd.Wait(); err != nil {
			b.Fatal(err)
		}
		program += time.Since(began)
	}
	rows := manyTokens * float64(b.N)
	b.ReportMetric(rows/program.Seconds(), "rows/s")
	b.ReportMetric(rows/plain.Seconds(), "plain-rows/s")
	b.ReportMetric(plain.Seconds()/program.Seconds(), "of-plain")
	b.ReportMetric(float64(most)/1024, "MB-RSS")
}

// highest is the most memory that a process has taken when it ends, in KiB.
func highest(cmd *exec.Cmd) (most int64) {
	for {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
		_, rest, has := strings.Cut(string(status), "VmHWM:")
		if err != nil || !has { // it has ended, and waits to be asked how
			return most
		}
		if kib, err := strconv.ParseInt(strings.Fields(rest)[0], 10, 64); err == nil {
			most = max(most, kib)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// servedTo serves a demo as a process of its own.
func servedTo(b *testing.B, path string) (system demo.System) {
	b.Helper()
	cmd := exec.Command(path, "demo", "--serve", "--tokens", strconv.Itoa(manyTokens))
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if err := json.NewDecoder(out).Decode(&system); err != nil || system.Kind != "hamgam" {
		b.Fatal(err, system.Kind)
	}
	return system
}

// plainToken is a token as a plain client has it, with what the program writes of it.
type plainToken struct {
	ID        int64  `json:"id"`
	CreatedAt string `json:"created_at"`
	UpdatedAt string `json:"updated_at"`
	User      struct {
		ID        int64  `json:"id"`
		Username  string `json:"username"`
		Mobile    string `json:"mobile_number"`
		Email     string `json:"email"`
		FirstName string `json:"first_name"`
		LastName  string `json:"last_name"`
		Active    *bool  `json:"is_active"`
	} `json:"user_data"`
}

// plainTokens reads and writes them all with nothing but the standard library.
func plainTokens(b *testing.B, system demo.System) {
	b.Helper()
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	defer null.Close()
	out := bufio.NewWriter(null)
	lines := json.NewEncoder(out)
	for read := 0; read < manyTokens; {
		asked, err := http.NewRequestWithContext(b.Context(), http.MethodGet, fmt.Sprintf("%s/api/users/auth_tokens/?limit=200&offset=%d&ordering=-id", system.URL, read), nil)
		if err != nil {
			b.Fatal(err)
		}
		asked.Header.Set("Authorization", "Token "+system.Token)
		answer, err := http.DefaultClient.Do(asked)
		if err != nil {
			b.Fatal(err)
		}
		var page struct{ Results []plainToken }
		err = json.NewDecoder(answer.Body).Decode(&page)
		_ = answer.Body.Close()
		if err != nil || len(page.Results) == 0 {
			b.Fatal(err, answer.Status)
		}
		for i := range page.Results {
			if err := lines.Encode(&page.Results[i]); err != nil {
				b.Fatal(err)
			}
		}
		read += len(page.Results)
	}
	if err := out.Flush(); err != nil {
		b.Fatal(err)
	}
}
