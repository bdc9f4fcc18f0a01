package signature

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/hiddeco/sshsig"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"

	"authdeck/client/file"
	"authdeck/model"
)

// patience is how long an agent may take to say which keys it has. To sign it may take as
// long as a person takes to touch something.
const patience = 5 * time.Second

// keyLimit is in bytes, of a file with one public key.
const keyLimit = 64 << 10

// Key is a key in an agent.
type Key struct {
	public    ssh.PublicKey
	comment   string
	socket    string // of the agent
	certified bool   // the agent has a certificate of it here, by which nobody is allowed to sign
}

// String is how people know it.
func (k Key) String() string {
	said := fmt.Sprintf("%s %s", k.public.Type(), ssh.FingerprintSHA256(k.public))
	if k.comment != "" {
		said += " " + model.Clean(k.comment).String()
	}
	return said
}

// Choose finds the key of an agent with which to sign, by its comment, its fingerprint or a
// file with its public half; without any of these it is the only one. No private key is ever
// read: a file has to end in .pub.
func Choose(socket, wanted string) (Key, error) {
	keys, err := inAgent(socket)
	if err != nil {
		return Key{}, err
	}
	keys = slices.DeleteFunc(keys, func(k Key) bool { return k.certified })
	fits := keys
	if wanted != "" {
		if fits, err = fitting(keys, wanted); err != nil {
			return Key{}, err
		}
	}
	switch {
	case len(keys) == 0:
		return Key{}, errors.New("the SSH agent has no key; ssh-add gives it one")
	case len(fits) == 1:
		return fits[0], nil
	case len(fits) == 0:
		return Key{}, fmt.Errorf("the SSH agent has no such key; it has:%s", listed(keys))
	}
	return Key{}, fmt.Errorf("the SSH agent has several such keys; --key names one by its fingerprint, its comment or a file that ends in .pub:%s", listed(fits))
}

func fitting(keys []Key, wanted string) (fits []Key, err error) {
	var public ssh.PublicKey
	if strings.HasSuffix(wanted, ".pub") {
		content, err := file.Read(wanted, keyLimit)
		if err != nil {
			return nil, fmt.Errorf("--key %s: %w", model.Clean(wanted), err)
		}
		if public, _, _, _, err = ssh.ParseAuthorizedKey(content); err != nil {
			return nil, fmt.Errorf("--key %s: there is no public key in it", model.Clean(wanted))
		}
	}
	for _, k := range keys {
		if public != nil && same(public, k.public) || k.comment == wanted || ssh.FingerprintSHA256(k.public) == wanted {
			fits = append(fits, k)
		}
	}
	return fits, nil
}

func listed(keys []Key) string {
	var said strings.Builder
	for _, k := range keys {
		said.WriteString("\n  " + k.String())
	}
	return said.String()
}

func same(a, b ssh.PublicKey) bool { return bytes.Equal(a.Marshal(), b.Marshal()) }

// ask connects to an agent.
func ask(socket string) (net.Conn, error) {
	if socket == "" {
		return nil, errors.New("there is no SSH agent: SSH_AUTH_SOCK is not set")
	}
	conn, err := (&net.Dialer{Timeout: patience}).DialContext(context.Background(), "unix", socket)
	if err != nil {
		return nil, errors.New("the SSH agent of SSH_AUTH_SOCK does not answer")
	}
	return conn, nil
}

// inAgent are the keys of an agent.
func inAgent(socket string) ([]Key, error) {
	conn, err := ask(socket)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(patience))
	held, err := agent.NewClient(conn).List()
	if err != nil {
		return nil, errors.New("the SSH agent of SSH_AUTH_SOCK does not say which keys it has")
	}
	var keys []Key
	for _, k := range held {
		public, err := ssh.ParsePublicKey(k.Blob)
		if err != nil {
			continue // of a kind that nobody here can sign with
		}
		one := Key{public: public, comment: k.Comment, socket: socket}
		if c, is := public.(*ssh.Certificate); is {
			one.public, one.certified = c.Key, true
		}
		keys = append(keys, one)
	}
	return keys, nil
}

// Sign signs with the key, in the armour of ssh-keygen(1). It takes as long as the agent does,
// which may ask a person.
func (k Key) Sign(content []byte) (armored []byte, err error) {
	conn, err := ask(k.socket)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	signers, err := agent.NewClient(conn).Signers()
	if err != nil {
		return nil, errors.New("the SSH agent of SSH_AUTH_SOCK does not say which keys it has")
	}
	at := slices.IndexFunc(signers, func(s ssh.Signer) bool { return same(s.PublicKey(), k.public) })
	if at < 0 {
		return nil, errors.New("the SSH agent does not have the key any more")
	}
	made, err := sshsig.Sign(bytes.NewReader(content), signers[at], sshsig.HashSHA512, Namespace)
	if err == nil { // an agent may sign in an older form than it is asked for
		armored = sshsig.Armor(made)
		made, err = sshsig.Unarmor(armored)
	}
	if err == nil {
		err = sshsig.Verify(bytes.NewReader(content), made, k.public, made.HashAlgorithm, Namespace)
	}
	if err != nil {
		return nil, errors.New("the SSH agent did not sign it as it has to be: " + model.Clean(err.Error()).String())
	}
	return armored, nil
}
