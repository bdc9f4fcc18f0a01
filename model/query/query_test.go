package query_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/query"
	"authdeck/model/review"
)

func now() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }

func at() review.Moment { return review.Moment{Now: now(), Limits: review.Usual()} }

func ago(days int) model.When { return model.At(now().AddDate(0, 0, -days)) }

// tokens are a few of two systems; the second one says little.
func tokens() []query.Row[model.Token] {
	says := &query.Source{Name: "idp", Kind: "authentik"}
	dumb := &query.Source{Name: "mon", Kind: "saymon", Silent: map[string]bool{"kind": true, "description": true}}
	user := func(id, name string, active model.Answer) model.User {
		return model.User{ID: id, Username: model.Clean(name), Active: active}
	}
	sara := user("8", "Sara", model.No)
	sara.Email = model.Clean("sara@shop.example")
	all := []model.Token{
		{ID: "1", Name: model.Clean("ci-build"), Kind: model.Clean("api"), Owner: user("7", "Ali", model.Yes), Created: ago(400), LastUsed: ago(1), Expires: model.At(now().AddDate(0, 0, 7)), State: model.Active, Description: model.Clean("builds, nightly")},
		{ID: "2", Name: model.Clean("laptop"), Kind: model.Clean("app_password"), Owner: sara, Created: ago(10), LastUsed: model.Not(model.Never), Expires: model.Not(model.Never), State: model.Active, Own: true},
		{ID: "3", Name: model.Clean("old ci"), Kind: model.Clean("api"), Owner: sara, Created: ago(500), LastUsed: model.Not(model.Never), Expires: ago(3), State: model.Expired, App: model.Clean("Portal")},
	}
	var rows []query.Row[model.Token]
	for i := range all {
		rows = append(rows, query.NewRow(&all[i], says, query.Tokens(), strings.ToLower))
	}
	silent := model.Token{ID: "4", Name: model.Clean("#4"), Owner: user("", "oleg", model.Unsaid), Expires: model.Not(model.NotApplicable)}
	return append(rows, query.NewRow(&silent, dumb, query.Tokens(), strings.ToLower))
}

