package config_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"authdeck/client/config"
	"authdeck/model/setting"
)

// foundIn is what a check says, a line a finding: its line of the file, whether it is a fault,
// and the words.
func foundIn(t *testing.T, path string, env map[string]string) []string {
	t.Helper()
	var lines []string
	for _, f := range config.Check(config.Find(path, vars(env)), vars(env), config.SomeKinds()) {
		if f.At.Name != path || f.At.How != setting.File {
			t.Errorf("it is said of %+v", f.At)
		}
		kind := "fault"
		if f.Doubt {
			kind = "doubt"
		}
		lines = append(lines, fmt.Sprintf("%d %s %s", f.At.Line, kind, f.Words))
	}
	return lines
}

// expectFindings wants a finding for each beginning, in that order, and no other.
func expectFindings(t *testing.T, got []string, want ...string) {
	t.Helper()
	fits := slices.EqualFunc(got, want, strings.HasPrefix)
	if !fits {
		t.Errorf("found\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestACheckSaysAllThatIsWrongAndNotTheFirstOfIt(t *testing.T) {
	t.Parallel()
	path := written(t, `at_once = 99
colour = "red"
[[system]]
name = "my shop"
kind = "hamgan"
url = "shop.example.com"
key_command = []
client_key = "config.toml"
[[system]]
name = "b"
kind = "awx"
url = "http://far.example.com"
token_env = "T"
auth = "magic"
generation = "new"
tokenfile = "x"
[[system]]
name = "c"
kind = "hamgam"
url = "https://c.example.com"
[[system]]
name = "d"
kind = "hamgam"
url = "https://d.example.com"
token_env = "T"
[[system]]
name = "d"
kind = "hamgam"
url = "https://d.example.com"
token_env = "T"
[audit]
syslog = false
[look]
older_than = "for ever"
[[view]]
name = "Old"
query = "is:stael"
[theme]
warn = "purple"
`)
	expectFindings(
		t, foundIn(t, path, map[string]string{"T": "x"}),
		"1 fault at_once: 1 to 64", `2 fault "colour" is an unknown key`,
		"3 fault no credential", `4 fault name: "my shop" is no name`, `5 fault kind: "hamgan" is not a kind`, "6 fault url: this is no address", "7 fault key_command: ", "8 fault client_key: a key needs its certificate",
		"12 fault url: http sends the token in the clear", `14 fault auth: "magic" does not go with kind awx`, `15 fault generation: "new" is none of awx`, `16 fault "system.tokenfile" is an unknown key`,
		"17 fault no credential", `27 fault name: "d" is the name of two systems`,
		"34 fault older_than: ", "37 fault query: at “stael”", `39 fault warn: "purple" is no colour`,
	)
}

func TestWhatStandsBehindTextThatIsNoTOMLIsSaidNotToHaveBeenLookedAt(t *testing.T) {
	t.Parallel()
	for _, text := range []string{shop + "read_only = maybe\nx = 1\n", shop + "read_only = \"yes\"\nx = 1\n"} {
		expectFindings(t, foundIn(t, written(t, text), nil), "6 fault ", "6 doubt what stands behind this line is looked at once it is mended")
	}
}

func TestACheckBeginsWithWhatLoadRefusesTheFileFor(t *testing.T) {
	t.Parallel()
	const url = "url = \"https://shop.example.com\"\n"
	for _, text := range []string{
		"", "[system]\nname = \"x\"\n", start, start + url, start + url + "username = \"x\"\n", start + url + "token_env = \"T\"\nusername = \"x\"\n", start + url + "token_command = [\"\"]\n",
		start + url + "token_env = \"T\"\nrequire_signature = \"none\"\n", shop + "[[theme]]\n", shop + "[theme]\nx = 1\n", "key_command = []\n" + shop, "age_recipients = []\n" + shop,
		"[[system]]\nname = \"x\"\nkind = \"authentik\"\n" + url + "username = \"x\"\npassword_env = \"P\"\n",
	} {
		path := written(t, text)
		_, err := config.Load(path, vars(nil), config.SomeKinds())
		found := config.Check(config.Find(path, vars(nil)), vars(nil), config.SomeKinds())
		if err == nil || !slices.ContainsFunc(found, func(f setting.Finding) bool { return !f.Doubt && f.At.String()+": "+f.Words == err.Error() }) {
			t.Errorf("%q: %v, and the check finds %+v", text, err, found)
		}
	}
}

func TestOneFaultOfAKeyIsEnough(t *testing.T) {
	t.Parallel()
	text := "[[system]]\nname = \"x\"\nkind = \"authentik\"\nurl = \"https://x.example.com\"\nusername = \"x\"\n"
	expectFindings(t, foundIn(t, written(t, text), nil), "5 fault username: a username needs one of")
}

func TestAComplaintAboutTheLastSystemIsNotPutIntoTheRecordsTable(t *testing.T) {
	t.Parallel()
	path := written(t, start+"url = \"https://shop.example.com\"\n[audit]\nsyslog = false\n")
	if _, err := config.Load(path, vars(nil), config.SomeKinds()); err == nil || !strings.HasPrefix(err.Error(), path+":1: no credential") {
		t.Error(err)
	}
}

// TestACheckLooksForWhatTheConfigurationNamesAndReadsNoneOfIt has a FIFO for a token, at which
// whoever opens it waits for ever, and a command that leaves a trace.
func TestACheckLooksForWhatTheConfigurationNamesAndReadsNoneOfIt(t *testing.T) {
	t.Parallel()
	folder := shortFolder(t)
	at := func(name string) string { return filepath.Join(folder, name) }
	trace := "#!/bin/sh\ntouch " + at("trace") + "\n"
	for name, mode := range map[string]os.FileMode{"mine": 0o600, "open": 0o644, "run": 0o700, "ca": 0o644, "any": 0o666} {
		if err := os.WriteFile(at(name), []byte(trace), mode); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(at(name), mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := syscall.Mkfifo(at("fifo"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(at("mine"), at("link")); err != nil {
		t.Fatal(err)
	}
	const system = "[[system]]\nname = \"s%d\"\nkind = \"hamgam\"\nurl = \"https://shop.example.com\"\n%s\n"
	for i, c := range []struct{ says, doubt string }{
		{`token_env = "SET"`, ""},
		{`token_env = "UNSET"`, "5 doubt token_env: UNSET is not set here; export it"},
		{"username = \"x\"\npassword_env = \"UNSET\"", "6 doubt password_env: UNSET is not set here"},
		{fmt.Sprintf("token_file = %q", at("mine")), ""},
		{fmt.Sprintf("token_file = %q", at("open")), "5 doubt token_file: " + at("open") + ": others can read it (mode 0644); run chmod 600 on it"},
		{fmt.Sprintf("token_file = %q", at("none")), "5 doubt token_file: " + at("none") + ": no such file"},
		{fmt.Sprintf("token_file = %q", at("fifo")), "5 doubt token_file: " + at("fifo") + ": it is a FIFO"},
		{fmt.Sprintf("token_file = %q", at("link")), "5 doubt token_file: " + at("link") + ": it is a symbolic link"},
		{`token_file = "0123456789abcdef0123456789abcdef01234567"`, "5 doubt token_file: (not shown"},
		{fmt.Sprintf("token_command = [%q]", at("run")), ""},
		{fmt.Sprintf("token_command = [%q, \"canary-x\"]", at("mine")), "5 doubt token_command: " + at("mine") + " cannot be started: permission denied; install it"},
		{`token_command = ["no-such-program-here"]`, "5 doubt token_command: no-such-program-here cannot be started: executable file not found"},
		{fmt.Sprintf("token_env = \"SET\"\nclient_cert = %q\nclient_key = %q", at("ca"), at("mine")), ""},
		{fmt.Sprintf("token_env = \"SET\"\nclient_cert = %q\nclient_key = %q", at("ca"), at("open")), "7 doubt client_key: " + at("open") + ": others can read it (mode 0644)"},
		{fmt.Sprintf("token_env = \"SET\"\nclient_cert = %q\nclient_key = %q", at("ca"), at("fifo")), "7 doubt client_key: " + at("fifo") + ": it is a FIFO"},
		{fmt.Sprintf("token_env = \"SET\"\nclient_cert = %q\nclient_key = %q", at("none"), at("mine")), "6 doubt client_cert: " + at("none") + ": no such file"},
		{"token_credential = \"mine\"", ""},
		{"token_credential = \"shop\"", "5 doubt token_credential: systemd does not pass shop: no such file"},
		{"username = \"x\"\npassword_credential = \"shop\"", "6 doubt password_credential: systemd does not pass shop: no such file"},
		{"token_env = \"SET\"\nkey_command = [\"no-such-program-here\"]", "6 doubt key_command: no-such-program-here cannot be started"},
		{fmt.Sprintf("token_env = \"SET\"\nca_file = %q", at("ca")), ""},
		{fmt.Sprintf("token_env = \"SET\"\nca_file = %q", at("any")), "6 doubt ca_file: " + at("any") + " can be changed by others (mode 0666)"},
		{fmt.Sprintf("token_env = \"SET\"\nca_file = %q", at("none")), "6 doubt ca_file: " + at("none") + ": no such file"},
	} {
		path := written(t, fmt.Sprintf(system, i, c.says))
		want := []string{c.doubt}
		if c.doubt == "" {
			want = nil
		}
		expectFindings(t, foundIn(t, path, map[string]string{"SET": canary + "value", "CREDENTIALS_DIRECTORY": folder}), want...)
	}
	path := written(t, fmt.Sprintf(system, 0, "token_credential = \"mine\""))
	expectFindings(t, foundIn(t, path, nil), "5 doubt token_credential: systemd passes no credentials here ($CREDENTIALS_DIRECTORY is not set)")
	path = written(t, "key_command = [\"no-such-program-here\"]\n"+shop)
	expectFindings(t, foundIn(t, path, map[string]string{"T": "x"}), "1 doubt key_command: no-such-program-here")
	if _, err := os.Stat(at("trace")); err == nil {
		t.Error("a command was run")
	}
}

func TestWhoElseCanChangeTheConfigurationIsSaid(t *testing.T) {
	t.Parallel()
	path := written(t, shop)
	set := map[string]string{"T": "x"}
	for _, step := range []struct {
		of   string
		mode os.FileMode
		want []string
	}{
		{path, 0o600, nil},
		{path, 0o644, nil},
		{path, 0o620, []string{"0 doubt the file can be changed by others (mode 0620), and whoever changes it decides where tokens are sent"}},
		{path, 0o600, nil},
		{filepath.Dir(path), 0o777, []string{"0 doubt its folder can be changed by others (mode 0777)"}},
		{filepath.Dir(path), 0o777 | os.ModeSticky, nil},
	} {
		if err := os.Chmod(step.of, step.mode); err != nil {
			t.Fatal(err)
		}
		expectFindings(t, foundIn(t, path, set), step.want...)
	}
	set["XDG_CONFIG_HOME"] = "relative"
	expectFindings(t, foundIn(t, path, set), "0 doubt $XDG_CONFIG_HOME is no whole path")
}

func TestACheckOfNoFileSaysHowThereWouldBeOne(t *testing.T) {
	t.Parallel()
	expectFindings(t, foundIn(t, filepath.Join(t.TempDir(), "none.toml"), nil), "0 fault there is no configuration here; authdeck config init writes one")
	expectFindings(t, foundIn(t, t.TempDir(), nil), "0 fault it is a folder")
}
