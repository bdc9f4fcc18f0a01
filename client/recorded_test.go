package client_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/demo"
	"authdeck/client/record"
	"authdeck/client/redact/redacttest"
	"authdeck/model"
	"authdeck/model/audit"
)

// Promises about the record of what is done.

// recordedIn opens all systems of a demo with a record in a folder of its own.
func recordedIn(t *testing.T, o record.Options) (server *demo.Server, apis []model.API, all model.Union, path string) {
	t.Helper()
	o.Folder, o.Getenv = filepath.Join(t.TempDir(), "authdeck"), os.Getenv
	server, apis, all = allOf(t, demo.Options{Tokens: 20, Users: 30}, nil, record.Keep(o))
	return server, apis, all, filepath.Join(o.Folder, record.FileName)
}

// ending is the order that ends or renews a token of a system.
func ending(t *testing.T, api model.API, nth int) model.Order {
	t.Helper()
	rows := must(api.Tokens(t.Context(), model.Query{Size: 500, Fresh: true}))(t).Items
	rows = slices.DeleteFunc(rows, func(row model.Token) bool {
		return row.Own || row.State != model.Active || !row.Managed.Empty()
	})
	if len(rows) <= nth {
		t.Fatalf("%s has no token to end", api.Info().Name)
	}
	action := model.Delete
	if api.Info().Missing[action] != "" {
		action = model.Regenerate
	}
	return model.Order{Action: action, Token: rows[nth]}
}

// TestOfEverySystemEachWriteLeavesTwoLines goes both ways: to the system, and by the list of
// all.
func TestOfEverySystemEachWriteLeavesTwoLines(t *testing.T) {
	t.Parallel()
	_, apis, all, path := recordedIn(t, record.Options{})
	var orders []model.Order
	var keys []string
	done := func(api model.API, o model.Order) {
		o.Reason = model.Clean("TICKET-9")
		issued, err := api.Do(t.Context(), o)
		if err != nil {
			t.Errorf("%s: %v", api.Info().Name, err)
		}
		if !issued.Key.Empty() {
			keys = append(keys, issued.Key.Reveal())
		}
	}
	for _, api := range apis {
		o := ending(t, api, 0)
		done(api, o)
		o.Token.System = api.Info().Name
		orders = append(orders, o)
		o = ending(t, api, 0)
		o.Token = all.Guest(api.Info().Name, o.Token)
		done(all, o)
		_, o.Token = all.Home(o.Token)
		o.Token.System = api.Info().Name
		orders = append(orders, o)
	}
	var lines []audit.Entry
	_, err := record.Each(path, audit.Filter{}, func(e audit.Entry) error { lines = append(lines, e); return nil })
	if report := must(record.Verify(path))(t); err != nil || report.Verdict != audit.Good || len(lines) != 2*len(orders) {
		t.Fatalf("%d lines of %d orders; %+v, %v", len(lines), len(orders), report, err)
	}
	for i, o := range orders {
		before, after := lines[2*i], lines[2*i+1]
		if before.Phase != audit.AboutTo || before.System != o.Token.System || before.TokenID != o.Token.ID || before.Action != o.Action.String() || before.Reason != "TICKET-9" {
			t.Errorf("%+v is said before %s of %q in %s", before, o.Action, o.Token.ID, o.Token.System)
		}
		if after.Phase != audit.Outcome || after.Of != before.Number || after.Outcome != audit.Done {
			t.Errorf("%+v follows %+v", after, before)
		}
		if named := before.Kind == "awx" || before.Kind == "authentik"; named && len(after.Requests) == 0 {
			t.Errorf("%s says what it calls a request, and it is not recorded: %+v", before.System, after)
		}
	}
	redacttest.Hides(t, "the record", string(must(os.ReadFile(path))(t)), keys...)
}

// TestWhereNothingCanBeRecordedNothingIsSent asks the server.
func TestWhereNothingCanBeRecordedNothingIsSent(t *testing.T) {
	t.Parallel()
	server, apis, all, path := recordedIn(t, record.Options{})
	if err := os.WriteFile(filepath.Dir(path), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, api := range apis {
		o := ending(t, api, 0)
		before := len(server.Requests())
		_, err := api.Do(t.Context(), o)
		o.Token = all.Guest(api.Info().Name, o.Token)
		_, together := all.Do(t.Context(), o)
		for _, err := range []error{err, together} {
			if model.KindOf(err) != model.Unrecorded || !strings.Contains(err.Error(), filepath.Dir(path)) {
				t.Errorf("%s: %v", api.Info().Name, err)
			}
		}
		if sent := server.Requests()[before:]; len(sent) != 0 {
			t.Errorf("%s was sent %s %s", api.Info().Name, sent[0].Method, sent[0].Path)
		}
	}
}

func TestAReadOnlyConsoleRecordsNothing(t *testing.T) {
	t.Parallel()
	server, _, _, path := recordedIn(t, record.Options{})
	keeper := record.Keep(record.Options{Folder: filepath.Dir(path), Getenv: os.Getenv})
	apis := client.OpenAll(t.Context(), profilesOf(t, server), env(t.Output()), client.Opening{
		ReadOnly: true, Record: keeper, Unset: func(string) error { return nil },
	})
	for _, api := range apis {
		for _, action := range model.Actions() {
			if !action.Writes() {
				continue
			}
			if _, err := api.Do(t.Context(), model.Order{Action: action}); model.KindOf(err) != model.Refused {
				t.Errorf("%s: %s: %v", api.Info().Name, action, err)
			}
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a record")
	}
}
