package client_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/planfile"
	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/model/rotation"
)

// doctored is what the doctor says of what lies on this machine, as “verdict: found”.
func doctored(t *testing.T, c config.Config, state string) map[string]string {
	t.Helper()
	getenv := func(name string) string {
		return map[string]string{"XDG_STATE_HOME": state, "HOME": state}[name]
	}
	said := map[string]string{}
	for _, check := range client.DiagnoseAll(t.Context(), c.Profiles, c, getenv, env(&logBook{})) {
		said[check.Subject+" "+check.What] = fmt.Sprintf("%s: %s", check.Verdict, check.Found)
		if (check.Advice == "") != (check.Verdict == model.OK) && check.What == "key_command" {
			t.Errorf("%+v", check)
		}
	}
	return said
}

// rotated has a rotation under way, up to its last step.
func rotated(t *testing.T, state, id string, steps ...rotation.Step) {
	t.Helper()
	book := client.RotationsOf(func(name string) string { return map[string]string{"XDG_STATE_HOME": state}[name] })
	h, err := book.Begin(rotation.Pair{ID: id, System: "idp", Host: "idp.example.com", Old: model.Token{ID: id}}, rotation.Step{At: time.Now(), What: rotation.MakesIt})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range steps {
		if err := h.Write(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestTheDoctorSaysWhatWasLeft(t *testing.T) {
	state := t.TempDir()
	said := doctored(t, config.Config{}, state)
	for what, want := range map[string]string{"rotations under way": "ok: no rotation is under way", "plans left in the middle": "ok: no plan was left in the middle"} {
		if said[what] != want {
			t.Errorf("of a machine on which nothing was left: %s: %q", what, said[what])
		}
	}
	made := rotation.Step{At: time.Now(), What: rotation.IsMade, New: model.Token{ID: "new"}}
	rotated(t, state, "a", made, rotation.Step{At: time.Now(), What: rotation.IsHandedOver, How: rotation.Seen})
	if said := doctored(t, config.Config{}, state)["rotations under way"]; said != "ok: 1 rotation is under way" {
		t.Errorf("of one as it should be: %q", said)
	}
	rotated(t, state, "b", made)
	rotated(t, state, "c")
	folder := filepath.Join(state, "authdeck", "plans")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	p := &plan.Plan{ID: "p1", Made: time.Now(), Action: model.Delete, Lines: []plan.Line{{System: "shop", Kind: "hamgam", Host: "h", Token: model.Token{ID: "1"}}, {System: "shop", Kind: "hamgam", Host: "h", Token: model.Token{ID: "2"}}}}
	path := filepath.Join(folder, "p1.json")
	if err := planfile.Write(path, p, false); err != nil {
		t.Fatal(err)
	}
	j, err := planfile.Open(p, path)
	if err == nil {
		err = j.Write(plan.Record{Line: 0, Step: plan.Begins})
	}
	if err != nil {
		t.Fatal(err)
	}
	_ = j.Close()
	said = doctored(t, config.Config{}, state)
	for what, want := range map[string]string{
		"rotations under way":      "warning: 3 rotations are under way; not known what became of it: 1; key not handed over: 1",
		"plans left in the middle": "warning: left in the middle: " + path,
		"keys undelivered":         "ok: no key waits to be handed over",
	} {
		if said[what] != want {
			t.Errorf("%s: %q", what, said[what])
		}
	}
}

func TestTheDoctorSaysWhetherTheProgramThatTakesKeysCanBeFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.toml")
	written := ""
	for name, command := range map[string]string{"shop": `key_command = ["sh", "-c", "cat >/dev/null"]`, "idp": `key_command = ["no-such-program-here", "{name}"]`, "tower": ""} {
		written += "[[system]]\nname = \"" + name + "\"\nkind = \"hamgam\"\nurl = \"http://127.0.0.1:1\"\ntoken_env = \"T\"\n" + command + "\n"
	}
	if err := os.WriteFile(path, []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := config.Load(path, func(string) string { return "" }, client.Kinds())
	if err != nil {
		t.Fatal(err)
	}
	said := doctored(t, c, t.TempDir())
	if found := said["shop key_command"]; !strings.HasPrefix(found, `ok: keys go to sh -c "cat >/dev/null", which is /`) {
		t.Errorf("%q", found)
	}
	if found := said["idp key_command"]; !strings.HasPrefix(found, "failed: no-such-program-here cannot be started: executable file not found") {
		t.Errorf("%q", found)
	}
	if found, is := said["tower key_command"]; is {
		t.Errorf("of a system without one: %q", found)
	}
}
