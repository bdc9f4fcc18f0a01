package custody_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/rsa"
	"encoding/pem"
	"strings"
	"testing"

	"filippo.io/age"
	"golang.org/x/crypto/ssh"

	"authdeck/client/custody"
	"authdeck/client/redact/redacttest"
	"authdeck/client/seal"
)

// sshKey is a private key as ssh-keygen writes it, and its public half.
func sshKey(t *testing.T, secret any, passphrase string) (private []byte, public string) {
	t.Helper()
	signer, err := ssh.NewSignerFromKey(secret)
	if err != nil {
		t.Fatal(err)
	}
	var block *pem.Block
	if passphrase == "" {
		block, err = ssh.MarshalPrivateKey(secret, "ops")
	} else {
		block, err = ssh.MarshalPrivateKeyWithPassphrase(secret, "ops", []byte(passphrase))
	}
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(block), strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer.PublicKey())))
}

// sealedTo is a key that waits, sealed to somebody.
func sealedTo(t *testing.T, names ...string) (safe *custody.Safe, name string) {
	t.Helper()
	at := place(t)
	var err error
	if at.To, err = seal.To(names); err != nil {
		t.Fatal(err)
	}
	left(t, at, canary+"key")
	return custody.In(at), sealedIn(t, at)[0]
}

func TestAKeyForOthersIsTakenWithAnIdentityOfOnesOwn(t *testing.T) {
	t.Parallel()
	mine, _ := age.GenerateX25519Identity()
	other, _ := age.GenerateX25519Identity()
	_, edSecret, _ := ed25519.GenerateKey(rand.Reader)
	rsaSecret, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ed, edPublic := sshKey(t, edSecret, "")
	old, rsaPublic := sshKey(t, rsaSecret, "")
	for name, identity := range map[string]string{
		"of age-keygen":         "# created: 2026\n# public key: " + mine.Recipient().String() + "\n" + mine.String() + "\n",
		"the second of two":     other.String() + "\n" + mine.String() + "\n",
		"an SSH key":            string(ed),
		"an old one":            string(old),
		"with line ends of DOS": strings.ReplaceAll(mine.String()+"\n", "\n", "\r\n"),
	} {
		safe, sealed := sealedTo(t, mine.Recipient().String(), edPublic, rsaPublic)
		taken, err := safe.TakeWith(sealed, []byte(identity))
		if err != nil || taken.Key.Reveal() != canary+"key" || taken.Token.System != "shop" {
			t.Errorf("%s: %d letters of %q, %v", name, taken.Key.Len(), taken.Token.System, err)
			continue
		}
		if err := taken.Kept.Drop(); err != nil || safe.Waiting() != 0 {
			t.Errorf("%s: dropped with %v", name, err)
		}
	}
}

func TestAnIdentityThatOpensNothingIsSaidAndTheKeyStays(t *testing.T) {
	t.Parallel()
	mine, _ := age.GenerateX25519Identity()
	other, _ := age.GenerateX25519Identity()
	_, secret, _ := ed25519.GenerateKey(rand.Reader)
	locked, public := sshKey(t, secret, "canary-passphrase")
	safe, sealed := sealedTo(t, mine.Recipient().String(), public)
	for identity, want := range map[string]string{
		other.String(): "it is sealed to somebody else than this identity",
		string(locked): "an SSH key with a passphrase, and none is asked for here",
		"age-encryption.org/v1\n-> scrypt canary-":    "sealed with a passphrase itself, and none is asked for here; age -d FILE asks",
		"-----BEGIN AGE ENCRYPTED FILE-----\ncanary-": "sealed with a passphrase itself",
		"-----BEGIN CANARY-----\ncanary-":             "no SSH key that age knows",
		mine.Recipient().String():                     "it is the public half",
		public:                                        "it is the public half",
		"AGE-PLUGIN-YUBIKEY-1canary-":                 "is for a plugin of age",
		"canary-":                                     "holds no age identity",
		"":                                            "holds no age identity",
		mine.String() + "\ncanary-":                   "holds no age identity",
	} {
		taken, err := safe.TakeWith(sealed, []byte(identity))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %d letters, %v; want %q", identity, taken.Key.Len(), err, want)
		}
		redacttest.TellsNoKey(t, err)
	}
	if safe.Waiting() != 1 {
		t.Errorf("%d wait", safe.Waiting())
	}
	if _, err := safe.TakeWith("none.age", []byte(mine.String())); err == nil || !strings.Contains(err.Error(), "no key of the name") {
		t.Error(err)
	}
}

func TestAKeyThatIsLetGoOfIsOfferedAgainAtOnce(t *testing.T) {
	t.Parallel()
	at := place(t)
	issued := order(t, at, giver{key: canary + "key"})
	if n := custody.In(at).Waiting(); n != 0 {
		t.Fatalf("%d wait while it is in hand", n)
	}
	issued.Kept.LetGo()
	safe := custody.In(at)
	if n := safe.Waiting(); n != 1 {
		t.Fatalf("%d wait", n)
	}
	taken, err := safe.Take(sealedIn(t, at)[0])
	if err != nil || taken.Key.Reveal() != canary+"key" {
		t.Fatalf("taken %d letters, %v", taken.Key.Len(), err)
	}
	taken.Kept.LetGo()
	if n := safe.Waiting(); n != 1 {
		t.Errorf("%d wait after it was let go of once more", n)
	}
}
