package inventory_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/model"
	"authdeck/model/chain"
	"authdeck/model/inventory"
)

func day(n int) model.When { return model.At(time.Date(2026, 1, n, 12, 0, 0, 5, time.UTC)) }

func token(id, name string) model.Token {
	return model.Token{
		ID: id, Name: model.Clean(name), Kind: model.Clean("api"), Scope: model.Clean("read"), Description: model.Clean("of " + name),
		Owner:   model.User{ID: "7", Username: model.Clean("sara"), FullName: model.Clean("Sara A"), Email: model.Clean("sara@example.com"), Active: model.Yes},
		Created: day(1), Updated: day(1), Expires: day(400), LastUsed: day(20), State: model.Active,
	}
}

// system is one that was read, and its tokens as they came.
type system struct {
	name   string
	tokens []model.Token
	why    string
	as     string
	kind   string
	host   string
}

func head() inventory.Head {
	return inventory.Head{Made: "2026-11-30T12:00:00Z", By: "root", Machine: "jump", Version: "v1"}
}

// saved is the file of an inventory.
func saved(t testing.TB, h inventory.Head, systems ...system) (string, inventory.Sum) {
	t.Helper()
	d := inventory.Begin(h)
	for _, s := range systems {
		kind, host := s.kind, s.host
		if kind == "" {
			kind = "authentik"
		}
		if host == "" {
			host = s.name + ".example.com"
		}
		d.System(model.Info{Name: s.name, Kind: kind, Host: host, Silent: []string{"app"}})
		for page := range slices.Chunk(s.tokens, 3) {
			d.Take(s.name, page)
		}
		as := s.as
		if as == "" {
			as = "admin"
		}
		var err error
		if s.why != "" {
			err = errors.New(s.why)
		}
		d.Ended(s.name, as, "", err)
	}
	var out strings.Builder
	sum, err := d.Write(&out)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), sum
}

func some(ids ...string) (tokens []model.Token) {
	for _, id := range ids {
		tokens = append(tokens, token(id, "ci-"+id))
	}
	return tokens
}

// verified reads an inventory to its end.
func verified(file io.Reader) (inventory.Sum, error) {
	r, err := inventory.Open(file)
	if err != nil {
		return inventory.Sum{}, err
	}
	return r.Verify()
}

func lines(file string) []string { return slices.Collect(strings.Lines(file)) }

// TestTwoInventoriesOfTheSameStateDifferInTheirFirstAndLastLineOnly reads one state in two
// orders, at two times.
func TestTwoInventoriesOfTheSameStateDifferInTheirFirstAndLastLineOnly(t *testing.T) {
	later := head()
	later.Made = "2026-12-30T12:00:00Z"
	first, _ := saved(t, head(), system{name: "shop", tokens: some("b", "10", "9", "a", "010")}, system{name: "idp", tokens: some("1")})
	second, _ := saved(t, later, system{name: "idp", tokens: some("1")}, system{name: "shop", tokens: some("9", "a", "010", "10", "b")})
	one, other := lines(first), lines(second)
	for i := range one {
		if same := one[i] == other[i]; same != (i > 0 && i+1 < len(one)) {
			t.Errorf("line %d: %v\n%s%s", i+1, same, one[i], other[i])
		}
	}
	var ids []string
	for _, line := range one[1 : len(one)-1] {
		var says struct{ Token inventory.Token }
		if err := json.Unmarshal([]byte(line), &says); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, says.Token.System+" "+says.Token.ID)
	}
	if want := []string{"idp 1", "shop 9", "shop 010", "shop 10", "shop a", "shop b"}; !slices.Equal(ids, want) {
		t.Errorf("%q; want %q", ids, want)
	}
}

