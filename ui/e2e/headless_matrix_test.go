package e2e_test

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/spf13/cobra"

	"authdeck/ui/command"
)

// errand is a command without a screen, and what it is held to.
type errand struct {
	line string   // as it is right; {home} and other values stand in braces
	code int      // with which it ends then
	has  []string // words of it
	made []string // the files that it makes
	keys []string // those of them that a key may be in

	asks  bool // it asks the systems: it knows which there are, and can be interrupted while they think
	quiet bool // its result goes nowhere, or to a file
	tells bool // what is wrong is its result, and nothing else is said
	heeds bool // it does not end where nobody reads its result

	misuse int // the code of a misuse; 2 unless it is said
	given  int // the code of one that was interrupted; 1 unless it is said
	full   int // the code of one whose result has no room; 1 unless it is said

	wrong map[string]string // further lines, each with words of what is said, with exit code 2
	needs map[string]string // lines that lack something which shows once systems were asked, with exit code 2
	lacks map[string]string // lines about something that is not there, with exit code 1
	ready func(t *testing.T, h *headless)
}

// misused is wrong for all that open systems.
func misused(line string, more map[string]string) map[string]string {
	all := map[string]string{
		line + " --system nowhere":              "nowhere",
		line + " --config {home}/nothing":       "nothing",
		line + " --config {home}":               "it is a folder",
		line + " --config /dev/null --log /dev": "/dev",
	}
	maps.Copy(all, more)
	return all
}

