package wire

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"authdeck/model"
)

// likeKey stands in the place of what looks like a key.
const likeKey = "[like a key]"

// echoes are the spellings in which a server may say again what it was told.
func echoes(secret string) map[string]string {
	quoted := func(s string) string {
		out, _ := json.Marshal(s)
		return strings.Trim(string(out), `"`)
	}
	spaced := func(between string) string { return strings.Join(strings.Split(secret, ""), between) }
	numbers := strings.Trim(fmt.Sprintf("%d", []byte(secret)), "[]")
	all := map[string]string{
		"as it is":             secret,
		"in capitals":          strings.ToUpper(secret),
		"in small letters":     strings.ToLower(secret),
		"in an address":        url.QueryEscape(secret),
		"in an address, twice": url.QueryEscape(url.QueryEscape(secret)),
		"every letter %":       "%" + strings.ToUpper(strings.Join(bytesOf(secret), "%")),
		"in a page":            html.EscapeString(secret),
		"in a page, twice":     html.EscapeString(html.EscapeString(secret)),
		"in JSON":              quoted(secret),
		"in JSON, twice":       quoted(quoted(secret)),
		"with solidus":         strings.ReplaceAll(quoted(secret), "/", `\/`),
		"in a page in JSON":    quoted(html.EscapeString(secret)),
		"in hex":               hex.EncodeToString([]byte(secret)),
		"in HEX":               strings.ToUpper(hex.EncodeToString([]byte(secret))),
		"in hex by bytes":      fmt.Sprintf("% x", secret),
		"as numbers":           numbers,
		"with dashes":          spaced("-"),
		"with blanks":          spaced(" "),
		"with nothing to see":  spaced("\u200b"),
		"with a soft hyphen":   secret[:len(secret)/2] + "\u00ad" + secret[len(secret)/2:],
		"with control letters": spaced("\x00"),
		"with escapes":         `\u00` + strings.Join(bytesOf(secret), `\u00`),
		"after a mark":         "Token" + secret + ".",
	}
	for name, base := range map[string]*base64.Encoding{"std": base64.StdEncoding, "url": base64.URLEncoding, "raw": base64.RawStdEncoding, "rawurl": base64.RawURLEncoding} {
		for before := range 3 {
			all[fmt.Sprint("in base64 ", name, before)] = base.EncodeToString([]byte("abc"[:before] + secret + "xyz"))
		}
		all["in the header, "+name] = "Basic " + base.EncodeToString([]byte("root.admin:"+secret))
	}
	return all
}

// bytesOf are the bytes of a text, each in hex.
func bytesOf(text string) []string { return strings.Fields(fmt.Sprintf("% x", text)) }

// lettersOf is a text without regard to case, and to whatever stands between its
// letters and digits.
func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// told is what is shown of an answer to a write that sent the secret along.
func told(t *testing.T, body any, secret string) string {
	t.Helper()
	out, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	c := connection(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write(out)
	}), nil)
	_, err = Call[Nothing](t.Context(), c, Request{Method: http.MethodPost, Path: "/x", Anonymous: true, Secret: model.NewSecret(secret)})
	if model.KindOf(err) != model.Invalid {
		t.Fatalf("the answer was not read: %v", err)
	}
	return fmt.Sprintf("%s %+v", err, FieldErrorsOf(err))
}

// secrets are tokens and passwords of every shape.
func secrets() []string {
	return []string{
		"canary0TOKEN0aaaa0bbbb0cccc0dddd0eeee0ff", "canary-with-dashes-and-no-digit", `Tr0ub4dor&3+x%/"k'<é>`,
		"correct horse battery staple", "hunter2", "pass", "!$%&/()=?",
	}
}

func TestASecretThatIsEchoedIsShownInNoSpelling(t *testing.T) {
	t.Parallel()
	for _, secret := range secrets() {
		for how, echo := range echoes(secret) {
			shown := told(t, map[string]any{"detail": "this is bad: " + echo + " (sorry)"}, secret)
			if !strings.Contains(shown, "was not shown") && !strings.Contains(shown, "[secret]") && !strings.Contains(shown, likeKey) {
				t.Errorf("%q %s: %s", secret, how, shown)
			}
			if strings.Contains(strings.ToLower(shown), strings.ToLower(echo)) {
				t.Errorf("%q %s: the echo stands in %s", secret, how, shown)
			}
		}
	}
}

func TestASecretIsNotShownInParts(t *testing.T) {
	t.Parallel()
	const secret = "canary0TOKEN0aaaa0bbbb0cccc0dddd"
	for name, body := range map[string]any{
		"two members":        map[string]any{"a": secret[:12], "b": secret[12:]},
		"two of one member":  map[string]any{"a": []string{secret[:7], secret[7:14]}},
		"a name and a text":  map[string]any{secret[:7]: secret[7:14]},
		"many small members": map[string]any{"a": secret[:5], "b": secret[5:10], "c": secret[10:15], "d": secret[15:20]},
		"two names":          map[string]any{secret[:7]: "x", secret[7:14]: "y"},
		"its beginning":      map[string]any{"detail": "begins with " + secret[:10] + "..."},
		"its end":            map[string]any{"detail": "ends with " + secret[20:]},
		"where texts end":    map[string]any{"detail": strings.Repeat("far ", 252) + secret},
	} {
		shown := lettersOf(told(t, body, secret))
		for i := range len(secret) - 8 {
			if part := lettersOf(secret[i : i+8]); strings.Contains(shown, part) {
				t.Errorf("%s: %q is in %s", name, part, shown)
				break
			}
		}
	}
}

