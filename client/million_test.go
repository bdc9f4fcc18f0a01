package client_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/find"
	"authdeck/model"
	"authdeck/model/review"
)

const (
	million  = 1_000_000
	together = 200 // rows of a page
)

// endless is a Hamgam with a million tokens, of which each page says the same.
func endless(b *testing.B) string {
	b.Helper()
	var rows []string
	for i := range together {
		rows = append(rows, fmt.Sprintf(`{"id":%d,"key":"%040d","created_at":"2025-03-01T10:00:00Z","updated_at":"2025-03-02T10:00:00Z","user_data":`+
			`{"id":%d,"username":"user%d","mobile_number":"+989120000000","email":"user%d@example.com","first_name":"Sara","last_name":"Rezaei","is_active":true}}`, i+1, i, i, i, i))
	}
	page := fmt.Appendf(nil, `{"count":%d,"results":[%s]}`, million, strings.Join(rows, ","))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", strconv.Itoa(len(page)))
		_, _ = w.Write(page)
	}))
	b.Cleanup(server.Close)
	return server.URL
}

// BenchmarkAMillionRows reads a list of a million for a question that one row in 200 is,
// and beside it what a program takes that only reads and decodes the pages.
func BenchmarkAMillionRows(b *testing.B) {
	tests := debug.SetGCPercent(client.GCPercent) // they take more memory than the program does
	b.Cleanup(func() { debug.SetGCPercent(tests) })
	url := endless(b)
	b.Run("question", func(b *testing.B) {
		p, err := config.NewProfile(client.Kinds(), "shop", "hamgam", url, config.Given(model.NewSecret("k")))
		if err != nil {
			b.Fatal(err)
		}
		opened, err := client.Open(b.Context(), p, env(io.Discard))
		if err != nil {
			b.Fatal(err)
		}
		api := find.New(opened, review.Usual())
		start := resident(b)
		most := start // on the way, and not only at the end
		look := func(far model.Sifted) {
			if far.Read%(50*together) == 0 {
				most = max(most, resident(b))
			}
		}
		for b.Loop() {
			page, err := api.Tokens(b.Context(), model.Query{Size: 50, Where: "owner:nobody age>1y", Fresh: true, Told: look})
			if err != nil || page.Sifted.Read != million {
				b.Fatal(err, page.Sifted)
			}
		}
		b.ReportMetric(float64(most-start)/(1<<20), "MB-above-start")
		b.ReportMetric(million*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			for offset := 0; offset < million; offset += together {
				plainly(b, fmt.Sprintf("%s/api/users/auth_tokens/?limit=%d&offset=%d", url, together, offset))
			}
		}
		b.ReportMetric(million*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
}

// plainly reads and decodes a page.
func plainly(b *testing.B, url string) {
	b.Helper()
	answer, err := http.Get(url)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	var page struct {
		Count   int
		Results []struct {
			ID        int64
			Key       string
			CreatedAt string `json:"created_at"`
			UpdatedAt string `json:"updated_at"`
			User      struct {
				ID              int64
				Username, Email string
				Mobile          string `json:"mobile_number"`
				FirstName       string `json:"first_name"`
				LastName        string `json:"last_name"`
				Active          bool   `json:"is_active"`
			} `json:"user_data"`
		}
	}
	if err := json.NewDecoder(answer.Body).Decode(&page); err != nil || len(page.Results) != together {
		b.Fatal(err)
	}
}

// resident is how much memory the process takes, in bytes; 0 where nobody says.
func resident(b *testing.B) int64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, err := strconv.ParseInt(string(bytes.Fields(status)[1]), 10, 64)
	if err != nil {
		b.Fatal(err)
	}
	return pages * int64(os.Getpagesize())
}