// errands are all commands, by their names.
func errands() map[string]errand {
	all := map[string]errand{
		"doctor":       {line: "doctor", code: 0, has: []string{"OK "}, asks: true, wrong: map[string]string{"doctor nowhere": "nowhere", "doctor --config {home}/nothing": "nothing"}},
		"audit verify": {line: "audit verify", has: []string{"GOOD: nothing is recorded yet"}, wrong: map[string]string{"audit verify {home}/nothing": "nothing", "audit verify a b": "arg"}},
		"audit list":   {line: "audit list", quiet: true, has: []string{"authdeck: nothing is recorded yet"}, wrong: map[string]string{"audit list --since tomorrowish": "no moment", "audit list --file {home}/nothing": "nothing"}},
		"audit rotate": {line: "audit rotate", quiet: true, code: 1, has: []string{"authdeck: "}, wrong: map[string]string{"audit rotate now": "now"}},
		"keys list":    {line: "keys list", quiet: true, has: []string{"no key waits"}, wrong: map[string]string{"keys list all": "all"}},
		"keys take":    {line: "keys take", quiet: true, code: 1, has: []string{"no key waits"}, wrong: map[string]string{"keys take a b": "arg"}},
		"keys remove":  {line: "keys remove nothing", quiet: true, code: 1, has: []string{"nothing"}, wrong: map[string]string{"keys remove": "arg"}},
		"report person": {
			line: "report person root.admin@shop.example --output {home}/report.md", asks: true, quiet: true, made: []string{"report.md"},
			wrong: misused("report person root.admin", map[string]string{"report person": "arg", "report person x --record {home}/nothing": "nothing"}),
		},
		"tokens": {
			line: "tokens --csv owner:root.admin", has: []string{"system,id,name"}, asks: true,
			wrong: misused("tokens", map[string]string{"tokens age>": "age", "tokens colour:red": "colour"}),
		},
		"users": {
			line: "users --csv root.admin", has: []string{"system,id"}, asks: true,
			wrong: misused("users", map[string]string{"users colour:red": "colour"}),
		},
		"plan list": {line: "plan list", quiet: true, has: []string{"authdeck: "}, wrong: map[string]string{"plan list all": "all"}},
		"version":   {line: "version --json", has: []string{`"kind": "version"`}, wrong: map[string]string{"version more": "more"}},
		"help":      {line: "help tokens", has: []string{"Exit codes:", "0  done"}, wrong: map[string]string{"helpp": "helpp"}},
		"token":     {line: "token", code: 2, quiet: true, has: []string{"show, create, edit, rotate or delete"}, wrong: map[string]string{"token burn": "show, create"}},
		"token show": {
			line: "token show shop {id}", asks: true, has: []string{"siobhan.wood"}, ready: aToken,
			wrong: ofOne("token show", ""), lacks: map[string]string{"token show shop 4711": "no token of that id"},
		},
		"token create": {
			line: "token create idp --set identifier=matrix --yes --key-to {home}/key", asks: true, heeds: true, has: []string{"matrix", "{home}/key"}, keys: []string{"key"}, made: []string{"key"},
			wrong: map[string]string{
				"token create nowhere --set identifier=matrix --yes --key-to {home}/key":        "nowhere",
				"token create idp --set identifier=matrix --yes --key-to {home}/key --key-to -": "one place",
			},
			needs: map[string]string{
				"token create idp --set identifier=matrix --key-to {home}/key":                    "--yes",
				"token create idp --set identifier=matrix --yes":                                  "--key-to",
				"token create idp --set colour=red --yes --key-to {home}/key":                     "identifier",
				"token create idp --set identifier=matrix --yes --key-to {home}/nowhere/key":      "nowhere",
				"token create idp --set identifier=matrix --yes --key-to-command -- /no/such/one": "/no/such/one",
			},
			lacks: map[string]string{"token create idp --set identifier=desk-staff --yes --key-to {home}/key": "desk-staff"},
		},
		"token edit": {
			line: "token edit idp {named} --set description=matrix --yes", asks: true, heeds: true, has: []string{"done"}, ready: aToken,
			wrong: ofOne("token edit", " --set description=x --yes"), needs: map[string]string{"token edit idp {named} --set description=x": "--yes", "token edit idp {named} --yes": "--set"},
		},
		"token rotate": {
			line: "token rotate shop {id} --yes --key-to {home}/key", asks: true, heeds: true, has: []string{"done", "{home}/key"}, keys: []string{"key"}, made: []string{"key"}, ready: aToken,
			wrong: ofOne("token rotate", " --yes --key-to {home}/key"), needs: map[string]string{"token rotate shop {id} --yes": "--key-to", "token rotate shop {id} --key-to {home}/key": "--yes", "token rotate shop #{id} --yes --key-to {home}/key": "exact"},
		},
		"token delete": {
			line: "token delete shop {id} --yes --reason MATRIX", asks: true, heeds: true, has: []string{"done"}, ready: aToken,
			wrong: ofOne("token delete", " --yes"), needs: map[string]string{"token delete shop {id}": "--yes", "token delete shop #{id} --yes": "exact"}, lacks: map[string]string{"token delete shop 4711 --yes": "no token of that id"},
		},
		"whose": {
			line: "whose --ask shop", asks: true, code: 3, has: []string{"siobhan.wood"}, ready: func(t *testing.T, h *headless) {
				aToken(t, h)
				h.stdin = h.keyOf(t, h.values["id"])
			},
			wrong: misused("whose", map[string]string{"whose " + sings: "no arguments", "whose --ask nowhere": "nowhere", "whose --" + sings: "no such flag"}),
		},
		"check": {
			line: "check owner:nobody --prometheus {home}/authdeck.prom", asks: true, tells: true, has: []string{"TOKENS OK: "}, made: []string{"authdeck.prom"}, misuse: 3, given: 3, full: 3,
			wrong: misused("check", map[string]string{"check colour:red": "colour", "check --warn soon": "soon", "check --prometheus {home}/metrics": ".prom"}),
		},
		"inventory save": {
			line: "inventory save {home}/now.jsonl", asks: true, has: []string{"861 tokens in 5 systems"}, made: []string{"now.jsonl"}, full: 4,
			wrong: misused("inventory save {home}/now.jsonl", map[string]string{"inventory save": "arg", "inventory save {home}/nowhere/now.jsonl": "nowhere"}),
		},
		"inventory verify": {
			line: "inventory verify {home}/old.jsonl", has: []string{"861 tokens in 5 systems"}, ready: anInventory,
			wrong: map[string]string{"inventory verify": "arg", "inventory verify {home}/nothing": "nothing"},
		},
		"inventory diff": {
			line: "inventory diff {home}/old.jsonl {home}/old.jsonl", has: []string{"861 tokens"}, ready: anInventory,
			wrong: map[string]string{"inventory diff {home}/old.jsonl": "arg", "inventory diff {home}/old.jsonl {home}/nothing": "nothing", "inventory diff {home}/old.jsonl {home}/old.jsonl --without colours": "colours"},
		},
		"config": {line: "config", has: []string{"config says what holds"}, wrong: map[string]string{"config more": "more"}},
		"config show": {
			line: "config show", has: []string{"system.shop.url"},
			wrong: map[string]string{"config show --config {home}/nothing": "nothing", "config show --config {home}": "it is a folder", "config show more": "more"},
		},
		"config path":  {line: "config path", has: []string{"config.toml"}, wrong: map[string]string{"config path more": "more"}},
		"config check": {line: "config check", tells: true, has: []string{"it is as it must be"}, wrong: map[string]string{"config check --config {home}/nothing": "nothing", "config check more": "more"}},
		"config init": {
			line: "config init --config {home}/new.toml --name shop --kind hamgam --url https://shop.example.com --token-env SHOP", full: 4, has: []string{"new.toml"}, made: []string{"new.toml"},
			wrong: map[string]string{"config init --config {home}/new.toml": "no terminal", "config init --name shop --kind hamgam --url https://shop.example.com --token-env SHOP": "it stays as it is"},
		},
		"person": {
			line: "person siobhan.wood@shop.example", asks: true, has: []string{"account", "siobhan.wood", "shop", "pult"},
			wrong: misused("person siobhan.wood", map[string]string{"person": "arg", "person a b": "arg"}), lacks: map[string]string{"person nobody.at.all": "nobody is found"},
		},
		"plan delete": {
			line: "plan delete owner:siobhan.wood -o {home}/made.json", asks: true, has: []string{"lines", "id"}, made: []string{"made.json"}, full: 4,
			wrong: misused("plan delete owner:siobhan.wood -o {home}/made.json", map[string]string{"plan delete -o {home}/made.json": "QUERY", "plan delete colour:red -o {home}/made.json": "colour", "plan delete owner:x": "-o FILE", "plan delete owner:siobhan.wood -o {home}/nowhere/made.json": "its folder takes no file"}),
			lacks: map[string]string{"plan delete owner:nobody.at.all -o {home}/made.json": "there is no plan: no token is what is asked for"},
		},
		"plan rotate": {
			line: "plan rotate owner:siobhan.wood -o {home}/made.json", asks: true, has: []string{"lines", "id"}, made: []string{"made.json"}, full: 4,
			wrong: misused("plan rotate owner:siobhan.wood -o {home}/made.json", map[string]string{"plan rotate owner:x --by magic -o {home}/made.json": "magic", "plan rotate colour:red -o {home}/made.json": "colour"}),
		},
		"plan expiry": {
			line: "plan expiry 90d kind:app -o {home}/made.json", asks: true, has: []string{"lines"}, made: []string{"made.json"}, full: 4,
			wrong: misused("plan expiry 90d owner:siobhan.wood -o {home}/made.json", map[string]string{"plan expiry soon owner:x -o {home}/made.json": "soon", "plan expiry -o {home}/made.json": "WHEN"}),
		},
		"plan show": {
			line: "plan show {home}/plan.json", has: []string{"cannot 0", "siobhan.wood"}, ready: aPlan,
			wrong: map[string]string{"plan show": "arg", "plan show {home}/nothing": "nothing", "plan show {home}/config/authdeck/config.toml": "has to be here"},
		},
		"plan sign": {
			line: "plan sign {home}/plan.json --yes", code: 2, quiet: true, has: []string{"SSH_AUTH_SOCK is not set"}, ready: aPlan,
			wrong: map[string]string{"plan sign": "arg", "plan sign {home}/nothing --yes": "nothing"},
		},
		"plan dismiss": {
			line: "plan dismiss {home}/plan.json", code: 1, quiet: true, has: []string{"no plan that was left in the middle"}, ready: aPlan,
			wrong: map[string]string{"plan dismiss": "arg"},
		},
		"apply": {
			line: "apply {home}/plan.json --yes --id {plan} --reason MATRIX", asks: true, heeds: true, has: []string{" done"}, ready: aPlan,
			wrong: map[string]string{
				"apply": "FILE", "apply {home}/nothing --yes --id {plan}": "nothing", "apply {home}/plan.json --yes": "--id", "apply {home}/plan.json --yes --id {plan} --config {home}/nothing": "nothing",
			},
			needs: map[string]string{"apply {home}/plan.json --id {plan}": "--yes"},
		},
		"demo": {line: "demo", code: 2, quiet: true, has: []string{"not a terminal"}, wrong: map[string]string{"demo --serve --fault tokens:explode": "explode", "demo --write-config x": "--serve"}},
	}
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		all["completion "+shell] = errand{line: "completion " + shell, has: []string{"authdeck"}, wrong: map[string]string{"completion " + shell + " more": "more"}}
	}
	return all
}