// TestWhatIsReadIsWhatWasWritten goes through all of it once, with what is foreign.
func TestWhatIsReadIsWhatWasWritten(t *testing.T) {
	odd := token("9\u202e", "a|\"<\n\u202e>")
	odd.Owner, odd.Expires, odd.LastUsed, odd.State, odd.Own, odd.Rolls = model.User{}, model.Not(model.Never), model.Not(model.NotApplicable), model.Unclear, true, true
	file, sum := saved(t, head(), system{name: "shop", tokens: []model.Token{odd, token("1", "ci")}}, system{name: "idp", why: "it does not\nanswer"})
	r, err := inventory.Open(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	want := []inventory.System{
		{Name: "idp", Kind: "authentik", Host: "idp.example.com", As: "admin", Why: "it does not␊answer"},
		{Name: "shop", Kind: "authentik", Host: "shop.example.com", As: "admin", Whole: true, Tokens: 2},
	}
	if h := r.Head(); h.Made != "2026-11-30T12:00:00Z" || h.By != "root" || h.Machine != "jump" || h.Version != "v1" || h.Filter != "none" || !slices.Equal(h.Systems, want) {
		t.Errorf("%+v", h)
	}
	for _, want := range []inventory.Token{
		{
			System: "shop", ID: "1", Name: "ci", Kind: "api", Owner: "sara", OwnerID: "7", OwnerName: "Sara A", OwnerEmail: "sara@example.com", OwnerActive: "yes",
			Description: "of ci", Scope: "read", Created: "2026-01-01T12:00:00Z", Updated: "2026-01-01T12:00:00Z", Expires: "2027-02-04T12:00:00Z",
			LastUsed: "2026-01-20T12:00:00Z", State: "active", Own: "no", App: "unknown", Rolls: "no",
		},
		{
			System: "shop", ID: `"9\u202e"`, Name: `a|"<␊>`, Kind: "api", OwnerActive: "unknown", Description: `of a|"<␊>`, Scope: "read",
			Created: "2026-01-01T12:00:00Z", Updated: "2026-01-01T12:00:00Z", Expires: "never", LastUsed: "n/a", State: "unknown", Own: "yes", App: "unknown", Rolls: "yes",
		},
	} {
		if got, err := r.Next(); err != nil || got != want {
			t.Errorf("%+v, %v\nwant\n%+v", got, err, want)
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) || r.Sum().Hash != sum.Hash || r.Sum().Tokens != 2 || r.Sum().Whole() {
		t.Errorf("%+v, %v; want %+v", r.Sum(), err, sum)
	}
}

func TestATokenThatCameTwiceIsThereOnceAsItCameLast(t *testing.T) {
	again := token("1", "renamed")
	file, sum := saved(t, head(), system{name: "shop", tokens: []model.Token{token("1", "ci"), token("2", "x"), again}})
	if sum.Tokens != 2 || !strings.Contains(file, `"name":"renamed"`) || strings.Contains(file, `"name":"ci"`) || !sum.Whole() {
		t.Errorf("%+v\n%s", sum, file)
	}
}

// TestATokenThatCannotBeNamedIsSaidToBeMissing has one without an identifier: it could be held
// against nothing later, and must not be missed in silence.
func TestATokenThatCannotBeNamedIsSaidToBeMissing(t *testing.T) {
	_, sum := saved(t, head(), system{name: "shop", tokens: some("1", "", "")})
	if s := sum.Head.Systems[0]; sum.Tokens != 1 || s.Whole || s.Why != "tokens without an identifier are not here: 2" {
		t.Errorf("%+v", sum)
	}
}

func TestASystemOfWhichNoEndWasSaidIsNotWhole(t *testing.T) {
	d := inventory.Begin(head())
	d.System(model.Info{Name: "shop"})
	d.Take("shop", some("1"))
	var out strings.Builder
	if sum, err := d.Write(&out); err != nil || sum.Whole() || sum.Head.Systems[0].Why != "it was not read" {
		t.Errorf("%+v, %v", sum, err)
	}
}

// full is a disk with room for so many bytes.
type full struct{ room int }

func (f *full) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("no space left")
	}
	return len(p), nil
}

func TestAFullDiskIsToldWhereverItIsFull(t *testing.T) {
	file, _ := saved(t, head(), system{name: "shop", tokens: some("1", "2")})
	for room := 0; room < len(file); room += 50 {
		d := inventory.Begin(head())
		d.System(model.Info{Name: "shop", Kind: "authentik", Host: "shop.example.com", Silent: []string{"app"}})
		d.Take("shop", some("1", "2"))
		d.Ended("shop", "admin", "", nil)
		if _, err := d.Write(&full{room}); err == nil {
			t.Errorf("with room for %d bytes of %d it is said to be written", room, len(file))
		}
	}
}

// resealed is a line with something else in it, as somebody writes it who knows how the hash is
// made.
func resealed(line, was, is string) string {
	body, _, _ := strings.Cut(line, `,"hash":"`)
	body = strings.Replace(body, was, is, 1)
	return body + `,"hash":"` + chain.Sum([]byte(body+"}")) + "\"}\n"
}

