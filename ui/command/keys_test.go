package command

import (
	"encoding/json"
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/ui/batch/batchtest"
)

const canary = "Canary8f3a"

// shelf is a safe with keys in it.
type shelf struct {
	lying   []model.Lying
	err     error
	dropped []string
}

func (*shelf) Ready() error                    { return nil }
func (s *shelf) Waiting() int                  { return len(s.lying) }
func (s *shelf) Lying() ([]model.Lying, error) { return s.lying, s.err }

func (s *shelf) Take(name string) (model.Issued, error) {
	if !slices.ContainsFunc(s.lying, func(k model.Lying) bool { return k.Name == name && k.Shut == "" }) {
		return model.Issued{}, errors.New("no such key lies here")
	}
	of := sealed(name).Token
	of.System = "shop"
	return model.Issued{Token: of, Key: model.NewSecret(canary + "key"), Kept: model.Kept{Drop: func() error {
		s.dropped = append(s.dropped, name)
		return nil
	}}}, nil
}

func (s *shelf) TakeWith(name string, identity []byte) (model.Issued, error) {
	if string(identity) != "mine" {
		return model.Issued{}, errors.New("it is sealed to somebody else than this identity")
	}
	s.lying[0].Shut = ""
	return s.Take(name)
}

func (s *shelf) Remove(name string) (string, error) {
	if name == "none" {
		return "", errors.New("no such key lies here")
	}
	s.dropped = append(s.dropped, name)
	return "it is overwritten and removed", nil
}

func sealed(name string) model.Lying {
	return model.Lying{
		Name: name, Path: "/state/" + name, Since: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), System: "shop",
		Token: model.Token{ID: "7", Name: model.Clean("ci\x1b"), Owner: model.User{Username: model.Clean("sara")}},
	}
}

func (f *fake) safe(keys ...model.Lying) *shelf {
	s := &shelf{lying: keys}
	f.Safe = func() model.Safe { return s }
	return s
}

func TestKeysListsWhatLiesThere(t *testing.T) {
	other := sealed("b.age")
	other.Shut, other.Way = "it is sealed to somebody else", "age -d -i IDENTITY /state/b.age"
	for _, line := range []string{"keys", "keys list"} {
		f := newFake(strings.Fields(line)...)
		f.safe(sealed("a.age"), other, model.Lying{Name: "c.key", How: model.Filed})
		f.expect(t, 0)
		for _, want := range []string{"a.age  2026-03-01T09:00:00Z", "not handed over: token ci␛ of sara in shop", "it is sealed to somebody else; where it is: age -d -i IDENTITY /state/b.age", "c.key", "a key file"} {
			if !strings.Contains(f.stdout.String(), want) {
				t.Errorf("%s: there is no %q in\n%s", line, want, f.stdout.String())
			}
		}
	}
	f := newFake("keys", "--json")
	f.safe(sealed("a.age"))
	f.expect(t, 0)
	batchtest.Holds(t, f.stdout.Bytes())
	var said struct{ Keys []map[string]string }
	if err := json.Unmarshal(f.stdout.Bytes(), &said); err != nil || said.Keys[0]["name"] != "a.age" || said.Keys[0]["kind"] != "undelivered" || said.Keys[0]["token_id"] != "7" {
		t.Errorf("%v: %s", err, f.stdout.String())
	}
	f = newFake("keys")
	f.safe().err = errors.New("the folder is not yours")
	f.expect(t, 1)
}

