package courier

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

const key = redacttest.Canary + "kEy-7Qx2"

// standIn is a program that a test plays; what it keeps goes to the file that $KEPT is.
func standIn(t *testing.T, script string) (path, kept string) {
	t.Helper()
	folder := t.TempDir()
	path, kept = filepath.Join(folder, "program"), filepath.Join(folder, "kept")
	if err := os.WriteFile(path, []byte("#!/bin/bash\nKEPT="+kept+"\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path, kept
}

func deploy() model.Token {
	return model.Token{ID: "31", Name: model.Clean("ci-deploy"), Owner: model.User{Username: model.Clean("sara")}}
}

// handed has a command take the key.
func handed(t *testing.T, token model.Token, argv ...string) (said string, err error) {
	t.Helper()
	c, err := Parse(argv)
	if err != nil {
		t.Fatal(err)
	}
	said, err = Commands{"idp": c}.Hand(t.Context(), "idp", token, model.NewSecret(key))
	redacttest.Hides(t, "what is said", said)
	redacttest.TellsNoKey(t, err)
	return said, err
}

// vault, pass and gh are what these programs do with a key, as far as that is of their input,
// their complaints and their terminal.
const (
	vault = `[ "$1 $2" = "kv put" ] || exit 2
[ "${!#}" = "token=-" ] || { echo "no value from the input" >&2; exit 1; }
value=$(cat; echo .); printf '%s' "${value%.}" >"$KEPT"; echo "$3" >"$KEPT.at"
echo "====== Secret Path ======"`
	pass = `[ "$1 $2 $3" = "insert --multiline --force" ] || exit 2
echo "Enter contents of $4 and press Ctrl+D when finished:"
(read -r answer </dev/tty) 2>/dev/null && exit 9
echo "gpg: WARNING: unsafe permissions on homedir" >&2
cat >"$KEPT"; echo "$4" >"$KEPT.at"`
	gh = `[ "$1 $2" = "secret set" ] || exit 2
if [ -t 0 ] || [ -t 1 ] || [ -t 2 ]; then echo "? Paste your secret" >/dev/tty; exit 9; fi
cat >"$KEPT"; echo "$5" >"$KEPT.at"; echo "✓ Set Actions secret $3 for $5" >&2`
)

func TestTheKeyIsAllThatAProgramIsGivenToRead(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		script string
		rest   []string
		at     string
	}{
		"vault": {vault, []string{"kv", "put", "secret/{system}/{name}", "token=-"}, "secret/idp/ci-deploy"},
		"pass":  {pass, []string{"insert", "--multiline", "--force", "{system}/{owner}-{id}"}, "idp/sara-31"},
		"gh":    {gh, []string{"secret", "set", "TOKEN", "--repo", "acme/{name}"}, "acme/ci-deploy"},
	} {
		path, kept := standIn(t, c.script)
		said, err := handed(t, deploy(), append([]string{path}, c.rest...)...)
		if err != nil || !strings.Contains(said, c.at) {
			t.Errorf("%s: said %q, %v", name, said, err)
		}
		if got, _ := os.ReadFile(kept); string(got) != key {
			t.Errorf("%s has %q", name, got)
		}
		if at, _ := os.ReadFile(kept + ".at"); strings.TrimSpace(string(at)) != c.at {
			t.Errorf("%s put it at %q", name, at)
		}
	}
}

func TestAKeyThatWasNotTakenSaysWhyInTheWordsOfTheProgramWithoutTheKey(t *testing.T) {
	t.Parallel()
	for script, want := range map[string]string{
		"cat >/dev/null; echo 'permission  denied' >&2; exit 2":       "it ended with exit status 2; it said: permission denied",
		"cat >/dev/null; exit 3":                                      "it ended with exit status 3",
		"cat >&2; exit 1":                                             "it ended with exit status 1; it said: [secret]",
		"cat | tr a-z A-Z >&2; exit 1":                                "it ended with exit status 1; what it said is not shown, for the key may stand in it",
		"cat | base64 >&2; exit 1":                                    "it ended with exit status 1; it said: [like a key]",
		"printf '\\033[31mno\\033[0m\\a' >&2; cat >/dev/null; exit 1": "it ended with exit status 1; it said: ",
		"exit 0":               "it ended without an error and did not read the key",
		"head -c 5 >/dev/null": "did not read the key",
		"kill -9 $$":           "it ended with signal: killed",
		"echo 'no terminal to ask at' >&2; (exec </dev/tty) 2>/dev/null && exit 0; exit 4":      "it said: no terminal to ask at",
		"k=$(cat); head -c 20000 /dev/zero | tr '\\0' ' ' >&2; echo ${k:3} the end >&2; exit 1": "exit status 1",
	} {
		path, _ := standIn(t, script)
		if _, err := handed(t, deploy(), path); err == nil || !strings.Contains(err.Error(), want) || strings.ContainsAny(err.Error(), "\033\a\n") {
			t.Errorf("%s: %v", script, err)
		}
	}
	if _, err := handed(t, deploy(), "/nowhere/at/all"); err == nil || err.Error() != "it cannot be started: no such file or directory" {
		t.Error(err)
	}
}

// TestAPartOfAKeyIsNotShownEither is about what is left of it where only the end of what was
// said is kept.
func TestAPartOfAKeyIsNotShownEither(t *testing.T) {
	t.Parallel()
	secret := model.NewSecret(key)
	for cut := range len(key) {
		said := &tail{}
		_, _ = said.Write([]byte(key[:cut]))
		_, _ = said.Write([]byte(key[cut:] + " " + strings.Repeat("x", mostHeld-len(key[cut:])-10) + " no"))
		if words := said.words(secret); strings.Contains(words, key[len(key)-4:]) {
			t.Fatalf("cut at %d it says %q", cut, words)
		}
	}
}

func TestAProgramThatNeverEndsIsEndedWithAllThatItStarted(t *testing.T) {
	t.Parallel()
	path, kept := standIn(t, `sleep 1000 & echo $! >"$KEPT"; cat >/dev/null; wait`)
	c, err := Parse([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	for patience := 200 * time.Millisecond; ; patience *= 2 { // until its child has a number, on whatever machine
		_, err = c.hand(t.Context(), "idp", deploy(), model.NewSecret(key), patience)
		if err == nil || !strings.Contains(err.Error(), "did not end within "+patience.String()) {
			t.Fatal(err)
		}
		if number, _ := os.ReadFile(kept); len(number) > 0 {
			await(t, strings.TrimSpace(string(number)))
			return
		}
	}
}

// await waits until a process has ended.
func await(t *testing.T, number string) {
	t.Helper()
	for {
		state, err := os.ReadFile("/proc/" + number + "/stat")
		if err != nil || strings.Contains(string(state), ") Z ") {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestAKeyThatIsLongerThanAPipeHoldsIsHandedOver(t *testing.T) {
	t.Parallel()
	path, kept := standIn(t, `sleep 0.1; cat >"$KEPT"`)
	c, _ := Parse([]string{path})
	long := strings.Repeat("canary-", 40_000)
	if _, err := (Commands{"idp": c}).Hand(t.Context(), "idp", deploy(), model.NewSecret(long)); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(kept); string(got) != long {
		t.Errorf("it has %d bytes of %d", len(got), len(long))
	}
	path, _ = standIn(t, "exit 0")
	c, _ = Parse([]string{path})
	if _, err := (Commands{"idp": c}).Hand(t.Context(), "idp", deploy(), model.NewSecret(long)); err == nil {
		t.Error("nobody read it")
	}
}

// TestAForeignNameSaysNeitherWhereAKeyGoesNorWhatIsDone is about values that come from a system.
func TestAForeignNameSaysNeitherWhereAKeyGoesNorWhatIsDone(t *testing.T) {
	t.Parallel()
	path, kept := standIn(t, `cat >"$KEPT"`)
	for _, name := range []string{"--help", "-", "@/etc/passwd", "@file", "../../x", "a/b", "/", ".", "..", "", "a\nb", "a\x00b", "a\x1b[2Jb", "a\u202eb", "a\xffb", "\u200b"} {
		token := deploy()
		token.Name = model.Clean(name)
		for _, argument := range []string{"{name}", "secret/{name}", "x={name}{id}"} {
			if said, err := handed(t, token, path, argument); err == nil || !strings.HasPrefix(err.Error(), "nothing was run: the name of the token ") {
				t.Errorf("%q in %s: %q, %v", name, argument, said, err)
			}
		}
		if _, err := os.Stat(kept); err == nil {
			t.Fatalf("%q: it was run", name)
		}
	}
	for _, id := range []string{"-1", "a/b"} {
		token := deploy()
		token.ID = id
		if _, err := handed(t, token, path, "{id}"); err == nil {
			t.Errorf("the id %q was taken", id)
		}
	}
}

func TestWhatNoShellReadsMayStandInAName(t *testing.T) {
	t.Parallel()
	path, kept := standIn(t, `cat >/dev/null; printf '%s\n' "$#" "$@" "$AUTHDECK_SYSTEM" "$AUTHDECK_ID" "$AUTHDECK_NAME" "$AUTHDECK_OWNER" >"$KEPT"`)
	token := deploy()
	token.Name, token.Owner.Username = model.Clean("$(touch x) `id` {id}; 'Сара' \"*\" %s \\"), model.Clean("a b")
	if _, err := handed(t, token, path, "{name}", "x{owner}y{owner}", "{", "{}", "plain"); err != nil {
		t.Fatal(err)
	}
	name := token.Name.String()
	want := "5\n" + name + "\nxa bya b\n{\n{}\nplain\nidp\n31\n" + name + "\na b\n"
	if got, _ := os.ReadFile(kept); string(got) != want {
		t.Errorf("it was given %q, want %q", got, want)
	}
}

func TestAnEnvironmentHoldsNothingThatAnArgumentMustNot(t *testing.T) {
	t.Setenv("AUTHDECK_NAME", "of before")
	path, kept := standIn(t, `cat >/dev/null; echo "[$AUTHDECK_NAME] [$AUTHDECK_OWNER]" >"$KEPT"`)
	token := deploy()
	token.Name = model.Clean("../../x")
	if _, err := handed(t, token, path); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(kept); string(got) != "[] [sara]\n" {
		t.Errorf("it has %q", got)
	}
}

func TestTheKeyIsInNoArgumentAndInNoEnvironment(t *testing.T) {
	t.Parallel()
	path, kept := standIn(t, `cat >/dev/null; { env; printf '%s\n' "$@"; ps -o args= -p $$; } >"$KEPT"`)
	if _, err := handed(t, deploy(), path, "{name}"); err != nil {
		t.Fatal(err)
	}
	seen, _ := os.ReadFile(kept)
	redacttest.Hides(t, "what others see", string(seen))
}

func TestACommandThatCannotBeMeantIsRefused(t *testing.T) {
	t.Parallel()
	for want, argv := range map[string][]string{
		"is empty":                        {""},
		"and it is empty":                 nil,
		"no token is to say which":        {"{name}"},
		"{naam} stands for nothing":       {"vault", "secret/{naam}"},
		"a NUL":                           {"vault", "a\x00b"},
		"(not shown: it looks like a key": {"vault", "{abcdefabcdefabcdefabcdefabcdef}"},
	} {
		if _, err := Parse(argv); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", argv, err)
		}
	}
	c, err := Parse([]string{"curl", "-H", "Authorization: 0f3a9b0c1d2e4f5a6b7c8d9e", "", "it's"})
	if err != nil || c.String() != `curl -H (not shown: it looks like a key) "" "it's"` {
		t.Errorf("shown as %s, %v", c, err)
	}
}
