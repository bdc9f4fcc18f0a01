package custody_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"authdeck/client/custody"
	"authdeck/client/redact/redacttest"
	"authdeck/client/seal"
	"authdeck/model"
)

const canary = "Canary8f3a"

// giver is a system that answers every order with a key, or as it is told.
type giver struct {
	model.API
	key string
	err error
}

func (giver) Info() model.Info { return model.Info{Name: "shop"} }

func (g giver) Do(context.Context, model.Order) (model.Issued, error) {
	t := model.Token{ID: "31", Name: model.Clean("../ci\x1b]\u202e"), Owner: model.User{ID: "7", Username: model.Clean("سارا")}}
	return model.Issued{Token: t, Key: model.NewSecret(g.key)}, g.err
}

func (giver) Prepare(context.Context, model.Action, model.Token) (model.Form, error) {
	return model.Form{Warnings: []string{"The old key ends."}}, nil
}

// place is one of which nothing is there yet.
func place(t *testing.T) custody.Place {
	t.Helper()
	state := filepath.Join(t.TempDir(), "state", "authdeck")
	return custody.Place{Sealed: filepath.Join(state, "undelivered"), Identity: filepath.Join(state, "identity.txt"), Files: filepath.Join(state, "keys")}
}

// order has the system give a key.
func order(t *testing.T, at custody.Place, g giver) model.Issued {
	t.Helper()
	issued, err := custody.In(at).Over(g).Do(t.Context(), model.Order{Action: model.Regenerate})
	if !errors.Is(err, g.err) {
		t.Fatal(err)
	}
	return issued
}

// left is a key whose session has ended without handing it over.
func left(t *testing.T, at custody.Place, key string) {
	t.Helper()
	if err := abandon(t, at, key); err != nil {
		t.Fatal(err)
	}
}

