package model_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"

	"authdeck/model"
)

const canary = "s3cr3t-canary-0123456789"

// guise is a way to write the canary down.
func guises() map[string]string {
	raw := []byte(canary)
	return map[string]string{
		"plain":    canary,
		"hex":      hex.EncodeToString(raw),
		"HEX":      strings.ToUpper(hex.EncodeToString(raw)),
		"base64":   base64.RawStdEncoding.EncodeToString(raw[:21]),
		"decimals": strings.Trim(fmt.Sprintf("%d", raw), "[]"),
		"Go bytes": strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%#v", raw), "[]byte{"), "}"),
		"spaced":   fmt.Sprintf("% x", raw),
		"octal":    strings.Trim(fmt.Sprintf("%o", raw), "[]"),
		"binary":   strings.Trim(fmt.Sprintf("%b", raw), "[]"),
		"unicode":  strings.Trim(fmt.Sprintf("%U", raw), "[]"),
		"runes":    strings.Trim(fmt.Sprintf("%q", raw[:1]), `"`) + " '" + canary[1:2] + "'",
	}
}

func hides(t *testing.T, where, printed string) {
	t.Helper()
	for guise, text := range guises() {
		if strings.Contains(printed, text) {
			t.Errorf("%s shows the secret (%s): %s", where, guise, printed)
		}
	}
}

// verbs are all that fmt knows, some that it does not, and flags.
func verbs() []string {
	all := []string{"%+v", "%#v", "%#x", "% x", "%#q", "%+q", "%80s", "%-5.3s", "%.2s", "%08d", "%[1]s", "%#08x"}
	for v := 'A'; v <= 'z'; v++ {
		all = append(all, "%"+string(v))
	}
	return append(all, "%!", "%é")
}

type exported struct {
	Name string
	Key  model.Secret
}

type hidden struct {
	name string
	key  model.Secret
}

type embedded struct{ model.Secret }

// holders are the ways in which a program carries a secret about.
func holders() map[string]any {
	s := model.NewSecret(canary)
	return map[string]any{
		"itself":            s,
		"pointer":           &s,
		"field":             exported{"n", s},
		"pointer to struct": &exported{"n", s},
		"unexported field":  hidden{"n", s},
		"pointer to hidden": &hidden{"n", s},
		"embedded":          embedded{s},
		"slice":             []model.Secret{s},
		"slice of pointers": []*model.Secret{&s},
		"array":             [1]model.Secret{s},
		"map":               map[string]model.Secret{"k": s},
		"map of structs":    map[string]hidden{"k": {"n", s}},
		"any":               []any{s, &s},
		"deep":              map[string]any{"k": []hidden{{"n", s}}},
		"issued":            model.Issued{Key: s},
		"error":             fmt.Errorf("with %v and %w", s, model.Fail(model.Invalid, s.String())),
	}
}

func TestNoVerbPrintsASecret(t *testing.T) {
	for holder, v := range holders() {
		for _, verb := range verbs() {
			hides(t, verb+" of a secret as "+holder, fmt.Sprintf(verb, v))
		}
		hides(t, "Sprint of a secret as "+holder, fmt.Sprint(v)+fmt.Sprintln(v))
	}
}

func TestASecretSaysThatItIsOne(t *testing.T) {
	s := model.NewSecret(canary)
	for _, printed := range []string{fmt.Sprintf("%v", s), fmt.Sprintf("%#v", s), fmt.Sprintf("%x", s), s.String()} {
		if printed != "[secret]" {
			t.Errorf("printed %q, want [secret]", printed)
		}
	}
}

func TestASecretIsNeverMarshalled(t *testing.T) {
	s := model.NewSecret(canary)
	for holder, v := range map[string]any{
		"itself": s, "pointer": &s, "field": exported{"n", s}, "slice": []model.Secret{s},
		"map": map[string]model.Secret{"k": s}, "embedded": embedded{s}, "issued": model.Issued{Key: s},
		"empty": model.Secret{},
	} {
		out, err := json.Marshal(v)
		if err == nil {
			t.Errorf("json.Marshal of a secret as %s gave %s, want an error", holder, out)
			continue
		}
		hides(t, "the error of json.Marshal as "+holder, err.Error())
	}
	if err := xml.NewEncoder(io.Discard).Encode(exported{"n", s}); err == nil {
		t.Error("XML was written of a secret")
	}
	if text, err := s.MarshalText(); err == nil || len(text) > 0 {
		t.Errorf("MarshalText gave %q and %v, want an error", text, err)
	}
}

