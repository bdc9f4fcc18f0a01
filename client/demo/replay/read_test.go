package replay_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/demo"
	"authdeck/client/demo/demotest"
	"authdeck/model"
)

// TestTheClientReadsWhatIsReplayed gives the client each recorded answer in the
// place of the mirror's, where it makes such a request.
func TestTheClientReadsWhatIsReplayed(t *testing.T) {
	for _, system := range slices.Sorted(maps.Keys(handed)) {
		t.Run(system, func(t *testing.T) {
			t.Parallel()
			c := counter{t: t, reasons: readExceptions(t, system)}
			defer c.shrink(system)
			readers := map[string]*reader{}
			for _, r := range recorded(t, system) {
				if readers[r.Server] == nil {
					readers[r.Server] = newReader(t, r.Server)
				}
				if ask := readers[r.Server].asks(r); ask != nil {
					c.judge(r.ID+"/read", fmt.Sprintf("%s as %s: %s %s", r.Server, r.As, r.Method, r.Path), readers[r.Server].read(t, r, ask))
				}
			}
			t.Logf("%-10s %4d recorded, %4d read by the client, %4d as they should be, %3d are excepted",
				system, handed[system], c.seen, c.same, c.excepted)
		})
	}
}

// readExceptions are the exceptions of this test; the others are of the other.
func readExceptions(t *testing.T, system string) map[string]string {
	t.Helper()
	all := exceptions(t, system)
	maps.DeleteFunc(all, func(id, _ string) bool { return !strings.HasSuffix(id, "/read") })
	return all
}

// reader is a client of a mirror, with which one answer at a time can be changed.
type reader struct {
	system demo.System
	feed   *feed
	made   int
}

func newReader(t *testing.T, server string) *reader {
	t.Helper()
	set := settings(server)
	return &reader{system: demotest.SystemOf(demotest.Start(t, set.options), set.kind), feed: &feed{}}
}

// open is a client that knows nothing yet.
func (r *reader) open(t *testing.T) model.API {
	t.Helper()
	p, err := config.NewProfile(client.Kinds(), "real", r.system.Kind, r.system.URL, config.Given(model.NewSecret(r.system.Token)))
	if err != nil {
		t.Fatal(err)
	}
	api, err := client.Open(t.Context(), p, client.Env{Version: "1", Log: slog.New(slog.DiscardHandler), RecheckDelay: time.Millisecond, Network: r.feed})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// read says what is wrong with what the client makes of a recorded answer.
func (r *reader) read(t *testing.T, rec recording, asked *ask) []string {
	t.Helper()
	api := r.open(t)
	*r.feed = feed{method: rec.Method, path: regexp.MustCompile(asked.path), answer: &rec}
	if asked.write {
		// What the console has to know first, it hears from the mirror.
		r.feed.answer = nil
		_, _ = api.WhoAmI(t.Context())
		r.feed.answer = &rec
	}
	rows, err := asked.do(t, api)
	if !r.feed.given {
		return []string{fmt.Sprintf("no such request was sent (%v)", err)}
	}
	return judged(rec, asked.write, rows, err)
}

// judged holds the end of an order or a question against what a server answered.
func judged(rec recording, write bool, rows int, err error) []string {
	unread := write && rec.Status != http.StatusNoContent && !strings.HasPrefix(rec.Type, "application/json")
	if rec.Status < http.StatusMultipleChoices && !unread {
		var page struct{ Results []json.RawMessage }
		if err != nil {
			return []string{"an answer is refused: " + err.Error()}
		}
		if json.Unmarshal(rec.Answer, &page) == nil && page.Results != nil && len(page.Results) != rows {
			return []string{fmt.Sprintf("%d rows are read of %d", rows, len(page.Results))}
		}
		return nil
	}
	want := kinds(rec, write)
	switch {
	case err == nil && rec.Method == http.MethodDelete && rec.Status == http.StatusNotFound:
		return nil // it is gone, which was wanted
	case err == nil:
		return []string{fmt.Sprintf("%d is taken for a success, want %v", rec.Status, want)}
	case !slices.Contains(want, model.KindOf(err)):
		return []string{fmt.Sprintf("%d is %q, want %v", rec.Status, err, want)}
	}
	if e, ok := errors.AsType[*model.Error](err); ok && e.Message.Empty() && rec.Status != http.StatusNotFound {
		return []string{fmt.Sprintf("%d has no words", rec.Status)}
	}
	return nil
}

// kinds are what an answer may be to a client. Of a write that a page answers nobody
// knows what became.
func kinds(rec recording, write bool) []model.Kind {
	inJSON := strings.HasPrefix(rec.Type, "application/json")
	switch {
	case write && !inJSON:
		return []model.Kind{model.Uncertain}
	case rec.Status == http.StatusUnauthorized:
		return []model.Kind{model.Unauthorized}
	case rec.Status == http.StatusForbidden:
		return []model.Kind{model.Forbidden, model.Unauthorized}
	case rec.Status == http.StatusNotFound && write:
		return []model.Kind{model.NotFound, model.Uncertain} // it was there a moment before
	case rec.Status == http.StatusNotFound:
		return []model.Kind{model.NotFound}
	case rec.Status == http.StatusMethodNotAllowed:
		return []model.Kind{model.Unsupported}
	case rec.Status >= http.StatusInternalServerError:
		return []model.Kind{model.Unavailable}
	case rec.Status < http.StatusBadRequest:
		return []model.Kind{model.Malformed, model.Unavailable}
	default:
		return []model.Kind{model.Invalid}
	}
}