func TestAQuestionIsAnsweredForEachRow(t *testing.T) {
	for typed, want := range map[string][2]string{ // which it is, and which cannot be told
		"":                          {"1 2 3 4", ""},
		"ci":                        {"1 3", ""},
		"CI old":                    {"3", ""},
		`"old ci"`:                  {"3", ""},
		"#4":                        {"4", ""},
		"-ci":                       {"2 4", ""},
		"owner:sar":                 {"2 3", ""},
		"owner=sar":                 {"", ""},
		"owner=sara":                {"2 3", ""},
		"owner=sara@shop.example":   {"2 3", ""},
		"owner:s*a":                 {"2 3", ""},
		"owner:*example":            {"2 3", ""},
		"system=idp":                {"1 2 3", ""},
		"kind:unknown":              {"4", ""},
		"-kind:unknown":             {"1 2 3", ""},
		"name:unknown":              {"", ""},
		"owner:ali,oleg":            {"1 4", ""},
		"name:ci-*":                 {"1", ""},
		"name:*ci":                  {"3", ""},
		"name:*i*d":                 {"1", ""},
		`description:"builds, n"`:   {"1", "4"},
		`description:""`:            {"2 3", "4"},
		"-description:nightly":      {"2 3", "4"},
		"kind:api":                  {"1 3", "4"},
		"-kind:api":                 {"2", "4"},
		"kind:api or owner:oleg":    {"1 3 4", ""},
		"kind:api owner:oleg":       {"", "4"},
		"app:port":                  {"3", ""},
		"-application:portal":       {"1 2 4", ""},
		`app:""`:                    {"1 2 4", ""},
		"portal":                    {"3", ""},
		"system:idp":                {"1 2 3", ""},
		"system:saymon":             {"4", ""},
		"id:2..3":                   {"2 3", ""},
		"id:2":                      {"2", ""},
		"id>2":                      {"3 4", ""},
		"id<=2":                     {"1 2", ""},
		"state:expired":             {"3", "4"},
		"state:active,expired":      {"1 2 3", "4"},
		"state:unknown":             {"4", ""},
		"age>1y":                    {"1 3", "4"},
		"age<1y":                    {"2", "4"},
		"age:300d..450d":            {"1", "4"},
		"-age>1y":                   {"2", "4"},
		"age:unknown":               {"4", ""},
		"created:2026-11":           {"2", "4"},
		"created<2026":              {"1 3", "4"},
		"created:2025-10-01..":      {"1 2", "4"},
		"created:..2025-10-26":      {"1 3", "4"},
		"created>2025-10-26":        {"2", "4"},
		"used<90d":                  {"1", "4"},
		"used>90d":                  {"2 3", "4"},
		"used:never":                {"2 3", "4"},
		"last_used:never":           {"2 3", "4"},
		"used<2026":                 {"", "4"},
		"expires<14d":               {"1", ""},
		"expires:..14d":             {"1", ""},
		"expires>1d":                {"1 2", ""},
		"expires>2026-12":           {"", ""},
		"expires:2026-12":           {"1", ""},
		"expires:never":             {"2", ""},
		"expires:n/a":               {"4", ""},
		"expires:never,n/a":         {"2 4", ""},
		"expires:unknown":           {"", ""},
		"is:mine":                   {"2", ""},
		"is:managed":                {"", ""},
		"is:inactive-owner":         {"2 3", "4"},
		"is:expired":                {"3", "4"},
		"is:over":                   {"3", "4"},
		"-is:over":                  {"1 2", "4"},
		"is:expiring":               {"1", ""},
		"is:old":                    {"1 3", "4"},
		"is:unused":                 {"3", "4"},
		"is:stale":                  {"1 3", "4"},
		"is:look":                   {"1 2", "4"},
		"is:fine":                   {"", "4"},
		"is:several":                {"", "1 2 3 4"},
		"(ci or laptop) -is:over":   {"1 2", ""},
		`age "x" >1y`:               {"", ""},
		"-(ci or laptop)":           {"4", ""},
		"ci sort:-expires":          {"1 3", ""},
		"is:stale or expires:never": {"1 2 3", "4"},
	} {
		q, err := query.Parse(typed, query.Tokens())
		if err != nil {
			t.Errorf("%s: %v", typed, err)
			continue
		}
		f := query.Compile(q, query.Tokens(), strings.ToLower, at())
		var is, untold []string
		for _, row := range tokens() {
			if lean := f.Row(row.Item, row.From); f.Holds(&lean) != f.Holds(&row) {
				t.Errorf("%s: of %s it makes a difference what else was read", typed, row.Item.ID)
			}
			switch f.Holds(&row) {
			case model.Yes:
				is = append(is, row.Item.ID)
			case model.Unsaid:
				untold = append(untold, row.Item.ID)
				if f.Untold(&row) == nil {
					t.Errorf("%s cannot be told of %s, for no field", typed, row.Item.ID)
				}
			case model.No:
			}
		}
		if got := [2]string{strings.Join(is, " "), strings.Join(untold, " ")}; got != want {
			t.Errorf("%s is %q and cannot be told of %q, want %q and %q", typed, got[0], got[1], want[0], want[1])
		}
	}
}

