package settings_test

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"authdeck/ui/batch"
	"authdeck/ui/batch/batchtest"
)

const shop = "[[system]]\nname = \"shop\"\nkind = \"hamgam\"\nurl = \"https://shop.example.com\"\ntoken_env = \"SHOP_TOKEN\"\n"

func TestWhatHoldsIsShownWithTabsBetweenAndWhereItComesFrom(t *testing.T) {
	d := newDesk(t)
	d.write(d.usual(), shop)
	d.env["SHOP_TOKEN"] = canary + "value"
	e := d.run("show")
	if e.code != batch.Done || e.err != "" {
		t.Fatalf("%+v", e)
	}
	lines := strings.Split(e.out, "\n")
	for _, want := range []string{
		"config\t" + d.usual() + "\tbuilt in",
		"at_once\t4\tbuilt in",
		"system.shop.url\thttps://shop.example.com\t" + d.usual() + ":4",
		"system.shop.token_env\tenvironment variable SHOP_TOKEN\t" + d.usual() + ":5",
		"system.shop.production\tfalse\tbuilt in",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("%q is not in\n%s", want, e.out)
		}
	}
	for _, line := range lines[:len(lines)-1] {
		if strings.Count(line, "\t") != 2 {
			t.Errorf("not three columns: %q", line)
		}
	}
}

func TestOnATerminalWhatHoldsStandsInColumns(t *testing.T) {
	d := newDesk(t)
	d.write(d.usual(), shop)
	ours, theirs := d.quietTerminal()
	d.stdout = theirs
	if e := d.run("show"); e.code != batch.Done {
		t.Fatalf("%+v", e)
	}
	columns := 0
	for lines := bufio.NewScanner(ours); lines.Scan(); {
		line := strings.TrimRight(lines.Text(), "\r")
		if strings.Contains(line, "\t") || strings.Contains(line, "\x1b") {
			t.Fatalf("%q", line)
		}
		if at := strings.Index(line, "environment variable SHOP_TOKEN  "); at > 0 {
			columns = at
		}
		if strings.HasPrefix(line, "theme.danger") {
			if columns != strings.Index(line, "the console's own") {
				t.Errorf("the columns do not stand below each other: %q", line)
			}
			return
		}
	}
}

func TestWhatHoldsIsADocumentForPrograms(t *testing.T) {
	d := newDesk(t)
	path := filepath.Join(d.home, "other.toml")
	d.write(path, shop)
	d.env["AUTHDECK_CONFIG"] = path
	e := d.run("show", "--json")
	if e.code != batch.Done || e.err != "" || !strings.HasPrefix(e.out, "{\n  \"schema\": \"authdeck/1\",\n  \"kind\": \"config\",\n") {
		t.Fatalf("%+v", e)
	}
	batchtest.Holds(t, []byte(e.out))
	type origin struct {
		Source, File, Variable, Flag string
		Line                         int
	}
	var found struct {
		Path     string
		ChosenBy origin `json:"chosen_by"`
		Settings []struct {
			Table, Name, Key, Value string
			origin
		}
	}
	if err := json.Unmarshal([]byte(e.out), &found); err != nil {
		t.Fatal(err)
	}
	if found.Path != path || found.ChosenBy != (origin{Source: "variable", Variable: "AUTHDECK_CONFIG"}) {
		t.Errorf("%+v", found)
	}
	for _, s := range found.Settings {
		if s.Key == "url" && (s.Table != "system" || s.Name != "shop" || s.Value != "https://shop.example.com" || s.origin != (origin{Source: "file", File: path, Line: 4})) {
			t.Errorf("%+v", s)
		}
		if s.Key == "at_once" && (s.Table != "" || s.Value != "4" || s.origin != (origin{Source: "built-in"})) {
			t.Errorf("%+v", s)
		}
	}
	if len(found.Settings) < 15 {
		t.Errorf("%d settings", len(found.Settings))
	}
}

func TestAConfigurationThatIsWrongIsAMisuseAndNotShown(t *testing.T) {
	for text, says := range map[string]string{"": "there is no [[system]] in it", "x = [": "config.toml:1: ", shop + "colour = 1\n": "config.toml:6: \"system.colour\" is an unknown key"} {
		d := newDesk(t)
		d.write(d.usual(), text)
		d.run("show").expect(t, batch.Misuse, "", says)
		d.run("show", "--json").expect(t, batch.Misuse, "", says)
	}
	newDesk(t).run("show").expect(t, batch.Misuse, "", "there is no configuration at", "authdeck config init")
}

