package client_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"math/big"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
)

// mutual is a system that wants a certificate of whoever asks it, and who signs those.
type mutual struct {
	*httptest.Server
	caFile string
	signer *x509.Certificate
	key    *ecdsa.PrivateKey
	folder string
	serial atomic.Int64 // of the certificate that was shown last
}

func wantingACertificate(t *testing.T, least uint16) *mutual {
	t.Helper()
	m := &mutual{folder: t.TempDir()}
	m.key = must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	now := time.Now()
	m.signer = m.signed(t, &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "signer"}, NotBefore: now.Add(-time.Hour), NotAfter: now.Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}, &m.key.PublicKey)
	trusted := x509.NewCertPool()
	trusted.AddCert(m.signer)
	m.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		m.serial.Store(r.TLS.PeerCertificates[0].SerialNumber.Int64())
		saying(http.StatusOK, meJSON)(w, r)
	}))
	m.Config.ErrorLog = log.New(io.Discard, "", 0)
	m.TLS = &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: trusted, MinVersion: tls.VersionTLS12, MaxVersion: least}
	m.StartTLS()
	t.Cleanup(m.Close)
	m.caFile = filepath.Join(m.folder, "ca.pem")
	put(t, m.caFile, "CERTIFICATE", m.Certificate().Raw)
	return m
}

func (m *mutual) signed(t *testing.T, template *x509.Certificate, of *ecdsa.PublicKey) *x509.Certificate {
	t.Helper()
	by := m.signer
	if by == nil {
		by = template
	}
	return must(x509.ParseCertificate(must(x509.CreateCertificate(rand.Reader, template, by, of, m.key))(t)))(t)
}

func put(t *testing.T, path, kind string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: content}), 0o600); err != nil {
		t.Fatal(err)
	}
}

// gives writes a certificate that holds for a while, from then on, into the profile's files.
func (m *mutual) gives(t *testing.T, p *config.Profile, serial int64, from, to time.Duration) {
	t.Helper()
	key := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	made := m.signed(t, &x509.Certificate{
		SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: "authdeck"}, NotBefore: time.Now().Add(from), NotAfter: time.Now().Add(to),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}, &key.PublicKey)
	p.ClientCert, p.ClientKey = filepath.Join(m.folder, "own.pem"), filepath.Join(m.folder, "own.key")
	put(t, p.ClientCert, "CERTIFICATE", made.Raw)
	put(t, p.ClientKey, "PRIVATE KEY", must(x509.MarshalPKCS8PrivateKey(key))(t))
}

func (m *mutual) profile(t *testing.T) config.Profile {
	t.Helper()
	p := profile(t, m.URL, canary+"key")
	p.CAFile = m.caFile
	return p
}

func TestASystemThatWantsACertificateIsShownOneAndTheRenewedOneAfterThat(t *testing.T) {
	t.Parallel()
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		m := wantingACertificate(t, version)
		p := m.profile(t)
		m.gives(t, &p, 7, -time.Hour, time.Hour)
		api := open(t, p, &logBook{})
		must(api.WhoAmI(t.Context()))(t)
		if n := m.serial.Load(); n != 7 {
			t.Errorf("it was shown number %d", n)
		}
		key := must(os.ReadFile(p.ClientKey))(t)
		m.gives(t, &p, 8, -time.Hour, time.Hour)
		renewed := must(os.ReadFile(p.ClientKey))(t)
		for step, content := range map[string][]byte{"half": key, "whole": renewed} {
			if err := os.WriteFile(p.ClientKey, content, 0o600); err != nil {
				t.Fatal(err)
			}
			m.CloseClientConnections()
			must(api.WhoAmI(t.Context()))(t)
			if n := m.serial.Load(); step == "whole" && n != 8 {
				t.Errorf("after the renewal it was shown number %d", n)
			}
		}
		showsNoKey(t, api)
	}
}

func TestASystemThatRefusesACertificateIsHeardWithItsDates(t *testing.T) {
	t.Parallel()
	day := 24 * time.Hour
	for name, c := range map[string]struct {
		from, to time.Duration
		says     string
	}{
		"expired": {-3 * day, -2 * day, "expired on " + time.Now().Add(-2*day).Format(time.DateOnly)},
		"early":   {2 * day, 3 * day, "is not valid before " + time.Now().Add(2*day).Format(time.DateOnly)},
	} {
		for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
			m := wantingACertificate(t, version)
			p := m.profile(t)
			m.gives(t, &p, 7, c.from, c.to)
			_, err := open(t, p, &logBook{}).WhoAmI(t.Context())
			meets(t, name, err, model.Unavailable, 0)
			if said := fmt.Sprint(err); !strings.Contains(said, "does not take the certificate of authdeck's own") || !strings.Contains(said, c.says) {
				t.Errorf("%s, %x: the error is %v", name, version, err)
			}
			checks := client.Diagnose(t.Context(), p, env(&logBook{}))
			if first := checks[0]; first.Verdict != model.Warning || !strings.Contains(first.Found.String(), c.says) || !strings.Contains(first.Advice, "client_cert") {
				t.Errorf("%s: doctor says %+v", name, first)
			}
		}
	}
}