func TestWhatWasReadPrintsAsItIsTyped(t *testing.T) {
	for typed, want := range map[string]string{
		"  a   b ":              "a b",
		"a OR b":                "a or b",
		"OWNER:Ali":             "owner:Ali",
		"last_used:never":       "used:never",
		"-(a)":                  "-a",
		"((a b) or c)":          "a b or c",
		"(a or b) c":            "(a or b) c",
		"-(a b)":                "-(a b)",
		"a or b sort:-age":      "(a or b) sort:-age",
		`"or"`:                  `"or"`,
		`"-x" "(y" "a:b"`:       `"-x" "(y" "a:b"`,
		`"10:30"`:               "10:30",
		`"age" ">" ">1y" "y<"`:  `age ">" ">1y" "y<"`,
		`"AND" "not" nor "||"`:  `"AND" "not" nor "||"`,
		`"not" found`:           `"not" found`,
		`"not found"`:           `"not found"`,
		"notes -nothing":        "notes -nothing",
		"a Or b":                "a or b",
		`"!is:over" !wei`:       `"!is:over" !wei`,
		`owner:"a,b",c`:         `owner:"a,b",c`,
		`description:""`:        `description:""`,
		`"say \"no\" \\ never"`: `"say \"no\" \\ never"`,
		"expires:2026..2027-06": "expires:2026..2027-06",
		"expires:NEVER":         "expires:never",
		"age:30d..1y":           "age:30d..1y",
		"age>۱y age:۳۰d..٩٠d":   "age>1y age:30d..90d",
		"expires:۲۰۲۶..٢٠٢٧-۰۶": "expires:2026..2027-06",
		"id:۱۰..٢٠":             "id:10..20",
		"name:ci-۱۲ #۱۲":        "name:ci-۱۲ #۱۲",
		"f(x)":                  `"f(x)"`,
		"#1140":                 "#1140",
		"-":                     `"-"`,
		"sort:expires":          "sort:expires",
	} {
		q, err := query.Parse(typed, query.Tokens())
		if err != nil {
			t.Errorf("%s: %v", typed, err)
			continue
		}
		if got := q.String(); got != want {
			t.Errorf("%s prints as %s, want %s", typed, got, want)
		}
		again, err := query.Parse(q.String(), query.Tokens())
		if err != nil || again.String() != q.String() {
			t.Errorf("%s: printed %s, read again %s, %v", typed, q, again, err)
		}
	}
}