// TestWhatSomebodyDidToAnInventoryIsFoundWithItsLine has each way to change a file of a head,
// four tokens and an end.
func TestWhatSomebodyDidToAnInventoryIsFoundWithItsLine(t *testing.T) {
	file, _ := saved(t, head(), system{name: "idp", tokens: some("1", "2", "3")}, system{name: "shop", tokens: some("1")})
	for name, c := range map[string]struct {
		do   func(l []string) []string
		says string
	}{
		"a letter":                {func(l []string) []string { l[2] = strings.Replace(l[2], "sara", "lara", 1); return l }, "line 3 was changed (token 2 of idp): it is not what was written"},
		"a letter of the head":    {func(l []string) []string { l[0] = strings.Replace(l[0], "root", "boot", 1); return l }, "line 1 was changed (the head): it is not what was written"},
		"a letter of the end":     {func(l []string) []string { l[5] = strings.Replace(l[5], `"tokens":4`, `"tokens":5`, 1); return l }, "line 6 was changed (the end): it is not what was written"},
		"a letter with its hash":  {func(l []string) []string { l[2] = resealed(l[2], "sara", "lara"); return l }, "line 4 does not follow the one before it: a line was changed with its hash, put in or taken out"},
		"the last token likewise": {func(l []string) []string { l[4] = resealed(l[4], "sara", "lara"); return l }, "line 6 does not follow the one before it: a line was changed with its hash, put in or taken out"},
		"the head likewise":       {func(l []string) []string { l[0] = resealed(l[0], "root", "boot"); return l }, "line 6 knows of another head: the first line was changed with its hash"},
		"a line is gone":          {func(l []string) []string { return slices.Delete(l, 2, 3) }, "line 3 has the number 4: lines were taken out, put in or moved before it"},
		"a line twice":            {func(l []string) []string { return slices.Insert(l, 2, l[2]) }, "line 4 has the number 3: lines were taken out, put in or moved before it"},
		"two lines changed place": {func(l []string) []string { l[2], l[3] = l[3], l[2]; return l }, "line 3 has the number 4: lines were taken out, put in or moved before it"},
		"a line was put in":       {func(l []string) []string { return slices.Insert(l, 2, "{}\n") }, "line 3 is no line of an inventory: it was changed or put in"},
		"an empty line":           {func(l []string) []string { return slices.Insert(l, 2, "\n") }, "line 3 is no line of an inventory: it was changed or put in"},
		"the end is gone":         {func(l []string) []string { return l[:5] }, "line 6 is missing: the file was cut, for it has no end"},
		"only the head is left":   {func(l []string) []string { return l[:1] }, "line 2 is missing: the file was cut, for it has no end"},
		"it was cut":              {func(l []string) []string { l[3] = l[3][:100]; return l[:4] }, "line 4 is cut in the middle"},
		"its last break is gone":  {func(l []string) []string { l[5] = strings.TrimSuffix(l[5], "\n"); return l }, "line 6 is cut in the middle"},
		"the head is gone":        {func(l []string) []string { return l[1:] }, "line 1 has the number 2: lines were taken out, put in or moved before it"},
		"a head of tokens":        {func(l []string) []string { l[1] = resealed(l[1], `"number":2`, `"number":1`); return l[1:] }, "line 1 is no head: what stands before it is missing"},
		"behind the end":          {func(l []string) []string { return append(l, resealed(l[4], `"number":5`, `"number":7`)) }, "line 7 stands behind the end: it was put in"},
		"two heads":               {func(l []string) []string { l[1] = resealed(l[0], `"number":1`, `"number":2`); return l }, "line 2 is neither a token nor the end"},
		"the count in the end":    {func(l []string) []string { l[5] = resealed(l[5], `"tokens":4`, `"tokens":5`); return l }, "line 6 says that there are 5 tokens, and there are 4"},
		"nothing":                 {func([]string) []string { return nil }, "line 1 is missing: the file is empty, and an inventory has a head and an end"},
		"another file":            {func([]string) []string { return []string{"system,id\n", "idp,1\n"} }, "line 1 is no head of an inventory: this is another file"},
		"a later form":            {func(l []string) []string { l[0] = resealed(l[0], "authdeck/1", "authdeck/2"); return l }, `line 1 is of the schema "authdeck/2", and this authdeck reads authdeck/1`},
		"another document":        {func([]string) []string { return []string{`{"schema":"authdeck/1","kind":"tokens","rows":[]}` + "\n"} }, `line 1 is of the kind "tokens", and this is for one of the kind inventory`},
		"not every token":         {func(l []string) []string { l[0] = resealed(l[0], `"filter":"none"`, `"filter":"is:look"`); return l }, "line 1 says that not every token is in it (is:look), of which this authdeck knows nothing"},
		"a line without an end":   {func([]string) []string { return []string{strings.Repeat("x", chain.Longest+1)} }, "line 1: there is a line in it that is longer than any of a record: it is another file"},
	} {
		if _, err := verified(strings.NewReader(strings.Join(c.do(lines(file)), ""))); err == nil || err.Error() != c.says {
			t.Errorf("%s: %v\nwant %s", name, err, c.says)
		}
	}
}

