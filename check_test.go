package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/prometheus/common/expfmt"
	prometheus "github.com/prometheus/common/model"

	"authdeck/client/demo"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
	"authdeck/ui/command"
)

// keysOf are those by which the systems of a demo are entered.
func (c *commanded) keysOf() (keys []string) {
	for _, s := range c.Systems() {
		for _, key := range []string{s.Token, s.Password} {
			if key != "" {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// check runs one, and wants its code and how it begins. What it says is for a program.
func (c *commanded) check(code int, begins string, args ...string) (out string) {
	c.t.Helper()
	got, out, errs := c.run(append([]string{"check"}, args...)...)
	if got != code || !strings.HasPrefix(out, begins) {
		c.t.Errorf("check %q: %d\n%s%s\nwant %d, %s", args, got, out, errs, code, begins)
	}
	if errs != "" || strings.Contains(out, "\x1b") || !strings.HasSuffix(out, "\n") {
		c.t.Errorf("check %q: %q, %q", args, out, errs)
	}
	redacttest.Hides(c.t, "a check", out+errs, c.keysOf()...)
	return out
}

func TestACheckWithoutAConfigurationSaysSoInASentence(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	c.config += ".none"
	if out := c.check(3, "TOKENS UNKNOWN: there is no configuration at "); out != "TOKENS UNKNOWN: there is no configuration at "+c.config+"\n" {
		t.Errorf("%s", out)
	}
	write(t, c.config, "")
	if out := c.check(3, "TOKENS UNKNOWN: "); out != "TOKENS UNKNOWN: "+c.config+": there is no [[system]] in it\n" {
		t.Errorf("%s", out)
	}
}

func TestACheckEndsWithItsVerdict(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	c.check(0, "TOKENS OK: owner:nobody-of-this-name finds nothing in 5 systems | ", "owner:nobody-of-this-name")
	c.check(1, "TOKENS WARNING: is:over finds ", "is:over", "-w", "0", "-c", "100000")
	c.check(2, "TOKENS CRITICAL: is:over finds ", "is:over")
	c.check(0, "TOKENS OK: is:over finds ", "is:over", "--system", "idp", "--system", "tower", "--crit", "100000")
	c.check(2, "TOKENS CRITICAL: ", "--crit", "100y")
	c.check(1, "TOKENS WARNING: ", "--warn", "100y")
	c.fault("hamgam/any:503")
	c.check(3, "TOKENS UNKNOWN: shop was not read: ", "owner:nobody-of-this-name")
	c.check(3, "TOKENS UNKNOWN: shop was not read: ", "--warn", "100y")
	c.check(2, "TOKENS CRITICAL: shop was not read: ", "is:over")
}

// TestACheckCountsWhatAListShows holds the two against each other.
func TestACheckCountsWhatAListShows(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	for _, where := range []string{"is:over", "ci", "system:idp", "expires:never", "is:several"} {
		_, rows, _ := c.run("tokens", where, "--jsonl")
		found := regexp.MustCompile(`'tokens'=(\d+);;0;0 `).FindStringSubmatch(c.check(2, "", where))
		if n := strings.Count(rows, "\n"); found == nil || found[1] != strconv.Itoa(n) || n == 0 {
			t.Errorf("%s: %q, and a list has %d", where, found, n)
		}
	}
}

// TestWhatIsNoCheckIsUnknownAndSaidWhereItIsRead wants a line on standard output and nothing else
// anywhere: 2 would be taken for critical.
func TestWhatIsNoCheckIsUnknownAndSaidWhereItIsRead(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	for says, args := range map[string][]string{
		"unknown flag: --colour": {"--colour"},
		"--warn 3d and --crit 4: one is a span and one a number; both have to be about the same": {"-w", "3d", "-c", "4"},
		`--crit: "x" is neither a span, such as 14d, nor a range of a number`:                    {"-c", "x"},
		"is:ovr": {"is:ovr"},
		"no system is called “ipd”; is it “idp”?":    {"system:ipd"},
		"there is no system":                         {"--system", "nowhere"},
		`invalid argument "soon"`:                    {"-t", "soon"},
		"--prometheus a.txt: the name has to end in": {"--prometheus", "a.txt"},
	} {
		out := c.check(3, "TOKENS UNKNOWN: ", args...)
		if strings.Count(out, "\n") != 1 || says != "is:ovr" && !strings.Contains(out, says) {
			t.Errorf("%q: %q", args, out)
		}
	}
	write(t, c.config, "no = such\nconfiguration")
	c.check(3, "TOKENS UNKNOWN: ")
}

func TestASystemThatTakesTooLongIsUnknown(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	c.fault("hamgam/any:silent")
	out := c.check(3, "TOKENS UNKNOWN: shop was not read: it was not read within 1s; ", "owner:nobody-of-this-name", "-t", "1")
	if !strings.Contains(out, " in 4 systems") || !strings.Contains(out, "'systems_unread'=1;;;0;5") || strings.Contains(out, "'shop_") {
		t.Error(out)
	}
}

func TestACheckThatIsInterruptedIsUnknown(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	var once sync.Once // a second one ends every program
	c.change = func(w *command.World) {
		w.Each = func(ctx context.Context, _ model.API, _ model.Query, _ func([]model.Token, model.Sifted) error) (string, error) {
			once.Do(func() { _ = syscall.Kill(os.Getpid(), syscall.SIGTERM) })
			<-ctx.Done()
			return "", &model.Error{Kind: model.Cancelled, Cause: ctx.Err()}
		}
	}
	if out := c.check(3, "TOKENS UNKNOWN: interrupted\n"); strings.Contains(out, "|") {
		t.Error(out)
	}
}

// TestPrometheusFindsTheFileWholeAndMayReadIt writes one over another.
func TestPrometheusFindsTheFileWholeAndMayReadIt(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	path := filepath.Join(t.TempDir(), "tokens.prom")
	write(t, path, "what was there")
	c.check(2, "TOKENS CRITICAL: ", "is:over", "--prometheus", path)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	parser := expfmt.NewTextParser(prometheus.LegacyValidation)
	families, err := parser.TextToMetricFamilies(f)
	if err != nil || len(families["authdeck_system_up"].GetMetric()) != 5 || families["authdeck_check_status"].GetMetric()[0].GetGauge().GetValue() != 2 {
		t.Errorf("%v, %v", families, err)
	}
}

func TestAFileForPrometheusThatIsNotWrittenIsUnknown(t *testing.T) {
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	nowhere := filepath.Join(t.TempDir(), "nowhere", "a.prom")
	c.check(3, "TOKENS UNKNOWN: "+nowhere+" was not written: its folder: no such file or directory; ", "owner:nobody-of-this-name", "--prometheus", nowhere)
	c.change = func(w *command.World) {
		w.WriteShared = func(string, []byte) error { return errors.New("no space left on device") }
	}
	c.check(2, "TOKENS CRITICAL: a.prom was not written: no space left on device; is:over finds ", "is:over", "--prometheus", "a.prom")
}

// TestAVerdictThatNobodyCanReadIsTheCodeAllTheSame has standard output on a full disk.
func TestAVerdictThatNobodyCanReadIsTheCodeAllTheSame(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no full disk here")
	}
	defer full.Close()
	c := overDemo(t, demo.Options{Users: 60, Tokens: 80})
	c.change = func(w *command.World) { w.Stdout = full }
	for args, code := range map[string]int{"is:over": 2, "is:ovr": 3} {
		got, out, errs := c.run("check", args)
		if got != code || out != "" || !strings.Contains(errs, "no space left") {
			t.Errorf("%s: %d, %q, %q", args, got, out, errs)
		}
	}
}