// aToken looks for one of the shop and one of the idp.
func aToken(t *testing.T, h *headless) {
	t.Helper()
	h.values["id"], h.values["named"] = h.token(t), "desk-staff"
}

// aPlan makes one, to delete all tokens of somebody.
func aPlan(t *testing.T, h *headless) {
	t.Helper()
	h.run(t, "plan delete owner:siobhan.wood -o {home}/plan.json").expect(t, 0)
	id := regexp.MustCompile(`(?m)^id\t([A-Z0-9]+)$`).FindStringSubmatch(h.out.String())
	if id == nil {
		t.Fatalf("a plan without an id: %s", h.out.String())
	}
	h.values["plan"] = id[1]
}

// anInventory saves one.
func anInventory(t *testing.T, h *headless) {
	t.Helper()
	h.run(t, "inventory save {home}/old.jsonl").expect(t, 0)
}

// ofOne are the lines that are wrong of all commands about one token, with what else stands there.
func ofOne(command, more string) map[string]string {
	return map[string]string{
		command + " shop" + more:                                "SYSTEM ID",
		command + " nowhere 1" + more:                           "nowhere",
		command + " shop 1 2" + more:                            "SYSTEM ID",
		command + " shop 1" + more + " --config {home}/nothing": "nothing",
	}
}