func TestAKeyThatIsTakenGoesOnceItIsWritten(t *testing.T) {
	for line, want := range map[string]string{"keys take": "/keys/shop-7-….key\r\n", "keys take a.age": "/keys/shop-7-….key\r\n"} {
		f := newFake(strings.Fields(line)...)
		s := f.safe(sealed("a.age"), model.Lying{Name: "c.key", How: model.Filed})
		f.Keep = func(_, name string, key model.Secret) (string, error) {
			if len(s.dropped) > 0 || key.Reveal() != canary+"key" {
				t.Errorf("%s: written is %d letters, after it was let go of: %q", line, key.Len(), s.dropped)
			}
			return "/keys/" + name, nil
		}
		f.expect(t, 0)
		said := regexp.MustCompile(`-[0-9]{8}T[0-9]{6}Z\.`).ReplaceAllString(f.stdout.String(), "-….")
		if !strings.Contains(f.stderr.String(), "this is the key of token ci␛ of sara in shop") {
			t.Errorf("%s: it says %q", line, f.stderr.String())
		}
		if said != want || !slices.Equal(s.dropped, []string{"a.age"}) {
			t.Errorf("%s: wrote %q, let go of %q", line, said, s.dropped)
		}
	}
}

// TestAKeyIsNotPrintedWhereItIsSeenOrLost is about a terminal, and about /dev/null, which also stands
// in the place of a standard output that was closed.
func TestAKeyIsNotPrintedWhereItIsSeenOrLost(t *testing.T) {
	f := newFake("keys", "take", "--print")
	s := f.safe(sealed("a.age"))
	f.expect(t, 2)
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	f.Stdout = null
	if code := Run(t.Context(), f.World); code != 2 {
		t.Errorf("exit code %d", code)
	}
	said := f.stderr.String()
	if len(s.dropped) > 0 || strings.Contains(f.stdout.String()+said, canary) || !strings.Contains(said, "is a terminal") || !strings.Contains(said, "a key would be gone there") {
		t.Errorf("let go of %q; said %s", s.dropped, said)
	}
}

func TestAKeyThatIsNotWrittenStaysSealed(t *testing.T) {
	f := newFake("keys", "take")
	s := f.safe(sealed("a.age"))
	f.Keep = func(string, string, model.Secret) (string, error) { return "", errNot }
	f.expect(t, 1)
	if len(s.dropped) > 0 || strings.Contains(f.stdout.String()+f.stderr.String(), canary) {
		t.Errorf("let go of %q; said %s", s.dropped, f.stderr.String())
	}
}

func TestOfSeveralKeysOneHasToBeNamed(t *testing.T) {
	for line, c := range map[string]struct {
		code int
		want string
	}{
		"keys take":        {2, "2 keys were not handed over; which one? authdeck keys lists them"},
		"keys take none":   {1, "no such key lies here"},
		"keys remove":      {2, "takes at least 1 argument"},
		"keys remove none": {1, "no such key lies here"},
	} {
		f := newFake(strings.Fields(line)...)
		s := f.safe(sealed("a.age"), sealed("b.age"))
		f.expect(t, c.code)
		if !strings.Contains(f.stderr.String(), c.want) || len(s.dropped) > 0 {
			t.Errorf("%s: let go of %q; said %q", line, s.dropped, f.stderr.String())
		}
	}
	f := newFake("keys", "take")
	f.safe()
	f.expect(t, 1)
}

func TestKeysAreRemovedByTheirNames(t *testing.T) {
	f := newFake("keys", "remove", "a.age", "c.key")
	s := f.safe(sealed("a.age"))
	f.expect(t, 0)
	if !slices.Equal(s.dropped, []string{"a.age", "c.key"}) || !strings.Contains(f.stderr.String(), "c.key: it is overwritten and removed") {
		t.Errorf("removed %q; said %q", s.dropped, f.stderr.String())
	}
}

func TestTheStartSaysHowManyKeysWereNotHandedOver(t *testing.T) {
	for want, s := range map[string]model.Safe{
		"rest": &shelf{}, "1 key was not handed over: :keys shows it. rest": &shelf{lying: make([]model.Lying, 1)},
		"3 keys were not handed over: :keys shows them. rest": &shelf{lying: make([]model.Lying, 3)},
	} {
		if got := welcome(s, "rest"); got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
	if got := welcome(nil, ""); got != "" {
		t.Errorf("without a safe: %q", got)
	}
}