func TestWhatCannotBeReadIsAnErrorAtItsWord(t *testing.T) {
	for typed, want := range map[string]struct{ at, words string }{
		"ownr:ali":                {"ownr", "is it “owner”?"},
		"a expire<14d":            {"expire", "is it “expires”?"},
		"zzzzzzzz:1":              {"zzzzzzzz", "there are owner"},
		"https://x":               {"https", "no field is called"},
		"state:actve":             {"actve", "is it “active”?"},
		"state:xyzxyz":            {"xyzxyz", "there are active, expired, revoked"},
		"is:stael":                {"stael", "is it “stale”?"},
		"is:":                     {"is:", "a value is missing"},
		"owner:":                  {"owner:", "a value is missing, such as ci-*"},
		"owner<x":                 {"owner<", "write it as owner:ci-*"},
		"state=active":            {"state=", "write it as state:active"},
		"state>active":            {"state>", "not compared"},
		"age:1y":                  {"1y", "a span has no length"},
		"age>2025":                {"2025", "this is no span"},
		"age>1m":                  {"1m", "this is no span"},
		"age > 1y":                {">", "no blanks stand around “>”: write age>1y"},
		"age >1y":                 {">1y", "write age>1y"},
		"ci AGE >1y":              {">1y", "write AGE>1y"},
		"age> 1y":                 {"age>", "no blank stands behind “>”: write age>1y"},
		"expires : never":         {":", "no blanks stand around “:”: write expires:never"},
		"(kind = x)":              {"=", "write kind=x"},
		"owner: ali":              {"owner:", "write owner:ali"},
		"kind: owner:ali":         {"kind:", "a value is missing"},
		">":                       {">", "no blanks"},
		"1y< age":                 {"1y<", "the name of a field comes first"},
		"-:":                      {":", "no blanks"},
		"NOT ali":                 {"NOT", "write -ali to leave it out, or \"NOT\" in quotes to look for the word"},
		"not owner:ali":           {"not", "write -owner:ali to leave"},
		"ci not is:over":          {"not", "write -is:over to leave"},
		"ci (not (a or b))":       {"not", "write -is:over to leave"},
		"not found":               {"not", "\"not\" in quotes to look for the word"},
		"Not":                     {"Not", "\"Not\" in quotes to look for the word"},
		"ali AND sara":            {"AND", "leave “AND” out"},
		"ali and sara":            {"and", "leave “and” out"},
		"ali && sara":             {"&&", "leave “&&” out"},
		"-AND":                    {"AND", "leave “AND” out"},
		"ali || sara":             {"||", "write or between two conditions"},
		"!is:over":                {"!", "write -is:over to turn it round"},
		"ci !owner:ali":           {"!", "write -owner:ali to turn"},
		"age>1Y":                  {"1Y", "small letters: 1y"},
		"expires<14":              {"14", "14 of what? Write 14h, 14d"},
		"expires:2026-02-30":      {"2026-02-30", "there is no such day"},
		"expires:۲۰۲۶-۱۳":         {"۲۰۲۶-۱۳", "there is no such month"},
		"expires<30days":          {"30days", "“days” is no unit"},
		"age:1..2y":               {"1..2y", "1 of what?"},
		"user:ali":                {"user", "is it “owner”?"},
		"email:ali":               {"email", "is it “owner”?"},
		"sort:type":               {"type", "is it “kind”?"},
		"expires<n":               {"n", "is it expires:never?"},
		"age>01y":                 {"01y", "this is no span"},
		"age>-1y":                 {"-1y", "this is no span"},
		"age>999999999y":          {"999999999y", "this is no span"},
		"age>":                    {"age>", "a value is missing"},
		"expires<soon":            {"soon", "this is no day and no span"},
		"expires<2026-13":         {"2026-13", "there is no such month"},
		"expires<2026-02-30":      {"2026-02-30", "there is no such day"},
		"expires<never":           {"never", "asked for as expires:never"},
		"expires>1d..2d":          {"1d..2d", "with a colon"},
		"expires:..":              {"..", "at least one end"},
		"expires:2027..2026":      {"2027..2026", "ends before it begins"},
		"expires:90d..30d":        {"90d..30d", "ends before it begins"},
		"expires:2026..30d":       {"2026..30d", "both ends"},
		"expires<1d,2d":           {",", "takes one value"},
		"id:x":                    {"x", "this is no whole number"},
		"id:-1":                   {"-1", "this is no whole number"},
		"id:20..10":               {"20..10", "ends before it begins"},
		"id:99999999999999999999": {"99999999999999999999", "this is no whole number"},
		"sort:":                   {"sort:", "is missing"},
		"sort:owne":               {"owne", "is it “owner”?"},
		"sort:age sort:-age":      {"sort:-age", "sorted by age already"},
		"sort<age":                {"sort<age", "written as sort:owner"},
		"sort:is":                 {"is", "nothing can be sorted"},
		"-sort:age":               {"-sort:age", "turns a condition round"},
		`"open`:                   {`"open`, "not closed"},
		`""`:                      {`""`, "nothing between the quotes"},
		`"a"b`:                    {"b", "a blank comes after"},
		`owner:"a"b`:              {"b", "a blank comes after"},
		"(a":                      {"(", "not closed"},
		"()":                      {"()", "nothing in the parentheses"},
		"(a)b":                    {"b", "a blank comes after"},
		"or":                      {"or", "between two conditions"},
		"a or":                    {"", "between two conditions"},
		"or a":                    {"or", "between two conditions"},
		"a or or b":               {"or", "between two conditions"},
		"a\x1bb":                  {"\x1b", "control character"},
		"a\xffb":                  {"\ufffd", "no letters"},
		"kind:a,":                 {"kind:a,", "a value is missing"},
		"\u200b":                  {"\u200b", "nothing of this can be seen"},
		"ci -\ufeff\u2060":        {"\ufeff\u2060", "nothing of this can be seen"},
		"ci or \u0301":            {"\u0301", "nothing of this can be seen"},
		"\u0640\u200f":            {"\u0640\u200f", "nothing of this can be seen"},
		"\"\u200b \u3164\"":       {"\"\u200b \u3164\"", "nothing between the quotes that can be seen"},
		`owner:" "`:               {`" "`, "owner: nothing of this can be seen; \"\" asks for an empty one"},
		"owner_id:\"\u200b\"":     {"\"\u200b\"", "nothing of this can be seen"},
		"kind=a,\u2060":           {"\u2060", "nothing of this can be seen"},
	} {
		_, err := query.Parse(typed, query.Tokens())
		bad, is := errors.AsType[*query.Error](err)
		if !is {
			t.Errorf("%q: %v is no error of the language", typed, err)
			continue
		}
		runes := []rune(strings.ToValidUTF8(typed, "\ufffd"))
		if bad.From < 0 || bad.To > len(runes) || bad.From > bad.To {
			t.Errorf("%q: the error is at %d..%d", typed, bad.From, bad.To)
			continue
		}
		if got := string(runes[bad.From:bad.To]); got != want.at || !strings.Contains(bad.Words, want.words) {
			t.Errorf("%q: at %q: %s; want at %q: %s", typed, got, bad.Words, want.at, want.words)
		}
	}
	if _, err := query.Parse(strings.Repeat("x", 1025), query.Tokens()); err == nil {
		t.Error("a thing too long to be typed is looked for")
	}
}