// groups are commands that only say which commands are in them.
func groups() []string { return []string{"audit", "plan", "keys", "report", "inventory", "completion"} }

// commands are all commands that there are, by their names.
func commands(of *cobra.Command) (names []string) {
	for _, c := range of.Commands() {
		names = append(names, strings.TrimPrefix(c.CommandPath(), "authdeck "))
		names = append(names, commands(c)...)
	}
	return names
}

// root is the command line as the program has it, help and completion included.
func root() *cobra.Command {
	cmd := command.Root(command.World{})
	cmd.InitDefaultHelpCmd()
	cmd.InitDefaultCompletionCmd()
	return cmd
}

func TestEveryCommandIsInTheMatrix(t *testing.T) {
	t.Parallel()
	known := errands()
	names := commands(root())
	for _, name := range names {
		if _, is := known[name]; !is && !slices.Contains(groups(), name) {
			t.Errorf("authdeck %s is in no line of the matrix", name)
		}
	}
	for name := range known {
		if !slices.Contains(names, name) {
			t.Errorf("there is no authdeck %s", name)
		}
	}
}

func TestTheREADMENamesEveryCommand(t *testing.T) {
	t.Parallel()
	readme := read(t, "../../README.md")
	for name := range errands() {
		group, own, nested := strings.Cut(name, " ")
		if !nested {
			own = group
		}
		line := regexp.MustCompile("(?m)^.*`authdeck " + group + "\\b.*\\b" + own + "\\b.*$")
		if nested && group != "completion" && !line.MatchString(readme) || !strings.Contains(readme, "`authdeck "+group) && !strings.Contains(readme, "`"+group) && name != "help" {
			t.Errorf("README.md does not name authdeck %s", name)
		}
	}
}