func TestALogNeverHoldsASecret(t *testing.T) {
	var out bytes.Buffer
	all := &slog.HandlerOptions{Level: slog.LevelDebug, AddSource: true}
	for _, handler := range []slog.Handler{slog.NewTextHandler(&out, all), slog.NewJSONHandler(&out, all)} {
		log := slog.New(handler)
		for holder, v := range holders() {
			log.Debug("said", holder, v)
			log.With(holder, v).WithGroup("group").Info("again", slog.Any("key", v))
		}
	}
	hides(t, "the log", out.String())
	if !strings.Contains(out.String(), "[secret]") {
		t.Error("the log does not say that there was a secret")
	}
}

func TestRevealIsTheWayOut(t *testing.T) {
	if got := model.NewSecret(canary).Reveal(); got != canary {
		t.Errorf("Reveal gave %q", got)
	}
	if (model.Secret{}).Reveal() != "" || !(model.Secret{}).Empty() || !model.NewSecret("").Empty() {
		t.Error("the absent secret is not empty")
	}
	if model.NewSecret(canary).Empty() {
		t.Error("a secret that is there is called empty")
	}
}

func TestEqualSecretsAreThereAndTheSame(t *testing.T) {
	for _, c := range []struct {
		a, b model.Secret
		want bool
	}{
		{model.NewSecret("one"), model.NewSecret("one"), true},
		{model.NewSecret("one"), model.NewSecret("two"), false},
		{model.NewSecret("one"), model.NewSecret("one more"), false},
		{model.NewSecret("one"), model.Secret{}, false},
		{model.Secret{}, model.NewSecret("one"), false},
		{model.Secret{}, model.Secret{}, false},
		{model.NewSecret(""), model.NewSecret(""), false},
	} {
		if got := c.a.Equal(c.b); got != c.want {
			t.Errorf("Equal of %q and %q is %t", c.a.Reveal(), c.b.Reveal(), got)
		}
	}
}

func TestWipeForgetsInEveryCopy(t *testing.T) {
	first := model.NewSecret(canary)
	second, third := first, model.Issued{Key: first}
	first.Wipe()
	for name, s := range map[string]model.Secret{"wiped": first, "copy": second, "copy in a struct": third.Key} {
		if strings.ContainsAny(s.Reveal(), canary) {
			t.Errorf("the %s still knows %q", name, s.Reveal())
		}
		if !s.Empty() {
			t.Errorf("the %s says that it still holds a secret: %q", name, s.Reveal())
		}
	}
	if second.Equal(third.Key) {
		t.Error("two forgotten secrets are equal")
	}
	first.Wipe()
	(&model.Secret{}).Wipe()
}

func TestASecretComesInFromJSON(t *testing.T) {
	var answer exported
	if err := json.Unmarshal([]byte(`{"Key": "a\u0062c"}`), &answer); err != nil || answer.Key.Reveal() != "abc" {
		t.Errorf("got %q and %v", answer.Key.Reveal(), err)
	}
	if err := json.Unmarshal([]byte(`{"Key": null}`), &answer); err != nil || !answer.Key.Empty() {
		t.Errorf("null gave %q and %v, want no secret", answer.Key.Reveal(), err)
	}
}

func TestTheErrorOfAKeyThatIsNoStringDoesNotQuoteIt(t *testing.T) {
	for _, doc := range []string{`{"Key": 4815162342}`, `{"Key": {"s3cr3t": "s3cr3t-canary-0123456789"}}`, `{"Key": ["s3cr3t-canary-0123456789"]}`, `{"Key": true}`} {
		var answer exported
		err := json.Unmarshal([]byte(doc), &answer)
		if err == nil {
			t.Errorf("%s was taken for a key", doc)
			continue
		}
		printed := fmt.Sprintf("%v %+v %#v", err, err, err)
		if strings.Contains(printed, "4815162342") || strings.Contains(printed, "s3cr3t") {
			t.Errorf("the error quotes the key: %s", printed)
		}
	}
}
