package client_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// commanded is a hamgam at an address whose credential comes from what a line says.
func commanded(t *testing.T, address, line string) config.Profile {
	t.Helper()
	found, err := config.Load(written(t, start+fmt.Sprintf("url = %q\n", address)+line+"\n"), vars(nil), client.Kinds())
	if err != nil {
		t.Fatal(err)
	}
	return found.Profiles[0]
}

// shell is a credential that a script gives; its first argument is a folder for its notes.
func shell(script, folder string) string {
	return fmt.Sprintf(`token_command = ["sh", "-c", %q, "x", %q]`, script, folder)
}

// runs is how often a script has noted that it ran.
func runs(t *testing.T, folder string) int {
	t.Helper()
	notes, err := os.ReadFile(filepath.Join(folder, "runs"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return strings.Count(string(notes), "run\n")
}

// until waits for a file that a script makes.
func until(t *testing.T, path string) {
	t.Helper()
	for t.Context().Err() == nil {
		if _, err := os.Stat(path); err == nil {
			return
		}
	}
}

func TestACredentialIsReadAtTheFirstUseAndOnceForAllWhoWaitForIt(t *testing.T) {
	t.Parallel()
	server, folder := answering(t, saying(http.StatusOK, meJSON)), t.TempDir()
	api := open(t, commanded(t, server.URL, shell(`echo run >>"$1/runs"; echo `+canary+`key`, folder)), &logBook{})
	_ = api.Info()
	if n := runs(t, folder); n != 0 {
		t.Errorf("it ran %d times before anybody used the system", n)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := api.WhoAmI(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	must(api.WhoAmI(t.Context()))(t)
	if n := runs(t, folder); n != 1 {
		t.Errorf("it ran %d times", n)
	}
}

func TestOneCommandAtATimeHasTheTerminal(t *testing.T) {
	t.Parallel()
	server, folder := answering(t, saying(http.StatusOK, meJSON)), t.TempDir()
	alone := `mkdir "$1/busy" || echo run >>"$1/runs"; sleep 0.1; rmdir "$1/busy"; echo ` + canary + `key`
	var profiles []config.Profile
	for range 4 {
		profiles = append(profiles, commanded(t, server.URL, shell(alone, folder)))
	}
	e, said := env(&logBook{}), 0
	e.Runs = func(config.Profile) { said++ } // which would be a race if two were told at once
	apis := client.OpenAll(t.Context(), profiles, e, client.Opening{})
	if said != 0 {
		t.Error("a command was announced before the first use")
	}
	var all sync.WaitGroup
	for _, api := range apis {
		all.Go(func() {
			if _, err := api.WhoAmI(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := runs(t, folder); n != 0 || said != len(profiles) {
		t.Errorf("%d ran beside another; %d were announced", n, said)
	}
}

func TestACommandThatFailedSaysSoOnEachUseAndRunsAgainOnlyForAListThatIsWantedAnew(t *testing.T) {
	t.Parallel()
	server, folder := answering(t, saying(http.StatusOK, meJSON)), t.TempDir()
	book := &logBook{}
	api := open(t, commanded(t, server.URL, shell(`echo run >>"$1/runs"; [ -e "$1/open" ] || exit 3; echo `+canary+`key`, folder)), book)
	for range 3 {
		_, err := api.WhoAmI(t.Context())
		redacttest.FailsAs(t, err, model.Unopened)
		_, err = api.Tokens(t.Context(), model.Query{Size: 1})
		redacttest.FailsAs(t, err, model.Unopened)
		_, err = api.Do(t.Context(), creating("7"))
		redacttest.FailsAs(t, err, model.Unopened)
		if !strings.Contains(fmt.Sprint(err), "exit status 3") {
			t.Errorf("the error is %v", err)
		}
	}
	if n := runs(t, folder); n != 1 {
		t.Errorf("it ran %d times", n)
	}
	if why := api.Info().Missing[model.Create]; why != "this system could not be opened" || !strings.Contains(book.String(), `"system not opened"`) {
		t.Errorf("it says of itself %q; the log holds %s", why, book)
	}
	if err := os.WriteFile(filepath.Join(folder, "open"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := api.Tokens(t.Context(), model.Query{Size: 1, Fresh: true})
	if model.KindOf(err) == model.Unopened || runs(t, folder) != 2 || len(api.Info().Missing) != len(open(t, profile(t, server.URL, "x"), book).Info().Missing) {
		t.Errorf("%v, after %d runs, without %v", err, runs(t, folder), api.Info().Missing)
	}
	must(api.WhoAmI(t.Context()))(t)
}

func TestAFileIsReadWhenTheSystemIsUsedAndAgainUntilItCan(t *testing.T) {
	t.Parallel()
	server, path := answering(t, saying(http.StatusOK, meJSON)), filepath.Join(t.TempDir(), "key")
	api := open(t, commanded(t, server.URL, fmt.Sprintf("token_file = %q", path)), &logBook{})
	_, err := api.WhoAmI(t.Context())
	redacttest.FailsAs(t, err, model.Unopened)
	if err := os.WriteFile(path, []byte(canary+"key\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	must(api.WhoAmI(t.Context()))(t)
}

func TestWhoeverGivesUpLeavesThePromptToOthers(t *testing.T) {
	t.Parallel()
	server, folder := answering(t, saying(http.StatusOK, meJSON)), t.TempDir()
	api := open(t, commanded(t, server.URL, shell(`echo run >>"$1/runs"; until [ -e "$1/open" ]; do sleep 0.02; done; echo `+canary+`key`, folder)), &logBook{})
	ctx, cancel := context.WithCancel(t.Context())
	left := make(chan error)
	go func() { _, err := api.WhoAmI(ctx); left <- err }()
	until(t, filepath.Join(folder, "runs"))
	cancel()
	redacttest.FailsAs(t, <-left, model.Cancelled)
	if err := os.WriteFile(filepath.Join(folder, "open"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	must(api.WhoAmI(t.Context()))(t)
	if n := runs(t, folder); n != 1 {
		t.Errorf("it ran %d times", n)
	}
}

func TestASystemThatIsClosedEndsTheCommandThatGivesItsCredential(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	api := open(t, commanded(t, "https://shop.example.com", shell(`echo $$ >"$1/pid.part"; mv "$1/pid.part" "$1/pid"; exec sleep 600`, folder)), &logBook{})
	failed := make(chan error)
	go func() { _, err := api.WhoAmI(t.Context()); failed <- err }()
	until(t, filepath.Join(folder, "pid"))
	if err := api.Close(t.Context()); err != nil {
		t.Error(err)
	}
	ended := <-failed
	redacttest.FailsAs(t, ended, model.Unopened)
	if !strings.Contains(fmt.Sprint(ended), "while it was waited for") { // and not after half a minute
		t.Errorf("the error is %v", ended)
	}
	pid, err := os.ReadFile(filepath.Join(folder, "pid"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat("/proc/" + strings.TrimSpace(string(pid))); err == nil {
		t.Errorf("process %s lives on", pid)
	}
}

// lending is a console that lends its terminal, or does not, and what it was told.
type lending struct {
	refuses error
	what    []string
}

func (l *lending) lend(ctx context.Context, what string, use func(context.Context) error) error {
	l.what = append(l.what, what)
	if l.refuses != nil {
		return l.refuses
	}
	return use(ctx)
}

// wantsTerminal is a command that can only answer with a terminal: one that is not the leader of a
// session of its own could have one.
const wantsTerminal = `echo run >>"$1/runs"; [ "$(ps -o sid= -p $$ | tr -d ' ')" != $$ ] || exit 2; echo ` + canary + `key`

func TestWhileAConsoleHasTheScreenACommandRunsWithoutTheTerminalFirst(t *testing.T) {
	t.Parallel()
	server := answering(t, saying(http.StatusOK, meJSON))
	for script, want := range map[string]struct{ lent, runs int }{
		`echo run >>"$1/runs"; echo ` + canary + `key`: {0, 1}, // as with an agent
		wantsTerminal: {1, 2},
	} {
		folder, console := t.TempDir(), &lending{}
		e := env(&logBook{})
		e.Lend, e.Runs = console.lend, func(config.Profile) { t.Error("it was announced over the screen") }
		api := must(client.Open(t.Context(), commanded(t, server.URL, shell(script, folder)), e))(t)
		must(api.WhoAmI(t.Context()))(t)
		if len(console.what) != want.lent || runs(t, folder) != want.runs {
			t.Errorf("%s: the terminal was lent for %q, and it ran %d times", script, console.what, runs(t, folder))
		}
		for _, what := range console.what {
			if what != "the credential of shop comes from a command sh" {
				t.Errorf("a person is told %q", what)
			}
		}
	}
}

func TestACommandThatIsNotThereOrNotLetAskIsSaid(t *testing.T) {
	t.Parallel()
	folder, console := t.TempDir(), &lending{refuses: fmt.Errorf("it was not let")}
	e := env(&logBook{})
	e.Lend = console.lend
	for line, says := range map[string]string{shell(wantsTerminal, folder): "it was not let; ctrl+r", `token_command = ["authdeck-no-such-program"]`: "cannot be started"} {
		_, err := must(client.Open(t.Context(), commanded(t, "https://shop.example.com", line), e))(t).WhoAmI(t.Context())
		redacttest.FailsAs(t, err, model.Unopened)
		if !strings.Contains(fmt.Sprint(err), says) {
			t.Errorf("the error is %v", err)
		}
	}
	if len(console.what) != 1 { // nobody is asked for what cannot be
		t.Errorf("the terminal was asked for for %q", console.what)
	}
}

func TestDoctorAnnouncesACommandBeforeItRuns(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	e, told := env(&logBook{}), 0
	e.Runs = func(config.Profile) {
		told++
		if runs(t, folder) != 0 {
			t.Error("it has run already")
		}
	}
	checks := client.Diagnose(t.Context(), commanded(t, nowhere(t), shell(`echo run >>"$1/runs"; exit 4`, folder)), e)
	if c := checks[1]; told != 1 || runs(t, folder) != 1 || c.What != "credential" || c.Verdict != model.Failed || !strings.Contains(c.Found.String(), "exit status 4") {
		t.Errorf("announced %d times, ran %d times: %+v", told, runs(t, folder), c)
	}
}