// onEveryErrand holds all commands to a promise, each on a machine of its own.
func onEveryErrand(t *testing.T, promise func(t *testing.T, e errand, h *headless)) {
	t.Parallel()
	for name, e := range errands() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			promise(t, e, e.machine(t))
		})
	}
}

// machine is one on which everything is there that the errand needs.
func (e errand) machine(t *testing.T) *headless {
	t.Helper()
	h := newHeadless(t)
	h.tells = e.tells
	if e.ready != nil {
		e.ready(t, h)
	}
	return h
}

// paths are files of the home.
func (h *headless) paths(names []string) (all []string) {
	for _, n := range names {
		all = append(all, filepath.Join(h.home, n))
	}
	return all
}

// TestAGroupOfCommandsKnowsWhichAreInIt looks at a word that is none of them.
func TestAGroupOfCommandsKnowsWhichAreInIt(t *testing.T) {
	t.Parallel()
	h := newHeadless(t)
	for _, name := range groups() {
		h.run(t, name+" nonsense").expect(t, 2, "authdeck: unknown command \"nonsense\"")
		if name == "keys" {
			continue // which lists them
		}
		h.run(t, name).expect(t, 0, "Available Commands:")
		h.expectDecent(t)
	}
}

func TestEveryCommandDoesWhatItIsTold(t *testing.T) {
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		h.run(t, e.line).expect(t, e.code, h.filled(e.has)...)
		h.expectDecent(t, h.paths(e.keys)...)
		for _, path := range h.paths(e.made) {
			if info, err := os.Stat(path); err != nil || info.Size() == 0 || info.Mode().Perm()&0o077 != 0 && !strings.HasSuffix(path, ".prom") {
				t.Errorf("%q made %s: %v", h.args, path, err)
			}
		}
	})
}

func TestEveryCommandSaysWhatIsWrongWithACommandLineAndDoesNothing(t *testing.T) {
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		before := h.server.Served("any")
		lines := map[string]string{}
		if !strings.Contains(e.line, " -- ") && !strings.HasPrefix(e.line, "whose") { // which does not repeat what may be a key
			lines[e.line+" --no-such-flag"] = "unknown flag: --no-such-flag"
		}
		maps.Copy(lines, e.wrong)
		for line, words := range lines {
			h.run(t, line).expect(t, cmp.Or(e.misuse, 2), words)
			h.expectDecent(t)
			if h.out.Len() > 0 && !e.tells {
				t.Errorf("%q: what is wrong is on the standard output: %s", h.args, h.out.String())
			}
		}
		if n := h.server.Served("any") - before; n > 0 {
			t.Errorf("%d requests were sent", n)
		}
		for code, lines := range map[int]map[string]string{1: e.lacks, 2: e.needs} {
			for line, words := range lines {
				h.run(t, line).expect(t, code, words)
				h.expectDecent(t)
			}
		}
		if n := h.writes(); n > 0 {
			t.Errorf("%d writes were sent", n)
		}
	})
}

func TestEveryCommandThatIsInterruptedSaysSoAndLeavesNothingHalfDone(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		t.Run(signal.String(), func(t *testing.T) {
			onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
				if !e.asks {
					t.Skip("it asks nobody")
				}
				before := h.server.Served("any")
				breakIt(t, h.server, "any:slow=1m")
				var at time.Time
				h.runUntil(t, e.line, func(p *os.Process) {
					for waited := time.Now(); h.server.Served("any") == before && time.Since(waited) < patience; {
						time.Sleep(time.Millisecond)
					}
					at = time.Now()
					_ = p.Signal(signal)
				})
				if took := time.Since(at); took > 5*time.Second {
					t.Errorf("it took %v to end", took)
				}
				h.expect(t, cmp.Or(e.given, 1), "interrupted")
				h.expectDecent(t)
				for _, path := range h.paths(e.made) {
					if _, err := os.Stat(path); err == nil {
						t.Errorf("%s was made", path)
					}
				}
			})
		})
	}
}

