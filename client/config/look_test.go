package config_test

import (
	"strings"
	"testing"
	"time"

	"authdeck/client/config"
	"authdeck/model/query"
	"authdeck/model/review"
)

const day = 24 * time.Hour

func TestWhatWantsALookIsSetInSpans(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]review.Limits{
		"":       review.Usual(),
		"[look]": review.Usual(),
		"[look]\nexpires_within = \"12h\"\nolder_than = \"2y\"\nunused_for = \"3mo\"": {Soon: 12 * time.Hour, Old: 730 * day, Unused: 90 * day},
		"[look]\nolder_than = \"6w\"":   {Soon: 14 * day, Old: 42 * day, Unused: 90 * day},
		"look.expires_within = \"30d\"": {Soon: 30 * day, Old: 365 * day, Unused: 90 * day},
	} {
		found, err := config.Load(written(t, text+"\n"+shop), vars(nil), config.SomeKinds())
		if err != nil || found.Limits != want {
			t.Errorf("%q: %+v, %v", text, found.Limits, err)
		}
	}
}

func TestAWrongLimitIsRefusedWithItsLineAndWithWhatIsAllowed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"[look]\nexpires_within = \"two weeks\"":         `:7: expires_within: "two weeks": this is no span, such as 12h, 14d, 6w, 3mo or 1y`,
		"[look]\nolder_than = \"1y\"\nunused_for = \"\"": ":8: unused_for: what stands here: this is no span",
		"[look]\nolder_than = \"0d\"":                    ":7: older_than: what stands here: the shortest such span is 1h, and the longest 100y",
		"[look]\nolder_than = \"101y\"":                  ":7: older_than: ",
		"[look]\nunused_for = 90":                        ":7: unused_for: it does not take a value of kind ",
		"[look]\nyounger_than = \"1d\"":                  `:7: "look.younger_than" is an unknown key; a [look] may have: expires_within, older_than, unused_for`,
		"[[look]]\nolder_than = \"1y\"":                  ":6: [[look]] takes one bracket: [look]",
	} {
		path := written(t, shop+text)
		found, err := config.Load(path, vars(nil), config.SomeKinds())
		if err == nil || !strings.HasPrefix(err.Error(), path+want) || len(found.Profiles) != 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestAViewIsAQuestionWithAName(t *testing.T) {
	t.Parallel()
	const text = "[[view]]\nname = \"Old CI keys\"\nquery = \"name:ci-* age>1y sort:-age\"\n[[view]]\nname = \"غیرفعال\"\nquery = \"is:inactive\"\n"
	for _, whole := range []string{shop + text, text + shop} {
		found, err := config.Load(written(t, whole), vars(nil), config.SomeKinds())
		if err != nil || len(found.Views) != 2 || len(found.Profiles) != 1 {
			t.Fatalf("%+v, %v", found, err)
		}
		if v := found.Views[0]; v.Name.String() != "Old CI keys" || v.Query != "name:ci-* age>1y sort:-age" {
			t.Errorf("%+v", v)
		}
	}
}

// TestAWrongViewIsRefusedAtItsWord has a line and a word in each complaint, and nothing in it
// that may be a key.
func TestAWrongViewIsRefusedAtItsWord(t *testing.T) {
	t.Parallel()
	const key = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
	for text, want := range map[string]string{
		"name = \"Old\"\nquery = \"age>1y is:stael\"": ":8: query: at “stael”: is is never “stael”; is it “stale”?",
		"name = \"Old\"\nquery = \"ownr:ali\"":        ":8: query: at “ownr”: no field is called “ownr”; is it “owner”?",
		"query = \"is:stale\"":                        ":6: name: what stands here is no name of a view",
		"name = \"Old\"":                              ":6: query: it is missing",
		"name = \"mine\"\nquery = \"is:old\"":         `:7: name: "mine" is the name of two views`,
		"name = \"A\"\nquery = \"is:old\"\n[[view]]\nquery = \"is:old\"\nname = \"a\"": `:11: name: "a" is the name of two views`,
		"name = \" A\"\nquery = \"is:old\"":                                            ":7: name: what stands here is no name",
		"name = \"A\\u001b[2J\"\nquery = \"is:old\"":                                   ":7: name: what stands here is no name",
		"name = \"A\"\nquery = \"name:" + key + "\"":                                   ":8: query: there is something in it that looks like a key",
		"name = \"" + key + "\"\nquery = \"is:old\"":                                   ":7: name: ",
		"name = \"A\"\nquery = \"is:old\"\ncolour = \"red\"":                           `:9: "view.colour" is an unknown key; a [[view]] may have: name, query`,
	} {
		path := written(t, shop+"[[view]]\n"+text)
		found, err := config.Load(path, vars(nil), config.SomeKinds())
		if err == nil || !strings.HasPrefix(err.Error(), path+want) || strings.Contains(err.Error(), "\x1b") || strings.Contains(err.Error(), key) || len(found.Views) != 0 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWhatEverybodyAsksCanBeAsked(t *testing.T) {
	t.Parallel()
	for _, v := range query.Views() {
		if _, err := query.Parse(v.Query, query.Tokens()); err != nil {
			t.Errorf("%s: %v", v.Name, err)
		}
	}
}

func TestHowMuchOfAPlanIsUnderWayAtOnceIsConfigured(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 0, "at_once = 1": 1, "at_once = 64": 64} {
		found, err := config.Load(written(t, text+"\n"+shop), vars(nil), config.SomeKinds())
		if err != nil || found.AtOnce != want {
			t.Errorf("%q: %d, %v", text, found.AtOnce, err)
		}
	}
	for text, want := range map[string]string{
		"\nat_once = 0":       ":2: at_once: 1 to 64 are possible, and not 0",
		"at_once = 65":        ":1: at_once: 1 to 64 are possible, and not 65",
		"\n\nat_once = -3":    ":3: at_once: 1 to 64 are possible, and not -3",
		"at_once = \"8\"":     ":1: at_once: it does not take a value of kind ",
		"at_once = 2.5":       ":1: at_once: it does not take a value of kind ",
		"at_ones = 8":         ":1: \"at_ones\" is an unknown key; ",
		"[look]\nat_once = 8": ":2: ",
	} {
		path := written(t, text+"\n"+shop)
		if _, err := config.Load(path, vars(nil), config.SomeKinds()); err == nil || !strings.HasPrefix(err.Error(), path+want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := config.Load(written(t, "at_ones = 8\n"+shop), vars(nil), config.SomeKinds()); !strings.Contains(err.Error(), "at_once") {
		t.Errorf("it is not said what may stand there: %v", err)
	}
}

const toSomebody = "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"

func TestKeysAreSealedToWhomTheConfigurationNames(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"": 0, "age_recipients = [\"" + toSomebody + "\"]": 1,
		"age_recipients = [\"" + toSomebody + "\", \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJhPCfj9mP6mfXlPJP6UvZKXPjNLrKNQwD0jTDHiBJbE ops\"]": 2,
	} {
		found, err := config.Load(written(t, text+"\n"+shop), vars(nil), config.SomeKinds())
		if err != nil || len(found.Sealed) != want {
			t.Errorf("%q: %d recipients, %v", text, len(found.Sealed), err)
		}
	}
}

func TestAWrongRecipientIsRefusedWithItsLineAndNotQuoted(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"\nage_recipients = [\"" + canary + "\"]":                 ":2: age_recipients: one of them is no recipient",
		"age_recipients = [\"AGE-SECRET-KEY-1" + canary + "\"]":   ":1: age_recipients: one of them is a secret key",
		"age_recipients = []":                                     ":1: age_recipients: it names nobody",
		"age_recipients = \"" + toSomebody + "\"":                 ":1: age_recipients: it does not take a value of kind ",
		"age_recipient = [\"" + toSomebody + "\"]":                ":1: \"age_recipient\" is an unknown key; ",
		"theme.x = 1\nage_recipients = [\"" + toSomebody + "x\"]": ":1: ",
	} {
		path := written(t, text+"\n"+shop)
		_, err := config.Load(path, vars(nil), config.SomeKinds())
		if err == nil || !strings.HasPrefix(err.Error(), path+want) || strings.Contains(err.Error(), canary) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
