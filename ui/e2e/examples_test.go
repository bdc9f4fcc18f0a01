package e2e_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"authdeck/client/demo"
)

// example is a machine on which a script of docs/examples is run.
func example(t *testing.T, script string) *headless {
	t.Helper()
	h := newHeadless(t)
	h.script = script
	return h
}

// standInPass behaves as pass (1.7.4) does where no terminal is, but for the sealing: what comes to
// insert lies in a file of the store, one that is there is written over, and show gives it back.
const standInPass = `#!/bin/sh
set -eu
umask 077
command=$1
shift
multiline=no
for word; do
	case $word in
	-m | --multiline) multiline=yes ;;
	-f | --force) ;;
	-*) echo "Usage: pass insert [--echo,-e | --multiline,-m] [--force,-f] pass-name" >&2; exit 1 ;;
	*) name=$word ;;
	esac
done
file=$PASSWORD_STORE_DIR/$name.gpg
case $command in
insert)
	[ $multiline = yes ] || { echo "Error: the entered passwords do not match." >&2; exit 1; }
	mkdir -p "$(dirname "$file")"
	echo "Enter contents of $name and press Ctrl+D when finished:"
	echo
	cat >"$file"
	;;
show)
	[ -e "$file" ] || { echo "Error: $name is not in the password store." >&2; exit 1; }
	cat "$file"
	;;
esac
`

// passes puts the stand-in, or one that is broken, where scripts find it.
func (h *headless) passes(t *testing.T, script string) {
	t.Helper()
	folder := filepath.Join(h.home, "bin")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "pass"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
}

// shop is the first of the demo's systems.
func (h *headless) shop() demo.System { return h.server.Systems()[0] }

// status is how the shop answers to a key.
func (h *headless) status(t *testing.T, key string) int {
	t.Helper()
	status, _ := ask(t, h.shop().URL+"/api/users/me/", key)
	return status
}

// token is the ID of a token of the shop, siobhan.wood's.
func (h *headless) token(t *testing.T) string {
	t.Helper()
	plain := *h
	plain.script = ""
	plain.run(t, "tokens --system shop --csv owner:siobhan.wood")
	found := regexp.MustCompile(`(?m)^shop,([0-9]+),`).FindAllStringSubmatch(plain.out.String(), -1)
	if len(found) != 1 {
		t.Fatalf("the tokens of siobhan.wood: %s%s", plain.out.String(), plain.err.String())
	}
	return found[0][1]
}

// keyOf is the key of a token of the shop, as everybody there can see it.
func (h *headless) keyOf(t *testing.T, id string) string {
	t.Helper()
	_, body := ask(t, h.shop().URL+"/api/users/auth_tokens/"+id+"/", h.shop().Token)
	found := regexp.MustCompile(`"key":\s*"([^"]+)"`).FindStringSubmatch(body)
	if found == nil {
		t.Fatalf("token %s: %s", id, body)
	}
	return found[1]
}

func TestAnInventoryOfAMonthIsHeldAgainstTheOneBefore(t *testing.T) {
	t.Parallel()
	h := example(t, "inventory.sh")
	h.run(t, "{home}/evidence").expect(t, 0, "is the first one")
	made, err := filepath.Glob(filepath.Join(h.home, "evidence", "inventory-20??-??-??.jsonl"))
	if err != nil || len(made) != 1 {
		t.Fatalf("it made %q", made)
	}
	h.expectDecent(t)
	before := read(t, made[0])
	h.run(t, "{home}/evidence").expect(t, 2)
	if read(t, made[0]) != before {
		t.Error("an inventory was written over")
	}
	if err := os.Rename(made[0], filepath.Join(h.home, "evidence", "inventory-2026-01-01.jsonl")); err != nil {
		t.Fatal(err)
	}
	id := h.token(t)
	request(t, http.MethodDelete, h.shop().URL+"/api/users/auth_tokens/"+id+"/", h.shop().Token)
	h.run(t, "{home}/evidence").expect(t, 3, "siobhan.wood", id)
	h.run(t, "").expect(t, 2, "usage: inventory.sh FOLDER")
}