func TestEveryCommandThatWaitsForACredentialCanBeInterrupted(t *testing.T) {
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		if !e.asks {
			t.Skip("it asks nobody")
		}
		asked := filepath.Join(h.home, "asked")
		waits := "token_command = [\"sh\", \"-c\", \"touch '" + asked + "'; exec sleep 60\"]"
		config := read(t, filepath.Join(h.home, "config", "authdeck", "config.toml"))
		h.configure(t, regexp.MustCompile(`token_env = .*`).ReplaceAllString(config, waits))
		before := h.server.Served("any")
		h.runUntil(t, e.line, func(p *os.Process) {
			for waited := time.Now(); time.Since(waited) < patience; time.Sleep(time.Millisecond) {
				if _, err := os.Stat(asked); err == nil {
					break
				}
			}
			_ = p.Signal(syscall.SIGTERM)
		})
		h.expect(t, cmp.Or(e.given, 1), "interrupted")
		h.expectDecent(t)
		if n := h.server.Served("any") - before; n > 0 {
			t.Errorf("%d requests were sent without a credential", n)
		}
	})
}

// TestAWriteUnderWayIsWaitedForByEveryCommand interrupts commands once their first write is on its
// way: its answer is waited for and recorded, and a key that comes is not lost.
func TestAWriteUnderWayIsWaitedForByEveryCommand(t *testing.T) {
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		if !e.asks || !e.heeds {
			t.Skip("it writes nothing in a system")
		}
		breakIt(t, h.server, "create:slow=1s,edit:slow=1s,regenerate:slow=1s,delete:slow=1s")
		h.runUntil(t, e.line, func(p *os.Process) {
			for waited := time.Now(); h.writes() == 0 && time.Since(waited) < patience; {
				time.Sleep(time.Millisecond)
			}
			_ = p.Signal(syscall.SIGINT)
		})
		if h.code != 0 && h.code != 4 || h.signal != 0 {
			t.Errorf("%q: exit code %d (%v), and what it did was done: %s", h.args, h.code, h.signal, h.err.String())
		}
		h.expectDecent(t, h.paths(e.keys)...)
		if !strings.Contains(h.record(t), `"outcome":"done"`) {
			t.Errorf("%q: it is not on record that it was done: %s", h.args, h.record(t))
		}
		for _, path := range h.paths(e.keys) {
			if _, err := os.Stat(path); err != nil && !strings.Contains(h.err.String(), "authdeck keys take") {
				t.Errorf("%q: the key went nowhere: %s", h.args, h.err.String())
			}
		}
	})
}

func TestEveryCommandWhoseResultNobodyReadsEndsInPeace(t *testing.T) {
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		_ = read.Close()
		defer write.Close()
		h.stdout = write
		h.run(t, e.line)
		h.expectDecent(t, h.paths(e.keys)...)
		switch {
		case h.signal != 0:
			t.Errorf("%q: it was ended by %v", h.args, h.signal)
		case e.quiet, !e.heeds && e.full != 4:
			h.expect(t, e.code)
			if strings.Contains(h.err.String(), "broken pipe") {
				t.Errorf("%q: %s", h.args, h.err.String())
			}
		case h.code != 4, !strings.Contains(h.err.String(), "broken pipe"):
			t.Errorf("%q: exit code %d, and nobody was told that nobody read: %s", h.args, h.code, h.err.String())
		}
	})
}

func TestEveryCommandWhoseResultHasNoRoomSaysSo(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("there is no /dev/full here")
	}
	onEveryErrand(t, func(t *testing.T, e errand, h *headless) {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer full.Close()
		h.stdout = full
		h.run(t, e.line)
		h.expectDecent(t, h.paths(e.keys)...)
		if e.quiet {
			h.expect(t, e.code)
			return
		}
		want := 1
		if e.heeds {
			want = 4
		}
		h.expect(t, cmp.Or(e.full, want), "no space left on device")
	})
}