// abandon lets go of the key as a process does that is killed: the sealed file is copied
// into the place of one that nobody holds.
func abandon(t *testing.T, at custody.Place, key string) error {
	t.Helper()
	issued := order(t, at, giver{key: key})
	if !issued.Kept.Sealed() {
		return issued.Kept.Err
	}
	for _, name := range sealedIn(t, at) {
		path := filepath.Join(at.Sealed, name)
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.Remove(path); err != nil {
			return err
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func sealedIn(t *testing.T, at custody.Place) []string {
	t.Helper()
	entries, err := os.ReadDir(at.Sealed)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestAKeyIsSealedBeforeItsAnswerIsHeard(t *testing.T) {
	t.Parallel()
	for name, g := range map[string]giver{
		"a good end": {key: canary + "key"}, "half done": {key: canary + "key", err: model.Fail(model.Partial, "the old one is still there")},
	} {
		at := place(t)
		issued := order(t, at, g)
		names := sealedIn(t, at)
		if !issued.Kept.Sealed() || issued.Kept.Err != nil || len(names) != 1 {
			t.Fatalf("%s: sealed %v, %v; there is %v", name, issued.Kept.Sealed(), issued.Kept.Err, names)
		}
		if base := strings.TrimSuffix(names[0], ".age"); strings.Trim(base, "0123456789TZ-abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%s: the name %q holds something else than the time", name, names[0])
		}
		for _, file := range []string{filepath.Join(at.Sealed, names[0]), at.Identity} {
			info, err := os.Stat(file)
			if err != nil || info.Mode() != 0o600 {
				t.Errorf("%s has the mode %v, %v", filepath.Base(file), info.Mode(), err)
			}
			if content, _ := os.ReadFile(file); strings.Contains(string(content), canary) {
				t.Errorf("%s holds the key", filepath.Base(file))
			}
		}
		if err := issued.Kept.Drop(); err != nil || len(sealedIn(t, at)) > 0 {
			t.Errorf("%s: dropped with %v; there is %v", name, err, sealedIn(t, at))
		}
	}
}

func TestWhatASystemShowsAgainIsNotKeptNorIsNothing(t *testing.T) {
	t.Parallel()
	at := place(t)
	safe := custody.In(at)
	shown, err := safe.Over(giver{key: canary}).Do(t.Context(), model.Order{Action: model.Reveal})
	if err != nil || shown.Kept.Sealed() || shown.Kept.Err != nil {
		t.Errorf("shown again and sealed: %v, %v, %v", shown.Kept.Sealed(), shown.Kept.Err, err)
	}
	if issued := order(t, at, giver{}); issued.Kept.Sealed() || len(sealedIn(t, at)) > 0 {
		t.Error("an answer without a key was kept")
	}
}

func TestAKeyThatIsInHandIsOfferedToNobodyElse(t *testing.T) {
	t.Parallel()
	at := place(t)
	issued := order(t, at, giver{key: canary + "key"})
	other := custody.In(at)
	keys, err := other.Lying()
	if n := other.Waiting(); n != 0 || len(keys) != 0 || err != nil {
		t.Errorf("while it is in hand, %d wait and %d are listed, %v", n, len(keys), err)
	}
	name := sealedIn(t, at)[0]
	if taken, err := other.Take(name); err == nil || !strings.Contains(err.Error(), "another session has it in hand") {
		t.Errorf("taken out of its hand: %d letters, %v", taken.Key.Len(), err)
	}
	if said, err := other.Remove(name); err == nil {
		t.Errorf("removed in its hand: %s", said)
	}
	if err := issued.Kept.Drop(); err != nil {
		t.Fatal(err)
	}
}

func TestAKeyThatWasLeftIsOfferedWithWhatItIsOfAndGoesOnceItIsTaken(t *testing.T) {
	t.Parallel()
	at := place(t)
	safe := custody.In(at)
	for _, key := range []string{canary + "key", canary + "\nof two lines \x00\xff\n"} {
		left(t, at, key)
		keys, err := safe.Lying()
		if err != nil || len(keys) != 1 || safe.Waiting() != 1 {
			t.Fatalf("%d are listed, %d wait, %v", len(keys), safe.Waiting(), err)
		}
		k := keys[0]
		if k.How != model.Undelivered || k.System != "shop" || k.Shut != "" || k.Token.ID != "31" || k.Token.Owner.ID != "7" || k.Token.Owner.Username.String() != "سارا" || k.Token.Name != model.Clean("../ci\x1b]\u202e") {
			t.Errorf("it is listed as %+v", k)
		}
		taken, err := safe.Take(k.Name)
		if err != nil || taken.Key.Reveal() != key || taken.Token.System != "shop" {
			t.Errorf("taken as %q, %v", taken.Key.Reveal(), err)
		}
		if again, err := safe.Take(k.Name); err == nil {
			t.Errorf("given twice: %d letters", again.Key.Len())
		}
		if err := taken.Kept.Drop(); err != nil || safe.Waiting() != 0 || len(sealedIn(t, at)) != 0 {
			t.Errorf("dropped with %v, and %d wait", err, safe.Waiting())
		}
	}
}

func TestAKeyForOthersSaysHowItIsOpened(t *testing.T) {
	t.Parallel()
	at := place(t)
	theirs, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	if at.To, err = seal.To([]string{theirs.Recipient().String()}); err != nil {
		t.Fatal(err)
	}
	left(t, at, canary+"key")
	if _, err := os.Stat(at.Identity); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an identity was made that nobody asked for: %v", err)
	}
	safe := custody.In(at)
	keys, err := safe.Lying()
	if err != nil || len(keys) != 1 || keys[0].Way != "age -d -i IDENTITY "+keys[0].Path {
		t.Fatalf("listed as %+v, %v", keys, err)
	}
	if _, err := safe.Take(keys[0].Name); err == nil || !strings.Contains(err.Error(), keys[0].Way) {
		t.Errorf("taken: %v", err)
	}
	sealed, err := os.Open(keys[0].Path)
	if err != nil {
		t.Fatal(err)
	}
	defer sealed.Close()
	from, err := age.Decrypt(sealed, theirs)
	if err != nil {
		t.Fatal(err)
	}
	content := new(strings.Builder)
	if _, err := copyAll(content, from); err != nil || !strings.HasSuffix(content.String(), "\n"+canary+"key\n") {
		t.Errorf("age shows %q, %v", content, err)
	}
}

func TestWhereNothingCanBeSealedTheOrderIsSentAndTheQuestionSaysSo(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]struct {
		do   func(custody.Place) error
		want string
	}{
		"a file in its place": {func(at custody.Place) error { return os.WriteFile(at.Sealed, nil, 0o600) }, "undelivered: not a directory"},
		"open to others": {func(at custody.Place) error {
			return errors.Join(os.Mkdir(at.Sealed, 0o700), os.Chmod(at.Sealed, 0o755))
		}, "has to be yours alone"},
		"a link": {func(at custody.Place) error { return os.Symlink("/tmp", at.Sealed) }, "is a symbolic link"},
		"an open identity": {func(at custody.Place) error {
			return errors.Join(os.WriteFile(at.Identity, []byte(canary), 0o644), os.Chmod(at.Identity, 0o644))
		}, "others can read it"},
		"a broken identity": {func(at custody.Place) error { return os.WriteFile(at.Identity, []byte(canary), 0o600) }, "it holds no age identity"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := place(t)
			if err := errors.Join(os.MkdirAll(filepath.Dir(at.Sealed), 0o700), spoil.do(at)); err != nil {
				t.Fatal(err)
			}
			system := custody.In(at).Over(giver{key: canary + "key"})
			form, err := system.Prepare(t.Context(), model.Regenerate, model.Token{})
			if err != nil || len(form.Warnings) != 1 || len(form.Now) != 1 || !strings.Contains(form.Now[0], "will not be kept if the line drops: ") || !strings.Contains(form.Now[0], spoil.want) || strings.Contains(form.Now[0], "open ") {
				t.Errorf("the question says %q and %q, %v", form.Warnings, form.Now, err)
			}
			issued := order(t, at, giver{key: canary + "key"})
			if issued.Key.Reveal() != canary+"key" || issued.Kept.Sealed() || issued.Kept.Err == nil {
				t.Errorf("the key came: %v; sealed: %v, %v", !issued.Key.Empty(), issued.Kept.Sealed(), issued.Kept.Err)
			}
			redacttest.TellsNoKey(t, issued.Kept.Err)
			if checks := custody.In(at).Checks(); checks[0].Verdict != model.Warning || strings.Contains(name, "identity") == (checks[1].Verdict == model.Warning && strings.Contains(checks[1].Found.String(), "cannot be told")) {
				t.Errorf("doctor says %v", checks)
			}
		})
	}
}

