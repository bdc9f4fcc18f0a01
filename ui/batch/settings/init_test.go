package settings_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/ui/batch"
)

// given are the flags of a whole system.
const given = "init --name shop --kind hamgam --url https://shop.example.com "

func TestFlagsWriteAConfigurationWithoutATerminal(t *testing.T) {
	for flags, source := range map[string]string{
		"--token-env SHOP_TOKEN":                                         "environment variable SHOP_TOKEN",
		"--token-file /etc/keys/shop --production":                       "file /etc/keys/shop",
		"--token-command -- pass show -x shop":                           "command pass",
		"--username root --password-env P":                               "environment variable P",
		"--username root --password-file ~/pw":                           "file HOME/pw",
		"--username root --production --password-command -- secret tool": "command secret",
	} {
		d := newDesk(t)
		d.run(strings.Fields(given+flags)...).expect(t, batch.Done, d.usual()+"\n", "authdeck: it is written; authdeck config check looks at it")
		found, err := config.Load(d.usual(), func(name string) string { return d.env[name] }, client.Kinds())
		if err != nil || len(found.Profiles) != 1 {
			t.Fatalf("%s: %v", flags, err)
		}
		p := found.Profiles[0]
		if p.Credential.String() != strings.ReplaceAll(source, "HOME", d.home) || p.Name != "shop" || p.Kind != "hamgam" || p.Production != strings.Contains(flags, "--production") || (p.Username == "root") != strings.Contains(flags, "root") {
			t.Errorf("%s: %+v", flags, p)
		}
		if content, err := os.ReadFile(d.usual()); err != nil || strings.Contains(flags, "-x") && !strings.Contains(string(content), "\ntoken_command = ['pass', 'show', '-x', 'shop']\n") {
			t.Errorf("%v\n%s", err, content)
		}
		if d.mode(d.usual()) != 0o600 || d.mode(filepath.Dir(d.usual())) != 0o700 {
			t.Errorf("the modes are %o and %o", d.mode(d.usual()), d.mode(filepath.Dir(d.usual())))
		}
	}
}

func TestFlagsThatDoNotGoTogetherAreAMisuseAndWriteNothing(t *testing.T) {
	for line, says := range map[string]string{
		"init":                    "there is no terminal to ask at, and nothing was written; give --name, --kind, --url, one of --token-env, --token-file, --token-command too",
		given:                     "give one of --token-env, --token-file, --token-command too",
		given + "--username root": "give one of --password-env, --password-file, --password-command too",
		"init --kind awx --url https://x.example.com --token-env T":                                "give --name too",
		given + "--token-env T --token-file f":                                                     "--token-env and --token-file: a credential comes from one place",
		given + "--token-env T --password-env P":                                                   "--token-env and --password-env: a credential",
		given + "--token-env T --username root":                                                    "--username and --token-env: a system signs in with",
		given + "--password-env T":                                                                 "--password-env: a password needs --username",
		given + "--token-command":                                                                  "--token-command takes the program after --",
		given + "--token-command pass":                                                             "init takes no arguments but a program after --",
		given + "--token-env T -- pass":                                                            "init takes no arguments but a program after --",
		given + "shop --token-env T":                                                               "init takes no arguments but a program after --",
		given + "--token-env canary-key":                                                           "--token-env: this is no name of a variable; give the name and not the token itself",
		given + "--token-file 0123456789abcdef0123456789abcdef01234567":                            "--token-file: this looks like a key; give the path",
		given + "--token-command -- echo 0123456789abcdef0123456789abcdef01234567":                 "--token-command: an argument looks like a key",
		"init --name my,shop --kind hamgam --url https://x.example.com --token-env T":              "--name: ",
		"init --name shop --kind hamgan --url https://x.example.com --token-env T":                 `--kind: "hamgan" is not a kind of system; allowed: authentik, awx`,
		"init --name shop --kind hamgam --url x.example.com --token-env T":                         "--url: this is no address",
		"init --name shop --kind hamgam --url https://canary-x@x.example.com --token-env T":        "--url: a URL holds no user name or password",
		"init --name i --kind authentik --url https://x.example.com --username r --password-env P": "--username: a system of kind authentik signs in with a token only",
	} {
		d := newDesk(t)
		e := d.run(strings.Fields(line)...)
		e.expect(t, batch.Misuse, "", says)
		if strings.Contains(e.err, "0123456789abcdef") {
			t.Errorf("a key is said again: %s", e.err)
		}
		d.nothingWritten(line)
	}
}

func TestAFileThatIsThereStaysAndIsNamedBeforeAnythingIsAsked(t *testing.T) {
	d := newDesk(t)
	d.write(d.usual(), "mine")
	d.types("shop\n")
	for _, line := range []string{"init", given + "--token-env T"} {
		e := d.run(strings.Fields(line)...)
		e.expect(t, batch.Misuse, "", "authdeck: "+d.usual()+": there is a file of this name already, and it stays as it is")
		if strings.Contains(e.err, "called") {
			t.Errorf("something was asked: %s", e.err)
		}
	}
	if content, err := os.ReadFile(d.usual()); err != nil || string(content) != "mine" {
		t.Errorf("%q, %v", content, err)
	}
}