func TestThePathAloneIsTheOutputAndWhatChoseItStandsBesideIt(t *testing.T) {
	d := newDesk(t)
	d.run("path").expect(t, batch.Done, d.usual()+"\n", "there is nothing there yet; authdeck config init writes it", "this is the usual place")
	d.env["XDG_CONFIG_HOME"] = filepath.Join(d.home, "xdg")
	d.run("path").expect(t, batch.Done, filepath.Join(d.home, "xdg", "authdeck", "config.toml")+"\n", "authdeck: $XDG_CONFIG_HOME says so\n")
	d.env["AUTHDECK_CONFIG"] = filepath.Join(d.home, "c.toml")
	d.write(d.env["AUTHDECK_CONFIG"], "wrong as it is")
	d.run("path").expect(t, batch.Done, d.env["AUTHDECK_CONFIG"]+"\n", "authdeck: it is there\nauthdeck: $AUTHDECK_CONFIG says so\n")
	d.run("path", "--config", "x\x1b[2J").expect(t, batch.Done, "x␛[2J\n", "--config says so")
}

func TestACheckEndsWithTheWorstThatItFound(t *testing.T) {
	d := newDesk(t)
	d.write(d.usual(), shop)
	d.run("check").expect(t, batch.Found, d.usual()+":5: warning: token_env: SHOP_TOKEN is not set here; export it before authdeck starts\n")
	d.env["SHOP_TOKEN"] = canary + "value"
	d.run("check").expect(t, batch.Done, d.usual()+": it is as it must be\n")
	d.write(d.usual(), shop+"read_only = \"canary-no\"\n")
	d.run("check").expect(t, batch.Misuse, d.usual()+":6: error: read_only: it does not take a value of kind string\n"+d.usual()+":6: warning: what stands behind this line is looked at once it is mended\n")
	delete(d.env, "SHOP_TOKEN")
	d.write(d.usual(), shop+"a = 1\nb = 2\n")
	if e := d.run("check"); e.code != batch.Misuse || strings.Count(e.out, ": error: ") != 2 || strings.Count(e.out, ": warning: ") != 1 || strings.Count(e.out, "\n") != 3 {
		t.Errorf("%+v", e)
	}
	d.write(d.usual(), "")
	if e := d.run("check"); e.code != batch.Misuse || !strings.HasPrefix(e.out, d.usual()+": error: there is no [[system]] in it\n\n  The least it needs is\n\n  [[system]]\n") {
		t.Errorf("%+v", e)
	}
	d.run("check", "--config", "none.toml").expect(t, batch.Misuse, "none.toml: error: there is no configuration here; authdeck config init writes one\n")
}

func TestACheckIsADocumentForProgramsWithTheSameCode(t *testing.T) {
	for text, code := range map[string]batch.Exit{"": batch.Misuse, shop: batch.Found, shop + "a = 1\n[[system]]\nname = \"x\\u001b[2J\"\n": batch.Misuse, strings.Replace(shop, "_env", "_command", 1): batch.Misuse, strings.Replace(shop, `_env = "SHOP_TOKEN"`, `_command = ["true"]`, 1): batch.Done} {
		d := newDesk(t)
		d.write(d.usual(), text)
		e := d.run("check", "--json")
		if e.code != code || e.err != "" || !strings.Contains(e.out, `"kind": "config-check"`) || strings.Contains(e.out, `"findings": []`) != (code == batch.Done) || strings.Contains(e.out, "␊") {
			t.Errorf("%q: %+v", text, e)
		}
		batchtest.Holds(t, []byte(e.out))
	}
	d := newDesk(t)
	d.write(d.usual(), shop)
	if e := d.run("check", "--json"); !strings.Contains(e.out, `"verdict": "warning",
      "line": 5,
      "words": "token_env: SHOP_TOKEN is not set here; export it before authdeck starts"`) {
		t.Errorf("%s", e.out)
	}
}

func TestWhatCannotBeWrittenToAFullDiskIsAFailure(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = full.Close() }()
	d := newDesk(t)
	d.write(d.usual(), shop)
	d.stdout = full
	for _, args := range []string{"show", "show --json", "path", "check", "check --json"} {
		d.run(strings.Fields(args)...).expect(t, batch.Failed, "", "no space left")
	}
	path := filepath.Join(d.home, "new.toml")
	d.run("init", "--config", path, "--name", "shop", "--kind", "hamgam", "--url", "https://shop.example.com", "--token-env", "T").expect(t, batch.Partly, "", path+" is written, and that could not be said")
}

func TestConfigTakesNoOtherWord(t *testing.T) {
	d := newDesk(t)
	d.run("shwo").expect(t, batch.Misuse, "", `unknown command "shwo"`)
	d.run("show", "shop").expect(t, batch.Misuse, "", `config show takes no arguments, and "shop" stands there`)
	if e := d.run(); e.code != batch.Done || !strings.Contains(e.out, "init") || !strings.Contains(e.out, "Exit codes:") {
		t.Errorf("%+v", e)
	}
}
