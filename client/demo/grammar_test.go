package demo

import (
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestASpecSaysWhatGoesWrongWhereAndHowOften(t *testing.T) {
	rules, err := parseFaults(" create:lost:once, tokens:429=30:1/3,any:slow=400ms,hamgam/me:429:first=12 ")
	if err != nil {
		t.Fatal(err)
	}
	want := []rule{
		{at: endpoint{name: "create"}, fault: "lost", first: 1, every: 1},
		{at: endpoint{name: "tokens"}, fault: "429", wait: 30 * time.Second, every: 3},
		{at: endpoint{name: "any"}, fault: "slow", wait: 400 * time.Millisecond, every: 1},
		{at: endpoint{"hamgam", "me"}, fault: "429", wait: 5 * time.Second, first: 12, every: 1},
	}
	for i, r := range rules {
		if *r != want[i] {
			t.Errorf("part %d is %+v, want %+v", i, *r, want[i])
		}
	}
	if len(rules) != len(want) {
		t.Errorf("%d parts", len(rules))
	}
}

func TestAWordThatIsNotUnderstoodIsNamedWithThoseThatAre(t *testing.T) {
	for spec, says := range map[string][2]string{
		"tokens:explode":         {`"explode"`, "401 403 404 429 500 502 503 html cut redirect endless lost silent slow wrongtype empty"},
		"login:401":              {`"login"`, "me tokens token create edit regenerate delete reveal users user signin probe choices any"},
		"smartshop/me:401":       {`"smartshop"`, "hamgam"},
		"me:401:twice":           {`"twice"`, "always once first=N 1/N"},
		"me":                     {`"me"`, "ENDPOINT:FAULT[:HOW]"},
		"me:401:once:more":       {`"me:401:once:more"`, "ENDPOINT:FAULT[:HOW]"},
		"me:401,,me:403":         {`""`, "ENDPOINT:FAULT[:HOW]"},
		"me:slow":                {`"slow"`, "slow=DURATION"},
		"me:slow=fast":           {`"slow=fast"`, "slow=DURATION"},
		"me:slow=-1s":            {`"slow=-1s"`, "slow=DURATION"},
		"me:slow=25h":            {`"slow=25h"`, "up to a day"},
		"me:429=":                {`"429="`, "429=SECONDS"},
		"me:429=0":               {`"429=0"`, "429=SECONDS"},
		"me:429=1m":              {`"429=1m"`, "429=SECONDS"},
		"me:500=3":               {`"500"`, "only slow, late and 429"},
		"me:401:first=0":         {`"first=0"`, "a number from 1"},
		"me:401:first=x":         {`"first=x"`, "a number from 1"},
		"me:401:1/-2":            {`"1/-2"`, "a number from 1"},
		"me:401:1/9999999999999": {`"1/9999999999999"`, "a number from 1"},
		"me::once":               {`""`, "401 403"},
	} {
		_, err := parseFaults(spec)
		if err == nil || !strings.Contains(err.Error(), says[0]) || !strings.Contains(err.Error(), says[1]) {
			t.Errorf("%s: %v", spec, err)
		}
	}
}

func TestTheHelpExplainsEveryWord(t *testing.T) {
	help := FaultHelp()
	words := append(endpoints(), faultWords()...)
	for _, q := range Quirks() {
		words = append(words, string(q))
	}
	for _, word := range words {
		if !strings.Contains(help, " "+word+" ") && !strings.Contains(help, " "+word+"\n") {
			t.Errorf("%q is missing in\n%s", word, help)
		}
	}
	_, example, _ := strings.Cut(help, "For example: ")
	if rules, err := parseFaults(example); err != nil || len(rules) != 3 {
		t.Errorf("the example %q does not parse: %v", example, err)
	}
}

func FuzzASpecIsReadOrItsWordIsNamed(f *testing.F) {
	for _, spec := range []string{
		"", "me:401", "any:slow=1s:1/2,create:lost:once", "tokens:429=30:first=3", "x", "::", "me:=:=", ",", "me:\x00\xff",
	} {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		rules, err := parseFaults(spec)
		if err != nil {
			for part := range strings.SplitSeq(spec, ",") {
				if strings.Contains(err.Error(), strconv.Quote(part)) {
					return
				}
			}
			t.Fatalf("%q: %v names no part of it", spec, err)
		}
		for _, r := range rules {
			if r.every < 1 || r.first < 0 || r.wait < 0 || r.wait > longest {
				t.Fatalf("%q gives %+v", spec, r)
			}
			r.due() // must not divide by zero
		}
	})
}