// request sends something as somebody else would.
func request(t *testing.T, method, url, key string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Token "+key)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode >= 300 {
		t.Fatalf("%s %s: %s", method, url, answer.Status)
	}
}

func TestACheckByCronIsSilentWhereAllIsWell(t *testing.T) {
	t.Parallel()
	h := example(t, "check.sh")
	metrics := filepath.Join(h.home, "authdeck.prom")
	h.run(t, metrics+" owner:nobody.at.all").expect(t, 0)
	if h.out.Len()+h.err.Len() > 0 {
		t.Errorf("it says %q %q", h.out.String(), h.err.String())
	}
	if !strings.Contains(read(t, metrics), "# TYPE authdeck_") {
		t.Errorf("the figures are %s", read(t, metrics))
	}
	h.run(t, metrics+" --warn 400d --crit 300d").expect(t, 2, "CRITICAL")
	if line := h.err.String(); h.out.Len() > 0 || strings.Count(line, "\n") != 1 || strings.Contains(line, "|") {
		t.Errorf("it says %q %q", h.out.String(), line)
	}
	h.run(t, metrics+" colour:red").expect(t, 3, "colour")
	breakIt(t, h.server, "authentik/any:503")
	h.run(t, metrics+" owner:nobody.at.all").expect(t, 3, "UNKNOWN", "idp")
	h.run(t, "").expect(t, 3, "usage: check.sh FILE.prom")
	h.expectDecent(t)
}

func TestALeaversTokensEndAfterSomebodyHasReadWhich(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("there is no jq here")
	}
	h := example(t, "leaver.sh")
	const who = "siobhan.wood@shop.example"
	h.run(t, "plan {home}/leaver "+who).expect(t, 0, "siobhan.wood", "shop", "idp", "tower", "cloud", "pult")
	if n := h.writes(); n > 0 {
		t.Fatalf("%d writes were sent by a plan", n)
	}
	id := regexp.MustCompile(`^Plan ([A-Z0-9]+),`).FindStringSubmatch(read(t, filepath.Join(h.home, "leaver", "plan.txt")))
	if id == nil {
		t.Fatalf("the plan has no id: %s", h.out.String())
	}
	h.run(t, "apply {home}/leaver "+who+" OTHER HR-77").expect(t, 2, "--id is OTHER")
	if n := h.writes(); n > 0 {
		t.Fatalf("%d writes were sent with the id of another plan", n)
	}
	breakIt(t, h.server, "waldur/delete:lost:once")
	h.run(t, "apply {home}/leaver "+who+" "+id[1]+" HR-77").expect(t, 4, "uncertain")
	h.expectDecent(t)
	expectOnce(t, h.server)
	page := read(t, filepath.Join(h.home, "leaver", "report.md"))
	if !strings.Contains(page, "## Left: 0") || !strings.Contains(page, "HR-77") || !strings.Contains(page, "it shows") {
		t.Errorf("the report: %s", page)
	}
	h.run(t, "apply {home}/leaver "+who).expect(t, 2, "usage: leaver.sh")
}

func TestANewKeyGoesIntoPassAndNowhereElse(t *testing.T) {
	t.Parallel()
	h := example(t, "rotate-into-pass.sh")
	h.passes(t, standInPass)
	id := h.token(t)
	old := h.keyOf(t, id)
	h.run(t, "shop "+id+" ci/shop OPS-31").expect(t, 0)
	stored := filepath.Join(h.home, "store", "ci", "shop.gpg")
	h.expectDecent(t, stored)
	key := strings.TrimSuffix(read(t, stored), "\n")
	if key == old || h.status(t, key) == http.StatusUnauthorized || h.status(t, old) != http.StatusUnauthorized {
		t.Errorf("the new key has %d letters and is answered with %d, the old one with %d", len(key), h.status(t, key), h.status(t, old))
	}
	if !strings.Contains(h.record(t), "OPS-31") {
		t.Error("the ticket is not on record")
	}
	h.run(t, "shop").expect(t, 2, "usage: rotate-into-pass.sh")
}