func TestASystemThatWantsACertificateSaysSoWhereThereIsNoneAndOfAStrangersToo(t *testing.T) {
	t.Parallel()
	m, other := wantingACertificate(t, tls.VersionTLS13), wantingACertificate(t, tls.VersionTLS13)
	p := m.profile(t)
	_, err := open(t, p, &logBook{}).WhoAmI(t.Context())
	if !strings.Contains(fmt.Sprint(err), "give client_cert and client_key") {
		t.Errorf("the error is %v", err)
	}
	other.gives(t, &p, 9, -time.Hour, time.Hour)
	_, err = open(t, p, &logBook{}).WhoAmI(t.Context())
	if said := fmt.Sprint(err); !strings.Contains(said, "does not take the certificate of authdeck's own") || strings.Contains(said, "which") {
		t.Errorf("the error is %v", err)
	}
}

func TestACertificateGoesThroughAProxyToTheSystem(t *testing.T) {
	t.Parallel()
	m := wantingACertificate(t, tls.VersionTLS13)
	way := proxying(t, leading(host(m.URL)))
	p := profile(t, "https://example.com", canary+"key")
	p.CAFile = m.caFile
	m.gives(t, &p, 7, -time.Hour, time.Hour)
	must(must(client.Open(t.Context(), p, behind(way.URL)))(t).WhoAmI(t.Context()))(t)
	for _, c := range client.Diagnose(t.Context(), p, behind(way.URL))[:5] {
		if c.Verdict != model.OK {
			t.Errorf("doctor says %+v", c)
		}
	}
	if way.asked.Load() == 0 || m.serial.Load() != 7 {
		t.Errorf("the proxy was asked %d times, and number %d was shown", way.asked.Load(), m.serial.Load())
	}
}

func TestAFileThatIsNoCertificateOrNoKeyIsRefusedAndNothingOfItIsSaid(t *testing.T) {
	t.Parallel()
	m := wantingACertificate(t, tls.VersionTLS13)
	p := m.profile(t)
	m.gives(t, &p, 7, -time.Hour, time.Hour)
	key, cert := must(os.ReadFile(p.ClientKey))(t), must(os.ReadFile(p.ClientCert))(t)
	stranger := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))(t)
	other := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: must(x509.MarshalPKCS8PrivateKey(stranger))(t)})
	for name, c := range map[string]struct {
		cert, key []byte
		mode      os.FileMode
		says      string
	}{
		"readable":      {cert, key, 0o640, "others can read it (mode 0640)"},
		"encrypted":     {cert, []byte("-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + canary + "\n-----END ENCRYPTED PRIVATE KEY-----\n"), 0o600, "it is encrypted"},
		"encrypted old": {cert, []byte("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\n" + canary + "\n-----END RSA PRIVATE KEY-----\n"), 0o600, "openssl pkey"},
		"no key":        {cert, []byte(canary), 0o600, "there is no PEM private key in it"},
		"swapped":       {key, key, 0o600, "there is no PEM certificate in it"},
		"another's":     {cert, other, 0o600, "it is not the key of the certificate in client_cert"},
		"broken":        {cert, []byte("-----BEGIN PRIVATE KEY-----\nY2FuYXJ5\n-----END PRIVATE KEY-----\n"), 0o600, "cannot be read as a certificate and its key"},
	} {
		for path, content := range map[string][]byte{p.ClientCert: c.cert, p.ClientKey: c.key} {
			if err := os.WriteFile(path, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.Chmod(p.ClientKey, c.mode); err != nil {
			t.Fatal(err)
		}
		api, err := client.Open(t.Context(), p, env(&logBook{}))
		redacttest.FailsAs(t, err, model.Unopened)
		if !strings.Contains(fmt.Sprint(err), c.says) || api.Info().Name != "shop" {
			t.Errorf("%s: the error is %v", name, err)
		}
		if first := client.Diagnose(t.Context(), p, env(&logBook{}))[0]; first.Verdict != model.Failed || !strings.Contains(first.Found.String(), c.says) {
			t.Errorf("%s: doctor says %+v", name, first)
		}
		if err := os.Chmod(p.ClientKey, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