func TestWhatAuthdeckItselfSaysIsShownWhateverThePasswordIs(t *testing.T) {
	t.Parallel()
	for body, says := range map[string]string{"{": "its JSON cannot be read", "": "there was nothing in the answer"} {
		address := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, body) })
		_, err := Call[map[string]any](t.Context(), connection(t, address, nil), Request{Method: http.MethodPost, Path: "/x", Anonymous: true, Secret: model.NewSecret("a")})
		if err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", body, err)
		}
	}
}

// TestAWordThatAPasswordHoldsIsNoSecret or nobody could read "password: too short".
func TestAWordThatAPasswordHoldsIsNoSecret(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"canary-password", "my-password-2026"} {
		if shown := told(t, map[string]any{"password": "This field is required."}, secret); !strings.Contains(shown, "password: This field") {
			t.Errorf("%q: %s", secret, shown)
		}
	}
}

// TestAShortPasswordIsNotToldByWhatStandsInItsPlace: whoever sees "[secret] b[secret]d
// [secret]ne" knows the password.
func TestAShortPasswordIsNotToldByWhatStandsInItsPlace(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"a", "is", "bad", "wrong", "hunter", "letme1n"} {
		shown := told(t, map[string]any{"detail": "a letme1n that is a bad and wrong hunter", "other": "is it so?"}, secret)
		if strings.Contains(shown, "[secret]") || !strings.Contains(shown, " letters, was not shown") {
			t.Errorf("%q: %s", secret, shown)
		}
	}
}

func TestWhatHoldsNoSecretIsShownWhole(t *testing.T) {
	t.Parallel()
	for _, said := range []string{
		"Token with this identifier already exists.", "Not a valid string: user_id 42 is not in range 1 to 99", "100% sure &c. \\o/",
		"Kennung \u201eabc\u201c ist schon vergeben", "نام کاربری پیدا نشد", "see /api/v2/tokens/#new?scope=read+write",
	} {
		for _, secret := range slices.Concat(secrets()[:4], []string{"hunter2"}) {
			if shown := told(t, map[string]any{"detail": said}, secret); !strings.Contains(shown, said) {
				t.Errorf("%q became %s", said, shown)
			}
		}
	}
}

func TestSomebodyElsesKeyIsNotShownEither(t *testing.T) {
	t.Parallel()
	for _, key := range []string{
		"0f3a9b0c1d2e4f5a6b7c8d9e", "canary-7Hk2m-xPq91-ZZbvT-0aQw3", "canary-XsydjiXvYJJXwcMvmNAbnba", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.x", "w_123456_abc-DEF",
		"550e8400-e29b-41d4-a716-446655440000", "aB3dE6gH9jK2m\u200bN5pQ8sT1vW4yZ7", strings.Repeat("aB3dE6gH9j", 5),
	} {
		shown := told(t, map[string]any{"detail": "in use: " + key + ", by bob"}, "hunter2")
		if !strings.Contains(shown, likeKey) || strings.Contains(shown, key[:6]) || !strings.Contains(shown, "by bob") {
			t.Errorf("%q: %s", key, shown)
		}
	}
}

func TestTheHostOfARedirectIsNoWayOutForASecret(t *testing.T) {
	t.Parallel()
	const secret = "Canary-Tok9"
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "https://"+strings.ToLower(secret)+".elsewhere.invalid/login")
		w.WriteHeader(http.StatusFound)
		_, _ = io.WriteString(w, "{}")
	})
	_, err := Call[Nothing](t.Context(), connection(t, address, nil), Request{Method: http.MethodPost, Path: "/x", Anonymous: true, Secret: model.NewSecret(secret)})
	if err == nil || strings.Contains(err.Error(), "tok9") {
		t.Errorf("it says %v", err)
	}
}

func TestALongAnswerIsLookedThroughInNoTimeWhateverTheCredentialIs(t *testing.T) {
	fields := map[string][]string{}
	for i := range 4500 {
		fields[fmt.Sprintf("f%d", i)] = []string{"x"}
	}
	body, err := json.Marshal(fields)
	if err != nil {
		t.Fatal(err)
	}
	c := connection(t, "http://system.test", nil)
	c.credentials.token = model.NewSecret(strings.Repeat("x1y2", 2000)) // a signed token with many claims
	done := make(chan int, 1)
	go func() { done <- len(ParseFieldErrors(body).redacted(c.redactor()).words()) }()
	select {
	case words := <-done:
		if words != len(fields) {
			t.Errorf("%d of %d texts are shown", words, len(fields))
		}
	case <-time.After(5 * time.Second):
		t.Fatal("it takes longer than anybody waits")
	}
}
