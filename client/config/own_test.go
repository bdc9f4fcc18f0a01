package config_test

import (
	"path/filepath"
	"strings"
	"testing"

	"authdeck/client/config"
)

func TestACertificateAndItsKeyStandTogetherAndBesideTheConfiguration(t *testing.T) {
	t.Parallel()
	path := written(t, start+"url = \"https://shop.example.com\"\ntoken_env = \"A\"\nclient_cert = \"own.pem\"\nclient_key = \"~/own.key\"\n")
	found, err := config.Load(path, vars(map[string]string{"HOME": "/home/sara"}), config.SomeKinds())
	if err != nil {
		t.Fatal(err)
	}
	if p := found.Profiles[0]; p.ClientCert != filepath.Join(filepath.Dir(path), "own.pem") || p.ClientKey != "/home/sara/own.key" {
		t.Errorf("%s and %s", p.ClientCert, p.ClientKey)
	}
	for lines, says := range map[string]string{
		"url = \"https://a\"\nclient_cert = \"a\"":                            ":6: client_cert: a certificate needs its key; give client_key the file",
		"url = \"https://a\"\nclient_key = \"a\"":                             ":6: client_key: a key needs its certificate; give client_cert the file",
		"url = \"http://127.0.0.1\"\nclient_cert = \"a\"\nclient_key = \"b\"": ":6: client_cert: http has no TLS",
	} {
		_, err := config.Load(written(t, start+"token_env = \"A\"\n"+lines+"\n"), vars(nil), config.SomeKinds())
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", lines, err)
		}
	}
}
