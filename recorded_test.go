package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/client/find"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/ui/batch"
)

// What is done in a system is recorded (docs/audit.md), so every way to do something has to
// lead through the one place that records. These tests find the ways.

// doers are the methods by which something is done in a system, by their folders. Those of
// the dialects send it; the others hand it on.
func doers() map[string]string {
	return map[string]string{
		"client/authentik.authentik": "sends", "client/awx.awx": "sends", "client/awx.tower": "sends", "client/awx.issuer": "sends",
		"client/awx.tokenless": "refuses",
		"client/hamgam.hamgam": "sends", "client/saymon.saymon": "sends", "client/waldur.waldur": "sends",

		"client/custody.over": "hands on, below the record",
		"client.closed":       "refuses", "client.offered": "hands on, below the record", "client.readOnly": "hands on, below the record",
		"client/record.API": "records",
		"client/find.API":   "hands on, above the record", "client/fleet.Fleet": "hands on, above the record", "client/fleet.home": "hands on, above the record",
	}
}

// TestEveryWayToDoSomethingIsKnown fails with a new one, until somebody has looked whether
// it stands above the record or below it.
func TestEveryWayToDoSomethingIsKnown(t *testing.T) {
	found := map[string]bool{}
	eachFile(t, func(folder string, file *ast.File) {
		for _, d := range file.Decls {
			if f, is := d.(*ast.FuncDecl); is && f.Recv != nil && f.Name.Name == "Do" && f.Type.Params.NumFields() == 2 {
				found[folder+"."+receiver(f)] = true
			}
		}
	})
	agree(t, "Do is a method of", found, doers())
}

// TestEveryCallThatDoesSomethingIsKnown finds who calls Do, and whose.
func TestEveryCallThatDoesSomethingIsKnown(t *testing.T) {
	found := map[string]bool{}
	eachCall(t, "Do", 2, func(in string) { found[in] = true })
	agree(t, "Do is called in", found, map[string]string{
		"client/awx.awx.Do":         "of a generation, below the record",
		"client.offered.Do":         "below the record",
		"client.readOnly.Do":        "below the record",
		"client/record.API.Do":      "the record's own",
		"client/custody.over.Do":    "below the record",
		"model/plan.Run.send":       "above the record",
		"client/find.API.Do":        "of what it was given: the record",
		"client/fleet.Fleet.Do":     "of a member",
		"client/fleet.home.Do":      "of what it was given: find, over the record",
		"ui/batch/single.deed.send": "of what main opened: find, over the record",
		"ui/order.operation.send":   "of what main opened: find, over the record",
	})
}

// TestSystemsAreOpenedInOnePlaceThatRecords finds who opens a dialect, and who one that is
// not recorded.
func TestSystemsAreOpenedInOnePlaceThatRecords(t *testing.T) {
	dialects, inside, bare, recorded := map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}
	eachCall(t, "dialects", 0, func(in string) { dialects[in] = true })
	eachCall(t, "open", 3, func(in string) {
		if strings.HasPrefix(in, "client.") {
			inside[in] = true
		}
	})
	eachCall(t, "Open", 3, func(in string) { bare[in] = true })
	eachCall(t, "OpenAll", 4, func(in string) { recorded[in] = true })
	agree(t, "the dialects are called in", dialects, map[string]string{"client.open": "opens one", "client.Kinds": "names them"})
	agree(t, "Open is called in", bare, map[string]string{
		"client.OpenAll":                 "puts the record before it",
		"ui/batch.World.With":            "a function of main",
		"ui/command.options.demoConsole": "a function of main",
	})
	agree(t, "open is called in", inside, map[string]string{"client.Open": "for others", "client.diagnosis.credential": "the doctor, who does nothing"})
	agree(t, "OpenAll is called in", recorded, map[string]string{"..open": "for the console"})
}

func agree(t *testing.T, what string, found map[string]bool, known map[string]string) {
	t.Helper()
	for _, in := range slices.Sorted(maps.Keys(found)) {
		if known[in] == "" {
			t.Errorf("%s %s: is it recorded what is done there? If so, it belongs into this list", what, in)
		}
	}
	for in := range known {
		if !found[in] {
			t.Errorf("%s %s no more", what, in)
		}
	}
}

// eachFile parses the program.
func eachFile(t *testing.T, look func(folder string, file *ast.File)) {
	t.Helper()
	for folder, r := range house(t) {
		for _, name := range r.files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			look(folder, file)
		}
	}
}

// eachCall finds the calls of that name with so many arguments, with the function that they
// stand in.
func eachCall(t *testing.T, name string, args int, found func(in string)) {
	t.Helper()
	eachFile(t, func(folder string, file *ast.File) {
		for _, d := range file.Decls {
			f, is := d.(*ast.FuncDecl)
			if !is {
				continue
			}
			of := ""
			if f.Recv != nil {
				of = receiver(f) + "."
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if call, is := n.(*ast.CallExpr); is && len(call.Args) == args && called(call) == name {
					found(folder + "." + of + f.Name.Name)
					of = "again in " + of // one look at a function covers one call
				}
				return true
			})
		}
	})
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func receiver(f *ast.FuncDecl) string {
	of := f.Recv.List[0].Type
	if pointer, is := of.(*ast.StarExpr); is {
		of = pointer.X
	}
	name, is := of.(*ast.Ident)
	if !is {
		return "?"
	}
	return name.Name
}

// TestEverySystemOfTheConsoleIsRecorded looks at what stands before each, one that cannot be
// opened too.
func TestEverySystemOfTheConsoleIsRecorded(t *testing.T) {
	var profiles []config.Profile
	for kind := range client.Kinds() {
		p, err := config.NewProfile(client.Kinds(), kind, kind, "http://127.0.0.1:9", config.Given(model.NewSecret("x")))
		if err != nil {
			t.Fatal(err)
		}
		profiles = append(profiles, p)
	}
	profiles[0].CAFile = "/nowhere"
	systems := open(t.Context(), batch.Choice{}, config.Config{Profiles: profiles}, client.Env{Log: slog.New(slog.DiscardHandler)}, client.Kept{})
	for _, api := range slices.Concat(systems.All, systems.Union.Members()) {
		want := model.Unrecorded
		if api.Info().Missing[model.Regenerate] != "" {
			want = model.Unsupported // the one that cannot be opened
		}
		if _, err := api.Do(t.Context(), model.Order{Action: model.Regenerate}); model.KindOf(err) != want {
			t.Errorf("without a record %s does something: %v", api.Info().Name, err)
		}
	}
	for _, api := range systems.All {
		above, is := api.(*find.API)
		if !is {
			t.Errorf("%s is %T", api.Info().Name, api)
			continue
		}
		if _, is := above.API.(*record.API); !is {
			t.Errorf("before %s stands %T, and not the record", api.Info().Name, above.API)
		}
	}
}
