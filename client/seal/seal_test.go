package seal_test

import (
	"errors"
	"strings"
	"testing"

	"filippo.io/age"

	"authdeck/client/seal"
)

const ssh = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJhPCfj9mP6mfXlPJP6UvZKXPjNLrKNQwD0jTDHiBJbE somebody"

func recipient(t *testing.T) (own *age.X25519Identity) {
	t.Helper()
	own, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return own
}

func TestWhatIsSealedIsOpenedByItsIdentityAndByNobodyElse(t *testing.T) {
	t.Parallel()
	mine, err := seal.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := mine.Recipient().Seal([]byte("the key"))
	if err != nil || strings.Contains(string(sealed), "the key") {
		t.Fatalf("sealed as %q, %v", sealed, err)
	}
	again, err := seal.ReadIdentity(mine.File())
	if err != nil {
		t.Fatal(err)
	}
	if content, err := again.Open(sealed); err != nil || string(content) != "the key" {
		t.Errorf("opened as %q, %v", content, err)
	}
	other, _ := seal.NewIdentity()
	for name, i := range map[string]seal.Identity{"another identity": other, "none": {}} {
		if content, err := i.Open(sealed); !errors.Is(err, seal.ErrOther) {
			t.Errorf("%s opens it as %q, %v", name, content, err)
		}
	}
	for cut := range sealed {
		if _, err := again.Open(sealed[:cut]); err == nil {
			t.Errorf("%d of its %d bytes were opened", cut, len(sealed))
		}
	}
}

// TestAnIdentityIsAFileOfAge holds the format: a key that no authdeck can open is opened
// with age(1) all the same.
func TestAnIdentityIsAFileOfAge(t *testing.T) {
	t.Parallel()
	mine, _ := seal.NewIdentity()
	sealed, _ := mine.Recipient().Seal([]byte("the key"))
	read, err := age.ParseIdentities(strings.NewReader(string(mine.File())))
	if err != nil || len(read) != 1 {
		t.Fatalf("age reads %d identities, %v", len(read), err)
	}
	if _, err := age.Decrypt(strings.NewReader(string(sealed)), read...); err != nil {
		t.Error(err)
	}
}

func TestEveryRecipientThatIsNamedCanOpenIt(t *testing.T) {
	t.Parallel()
	first, second := recipient(t), recipient(t)
	to, err := seal.To([]string{first.Recipient().String(), " " + second.Recipient().String() + "\n", ssh})
	if err != nil || len(to) != 3 {
		t.Fatalf("%d recipients, %v", len(to), err)
	}
	sealed, err := to.Seal([]byte("the key"))
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range []*age.X25519Identity{first, second} {
		if _, err := age.Decrypt(strings.NewReader(string(sealed)), one); err != nil {
			t.Error(err)
		}
	}
}

func TestWhatIsNoRecipientIsSaidAndNotQuoted(t *testing.T) {
	t.Parallel()
	secret := recipient(t).String()
	quantum, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		secret: "is a secret key", strings.ToLower(secret): "is a secret key", "-----BEGIN OPENSSH PRIVATE KEY-----": "is a secret key",
		"age1canary": "is no recipient", "": "is no recipient", "canary": "is no recipient", "ssh-ed25519 canary": "is no recipient",
		"age1canary\nage1canary": "is no recipient", quantum.Recipient().String(): "mixes no recipients",
	} {
		_, err := seal.To([]string{recipient(t).Recipient().String(), name})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "canary") || len(name) > 20 && strings.Contains(err.Error(), name) {
			t.Errorf("%.12q…: %v; want %q", name, err, want)
		}
	}
}

func TestAnIdentityThatIsNoneIsNotQuoted(t *testing.T) {
	t.Parallel()
	for _, content := range []string{"", "# only words\n", "AGE-SECRET-KEY-1CANARY", "canary"} {
		if _, err := seal.ReadIdentity([]byte(content)); err == nil || strings.Contains(strings.ToLower(err.Error()), "canary") {
			t.Errorf("%q: %v", content, err)
		}
	}
}