func TestAKeyThatPassDidNotTakeIsKeptAndSaidToBe(t *testing.T) {
	t.Parallel()
	h := example(t, "rotate-into-pass.sh")
	h.passes(t, "#!/bin/sh\ncat >/dev/null\necho 'gpg: decryption failed: No secret key' >&2\nexit 2\n")
	id := h.token(t)
	h.run(t, "shop "+id+" ci/shop OPS-31").expect(t, 4, "authdeck keys take")
	h.expectDecent(t)
	if key, err := h.takeKey(t); err != nil || h.status(t, strings.TrimSpace(key)) == http.StatusUnauthorized {
		t.Errorf("the key that is kept has %d letters: %v", len(key), err)
	}
}

func TestALeakedKeyOpensNothingAnyMore(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("there is no jq here")
	}
	h := headlessOn(t, demo.Options{Calm: true}) // whose keys look as those of the real system
	h.script = "leaked.sh"
	id := h.token(t)
	key := h.keyOf(t, id)
	h.stdin = key + "\n"
	h.run(t, "SEC-12").expect(t, 0, "the key opens nothing any more")
	h.expectDecent(t)
	for place, text := range filesUnder(t, h.home) {
		if holds(text+h.out.String()+h.err.String(), key) {
			t.Errorf("the key was said, or is in %s", place)
		}
	}
	if got := h.status(t, key); got != http.StatusUnauthorized {
		t.Errorf("the key is answered with %d", got)
	}
	h.run(t, "SEC-12").expect(t, 3, "no system knows")
	h.run(t, "").expect(t, 2, "usage: leaked.sh")
}

func TestTheScriptsAreReadByEveryShell(t *testing.T) {
	t.Parallel()
	scripts, err := filepath.Glob("../../docs/examples/*.sh")
	if err != nil || len(scripts) < 5 {
		t.Fatalf("there are %q, %v", scripts, err)
	}
	index := read(t, "../../docs/examples/README.md")
	for _, script := range scripts {
		text, name := read(t, script), filepath.Base(script)
		if !strings.HasPrefix(text, "#!/bin/sh\n# "+name+": ") || !strings.Contains(text, "\n# Exit codes") {
			t.Errorf("%s does not say what it is for, and with which codes it ends", name)
		}
		if info, err := os.Stat(script); err != nil || info.Mode()&0o111 != 0o111 {
			t.Errorf("%s cannot be run: %v", name, info.Mode())
		}
		if !strings.Contains(index, "("+name+")") {
			t.Errorf("README.md of the examples lacks %s", name)
		}
	}
	for _, checker := range [][]string{{"shellcheck", "-s", "sh"}, {"dash", "-n"}, {"bash", "--posix", "-n"}} {
		path, err := exec.LookPath(checker[0])
		if err != nil {
			t.Logf("there is no %s here", checker[0])
			continue
		}
		for _, script := range scripts {
			if out, err := exec.CommandContext(t.Context(), path, append(checker[1:], script)...).CombinedOutput(); err != nil {
				t.Errorf("%s of %s: %v\n%s", checker[0], script, err, out)
			}
		}
	}
}

func TestCommandsOnTheDemoAreTwoLinesAway(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "demo.toml")
	_, end := served(t, "--write-config", file)
	l := launch{args: []string{"doctor", "--config", file}}
	stdout, stderr, code := l.plain(t)
	for _, name := range systemNames(t) {
		if code != 0 || !strings.Contains(stdout, "OK       "+name) {
			t.Errorf("exit code %d, without %s: %s%s", code, name, stdout, stderr)
		}
	}
	if code := end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if left := filesUnder(t, filepath.Dir(file)); len(left) > 0 {
		t.Errorf("%d files are left after it", len(left))
	}
}