func TestAQuestionThatBringsNoKeySaysNothingOfIt(t *testing.T) {
	t.Parallel()
	at := place(t)
	if err := os.MkdirAll(filepath.Dir(at.Sealed), 0o700); err != nil || os.WriteFile(at.Sealed, nil, 0o600) != nil {
		t.Fatal(err)
	}
	system := custody.In(at).Over(giver{})
	for _, a := range []model.Action{model.Delete, model.Edit, model.Revoke, model.Reveal} {
		if form, err := system.Prepare(t.Context(), a, model.Token{}); err != nil || len(form.Warnings) != 1 {
			t.Errorf("%s: %q, %v", a, form.Warnings, err)
		}
	}
}

// silent is a system whose answer does not name the token.
type silent struct{ giver }

func (s silent) Do(context.Context, model.Order) (model.Issued, error) {
	return model.Issued{Key: model.NewSecret(s.key)}, nil
}

func TestASealedKeyIsOfTheTokenThatTheOrderWasAboutWhereTheAnswerNamesNone(t *testing.T) {
	at := place(t)
	about := model.Token{ID: "31", Name: model.Clean("ci"), Owner: model.User{ID: "7", Username: model.Clean("sara")}}
	issued, err := custody.In(at).Over(silent{giver{key: canary}}).Do(t.Context(), model.Order{Action: model.Regenerate, Token: about})
	if err != nil {
		t.Fatal(err)
	}
	issued.Kept.LetGo()
	all, err := custody.In(at).Lying()
	if err != nil || len(all) != 1 || all[0].Token.ID != "31" || all[0].Token.Name.String() != "ci" || all[0].Token.Owner.Username.String() != "sara" {
		t.Errorf("there lie %+v, %v", all, err)
	}
}