// TestASystemThatThereIsNotIsAnErrorWhereAllAreKnown has two systems.
func TestASystemThatThereIsNotIsAnErrorWhereAllAreKnown(t *testing.T) {
	systems := []model.Info{{Name: "shop", Kind: "hamgam"}, {Name: "idp-north", Kind: "authentik"}}
	for typed, want := range map[string]string{
		"system:nope":      "no system is called “nope”; there are authentik, hamgam, idp-north, shop",
		"system:shopp":     "is it “shop”?",
		"-system:HAMGAN":   "is it “hamgam”?",
		"system=idp":       "is it “idp-north”?",
		"system:x*":        "there are",
		"system:shop,nope": "no system is called “nope”",
		"system:hop":       "",
		"system:i*":        "",
		"system=Authentik": "",
		"system:سیستم":     "",
	} {
		_, err := query.Parse(typed, query.Among(query.Tokens(), systems))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v, want %s", typed, err, want)
		}
		if _, err := query.Parse(typed, query.Tokens()); err != nil {
			t.Errorf("%s, where the systems are not known: %v", typed, err)
		}
	}
}

func TestEveryFieldOfUsersAnswers(t *testing.T) {
	u := model.User{ID: "7", Username: model.Clean("ali"), Active: model.No, LastLogin: ago(100)}
	row := query.NewRow(&u, nil, query.Users(), strings.ToLower)
	for typed, want := range map[string]model.Answer{
		"ali": model.Yes, "user:al*": model.Yes, "login=ali": model.Yes, "is:active": model.No, "is:inactive": model.Yes, "is:staff": model.Unsaid,
		"seen>90d": model.Yes, "created<2026": model.Unsaid, "id:7": model.Yes, "system:x": model.No, "is:token": model.Unsaid, "is:admin": model.Unsaid,
	} {
		q, err := query.Parse(typed, query.Users())
		if err != nil {
			t.Fatal(err)
		}
		if got := query.Compile(q, query.Users(), strings.ToLower, at()).Holds(&row); got != want {
			t.Errorf("%s is %v, want %v", typed, got, want)
		}
	}
}

// TestANumberThatASystemDoesNotTellIsNoNo is about systems that call their tokens by words.
func TestANumberThatASystemDoesNotTellIsNoNo(t *testing.T) {
	row := query.NewRow(&model.Token{ID: "ci-build"}, nil, query.Tokens(), strings.ToLower)
	for typed, want := range map[string]model.Answer{"id:2": model.Unsaid, "-id:2": model.Unsaid, "id>=10": model.Unsaid, "id:unknown": model.Yes, "-id:unknown": model.No} {
		q, err := query.Parse(typed, query.Tokens())
		if err != nil {
			t.Fatal(err)
		}
		if got := query.Compile(q, query.Tokens(), strings.ToLower, at()).Holds(&row); got != want {
			t.Errorf("%s is %v, want %v", typed, got, want)
		}
	}
}

func TestFieldsForWhichItCannotBeToldAreNamed(t *testing.T) {
	q, err := query.Parse("age>1y kind:api is:mine", query.Tokens())
	if err != nil {
		t.Fatal(err)
	}
	rows := tokens()
	if got := query.Compile(q, query.Tokens(), strings.ToLower, at()).Untold(&rows[3]); !slices.Equal(got, []string{"age", "kind"}) {
		t.Errorf("it cannot be told for %q", got)
	}
}

func TestASpanByItselfIsReadInWhateverDigitsAKeyboardHas(t *testing.T) {
	for _, typed := range []string{"90d", "۹۰d", "٩٠d"} {
		if span, err := query.Span(typed); err != nil || span != 90*24*time.Hour {
			t.Errorf("%q is %s, %v", typed, span, err)
		}
	}
}