// chained is a file of which all hashes are right, whatever the lines say.
func chained(l []string) string {
	prev := ""
	for i := 1; i < len(l); i++ {
		from, _, _ := strings.Cut(l[i][strings.Index(l[i], `"prev":"`):], `,"hash"`)
		l[i] = resealed(l[i], from, `"prev":"`+prev+`"`)
		if i+1 == len(l) {
			_, head, _ := strings.Cut(l[0], `,"hash":"`)
			_, was, _ := strings.Cut(l[i], `"head":"`)
			l[i] = resealed(l[i], was[:64], head[:64])
		}
		_, hash, _ := strings.Cut(l[i], `,"hash":"`)
		prev = hash[:64]
	}
	return strings.Join(l, "")
}

// TestWhoWritesAllOfItAnewStillHasToBeExact has what a forger forgets.
func TestWhoWritesAllOfItAnewStillHasToBeExact(t *testing.T) {
	file, sum := saved(t, head(), system{name: "idp", tokens: some("1", "2", "3")}, system{name: "shop", tokens: some("1")})
	if got, err := verified(strings.NewReader(chained(lines(file)))); err != nil || got.Hash != sum.Hash {
		t.Fatalf("%+v, %v", got, err)
	}
	for name, c := range map[string]struct {
		at      int
		was, is string
		says    string
	}{
		"the order":        {2, `"id":"2"`, `"id":"4"`, "line 4 is out of its order: token 3 of idp does not come after 4 of idp"},
		"one twice":        {2, `"id":"2"`, `"id":"1"`, "line 3 is out of its order: token 1 of idp does not come after 1 of idp"},
		"a system's count": {0, `"tokens":3`, `"tokens":2`, "line 1 says that there are 2 tokens of idp, and there are 3"},
		"a system more":    {4, `"system":"shop"`, `"system":"tower"`, "line 1 says that there are 1 tokens of shop, and there are 0"},
	} {
		l := lines(file)
		l[c.at] = resealed(l[c.at], c.was, c.is)
		if _, err := verified(strings.NewReader(chained(l))); err == nil || err.Error() != c.says {
			t.Errorf("%s: %v\nwant %s", name, err, c.says)
		}
	}
	l := lines(file)
	l[0] = resealed(l[0], `,{"system":"shop","system_kind":"authentik","system_host":"shop.example.com","generation":"","as":"admin","whole":true,"why":"","note":"","tokens":1}`, "")
	if _, err := verified(strings.NewReader(chained(l))); err == nil || err.Error() != "line 1 does not name the system shop, of which there are tokens" {
		t.Error(err)
	}
}

// TestAForgersLettersDoNoHarm has a file with letters that a terminal obeys, all hashes right.
func TestAForgersLettersDoNoHarm(t *testing.T) {
	file, _ := saved(t, head(), system{name: "idp", tokens: some("1")})
	l := lines(file)
	l[0], l[1] = resealed(l[0], "jump", "\u202ejump\u009b"), resealed(l[1], "sara", `sara\u001b[2J`)
	r, err := inventory.Open(strings.NewReader(chained(l)))
	if err != nil {
		t.Fatal(err)
	}
	one, err := r.Next()
	if err != nil || one.Owner != "sara␛[2J" || r.Head().Machine != "jump\ufffd" {
		t.Errorf("%q, %q, %v", one.Owner, r.Head().Machine, err)
	}
}

// TestAHundredThousandTokensFitIntoWhatIsPromised measures what the draft keeps.
func TestAHundredThousandTokensFitIntoWhatIsPromised(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a second")
	}
	const count, most = 100_000, 150 << 20
	before := heap()
	d := inventory.Begin(head())
	d.System(model.Info{Name: "shop"})
	for i := range count / 100 {
		var page []model.Token
		for k := range 100 {
			page = append(page, token(fmt.Sprintf("%d", i*100+k), fmt.Sprintf("a token with a name of some length %d", i*100+k)))
		}
		d.Take("shop", page)
	}
	if kept := heap() - before; kept > most {
		t.Errorf("%d tokens are kept in %d MB", count, kept>>20)
	} else {
		t.Logf("%d MB", kept>>20)
	}
	runtime.KeepAlive(d)
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
