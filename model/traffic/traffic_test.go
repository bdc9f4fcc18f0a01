package traffic

import (
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestTheLatestAreKeptAndNumberedThrough(t *testing.T) {
	t.Parallel()
	r := NewRing(3)
	for _, path := range []string{"/a", "/b", "/c", "/d"} {
		r.Note(Exchange{Path: path})
	}
	newest, count := r.Newest(0)
	var said []string
	for _, e := range newest {
		said = append(said, e.Path)
	}
	if !slices.Equal(said, []string{"/d", "/c", "/b"}) || count != 4 || newest[0].Number != 4 {
		t.Errorf("%q of %d, the first is %d", said, count, newest[0].Number)
	}
	if again, _ := r.Newest(count); again != nil {
		t.Errorf("nothing new is %v", again)
	}
	newest[0].Path = "/x"
	if kept, _ := r.Newest(0); kept[0].Path != "/d" {
		t.Error("who reads changes what is kept")
	}
}

func TestManyNoteWhileOthersRead(t *testing.T) {
	t.Parallel()
	r := NewRing(10)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				r.Note(Exchange{})
				r.Newest(0)
			}
		})
	}
	all.Wait()
	if newest, count := r.Newest(0); count != 800 || len(newest) != 10 {
		t.Errorf("%d of %d", len(newest), count)
	}
}

func TestACommandHasTheCredentialAsAVariable(t *testing.T) {
	t.Parallel()
	for want, e := range map[string]Exchange{
		`curl -X 'DELETE' -H 'Authorization: Bearer '"$TOKEN" 'https://shop.example.com/tokens/7/'`: {
			Method: "DELETE", Base: "https://shop.example.com", Path: "/tokens/7/", Sent: Sent{Credential: Credential{Header: "Authorization", Scheme: "Bearer"}},
		},
		`curl -u 'sara:'"$TOKEN" 'https://lab/me'`: {
			Method: "GET", Base: "https://lab", Path: "/me", Sent: Sent{Credential: Credential{Header: "Authorization", Scheme: "Basic", User: "sara"}},
		},
		`curl -X 'PATCH' -H 'Content-Type: application/json' --data "${BODY:?}" 'https://lab/me''?api-token='"$TOKEN"`: {
			Method: "PATCH", Base: "https://lab", Path: "/me", Sent: Sent{Credential: Credential{Query: "api-token"}, Fields: []string{"login", "token"}},
		},
	} {
		if got := e.Curl(); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}

// TestAShellReadsWhateverIsInAPathAsOneWord asks a real one.
func TestAShellReadsWhateverIsInAPathAsOneWord(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	for _, path := range []string{"/it's", "/$(id)", "/`id`", `/a\`, "/a b", "/!x", "/'; echo no; '", "/$TOKEN", "/a\x1b[2Jb\nc"} {
		e := Exchange{Method: "DELETE", Base: "https://x", Path: path, Sent: Sent{Credential: Credential{Header: "H", Scheme: "S"}, Fields: []string{"it's"}}}
		command := exec.CommandContext(t.Context(), shell, "-c", `curl() { printf '%s\n' "$@"; }; TOKEN=value; BODY=json; `+e.Curl())
		out, err := command.Output()
		lines := strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
		if err != nil || len(lines) != 9 || lines[3] != "H: S value" || lines[7] != "json" || strings.ContainsRune(lines[8], '\x1b') {
			t.Errorf("%q is read as %q, %v", path, lines, err)
		}
	}
}

func TestWhatIsLeftOutOfACommandIsSaid(t *testing.T) {
	t.Parallel()
	e := Exchange{Path: "/users/…/", Sent: Sent{Credential: Credential{Header: "A"}, Fields: []string{"name"}, Omitted: []string{"its query"}}}
	if said := strings.Join(e.LeftOut(), ", "); said != "the credential, which goes into TOKEN, a word of the path that may be a key, the body, which goes into BODY: JSON with name, its query" {
		t.Error(said)
	}
}

func TestACommandWithoutItsBodySendsNothing(t *testing.T) {
	t.Parallel()
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	e := Exchange{Method: "PATCH", Base: "https://x", Path: "/a", Sent: Sent{Fields: []string{"name"}}}
	out, err := exec.CommandContext(t.Context(), shell, "-c", "curl() { echo sent; }; "+e.Curl()).Output()
	if err == nil || len(out) > 0 {
		t.Errorf("it says %q, %v", out, err)
	}
}