func TestWhereNoFileCanBeMadeItIsAFailureAndNotAMisuse(t *testing.T) {
	d := newDesk(t)
	d.write(filepath.Join(d.home, "file"), "")
	path := filepath.Join(d.home, "file", "config.toml")
	d.run(strings.Fields(given+"--token-env T --config "+path)...).expect(t, batch.Failed, "", "not a directory")
}

// answers to all that is asked of two systems, with a slip at each of them.
const answers = "my shop\nshop\nhamgan\nhamgam\nshop.example.com\nhttps://shop.example.com\n\n7\n1\n\nperhaps\ny\n" +
	"y\nshop\ntower\nawx\nhttps://tower.example.com\nroot\n3\necho\n0123456789abcdef0123456789abcdef01234567\n\npass\nshow\na b\n\n\nn\n"

func TestAtATerminalAPersonIsAskedForSystemsUntilTheAnswersCanBeUsed(t *testing.T) {
	d := newDesk(t)
	d.types(answers)
	e := d.run("init")
	e.expect(
		t, batch.Done, d.usual()+"\n",
		"ctrl+c writes nothing", "What it is called (letters, digits, . _ -): ", `"my shop" is no name`, "Its kind (authentik, awx, hamgam, saymon, waldur): ", `"hamgan" is not a kind`,
		"this is no address", "Where the token comes from (1 variable, 2 file, 3 program) [1]: ", "authdeck: 1, 2 or 3\n", "The name of the variable [SHOP_TOKEN]: ", "authdeck: y or n\n", "another system has this name",
		"Where the password comes from (", "an argument looks like a key", "Its argument 2; empty for no more: ", "it is written",
	)
	for question := range strings.SplitSeq(e.err, ": ") {
		if last := question[strings.LastIndex(question, "\n")+1:]; len(last) > 78 && !strings.Contains(question, "authdeck") {
			t.Errorf("a question does not fit into a line of 80: %q", last)
		}
	}
	if strings.Contains(e.err, "0123456789abcdef") {
		t.Errorf("a key is said again: %s", e.err)
	}
	found, err := config.Load(d.usual(), func(name string) string { return d.env[name] }, client.Kinds())
	if err != nil || len(found.Profiles) != 2 {
		t.Fatal(err)
	}
	one, two := found.Profiles[0], found.Profiles[1]
	if one.Name != "shop" || one.Credential.String() != "environment variable SHOP_TOKEN" || !one.Production || two.Username != "root" || two.Credential.String() != "command pass" || two.Production {
		t.Errorf("%+v\n%+v", one, two)
	}
	content, err := os.ReadFile(d.usual())
	if err != nil || !strings.Contains(string(content), "\npassword_command = ['pass', 'show', 'a b']\n") {
		t.Errorf("%v\n%s", err, content)
	}
}

func TestATokenIsNotAskedHowItSignsInWhereThereIsOneWay(t *testing.T) {
	d := newDesk(t)
	d.types("idp\nauthentik\nhttps://idp.example.com\n2\n~/token\n\n\n")
	e := d.run("init")
	e.expect(t, batch.Done, d.usual()+"\n", "The path of the file, which only you can read: ")
	if strings.Contains(e.err, "user name") {
		t.Errorf("%s", e.err)
	}
}

func TestWhatFlagsSayIsNotAskedFor(t *testing.T) {
	d := newDesk(t)
	d.types("https://shop.example.com\n")
	e := d.run(strings.Fields("init --name shop --kind hamgam --token-env T")...)
	e.expect(t, batch.Done, d.usual()+"\n", "Its address")
	for _, asked := range []string{"called", "Its kind", "user name", "comes from", "production", "Another"} {
		if strings.Contains(e.err, asked) {
			t.Errorf("it is asked for %q: %s", asked, e.err)
		}
	}
}

// TestAnInputThatEndsWritesNothing ends it before each of the answers.
func TestAnInputThatEndsWritesNothing(t *testing.T) {
	lines := strings.SplitAfter(answers, "\n")
	for n := range len(lines) - 1 {
		d := newDesk(t)
		d.types(strings.Join(lines[:n], ""))
		e := d.run("init")
		e.expect(t, batch.Misuse, "", "\nauthdeck: the input ended before everything was answered, and nothing was written\n")
		d.nothingWritten(e.err)
	}
}

func TestWhoeverInterruptsTheQuestionsHasWrittenNothing(t *testing.T) {
	d := newDesk(t)
	d.types("shop\nhamgam\n")
	d.left = true
	d.run("init").expect(t, batch.Failed, "", "\nauthdeck: interrupted, and nothing was written\n")
	d.nothingWritten("interrupted")
}

func TestAShellCompletesTheKindsOfSystems(t *testing.T) {
	d := newDesk(t)
	e := d.complete("config", "init", "--kind", "")
	if e.code != batch.Done || !strings.HasPrefix(e.out, "authentik\nawx\nhamgam\nsaymon\nwaldur\n:4\n") {
		t.Errorf("%+v", e)
	}
}
