package command

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"authdeck/ui/batch"
)

// usual is the demo where nothing is said about it.
func usual() Demo { return Demo{Users: 240, Tokens: 170, Listen: "127.0.0.1:0"} }

func TestTheDemoPlaysWhatTheCommandLineSays(t *testing.T) {
	const flags = " --seed 7 --users 20 --tokens 10 --awx-generation tower --quirk waldur-7.0,authentik-2026.8 --fault tokens:500 --listen 127.0.0.1:9 --ports --hostile --record here"
	said := Demo{Seed: 7, Users: 20, Tokens: 10, AWX: "tower", Quirks: "waldur-7.0,authentik-2026.8", Faults: "tokens:500", Listen: "127.0.0.1:9", Ports: true, Hostile: true, Record: "here"}
	for line, want := range map[string]Demo{
		"demo": usual(), "demo" + flags: said, "demo --serve": usual(), "demo --serve --fps 0" + flags: said,
	} {
		f := newFake(strings.Fields(line)...)
		f.expect(t, 2, "StartDemo")
		if f.demo != want {
			t.Errorf("%s: %+v", line, f.demo)
		}
	}
}

// serving has the demo start with these systems, and counts how often it is closed.
func (f *fake) serving(end error, systems ...any) *int {
	closed := new(int)
	f.serverErr = nil
	f.server = DemoServer{
		Systems: systems,
		Open: func(_ context.Context, c batch.Choice, first string) (Systems, error) {
			f.asked, f.choice, f.first = append(f.asked, "DemoServer.Open"), c, first
			return Systems{}, errNot
		},
		Close: func() error { *closed++; return end },
	}
	return closed
}

func TestTheDemoIsOpenedAsTheCommandLineSaysAndClosedWhereThatFails(t *testing.T) {
	for line, want := range map[string]batch.Choice{
		"demo": {}, "demo --system idp --read-only": {ReadOnly: true}, "demo --serve=false --system pult": {},
	} {
		f := newFake(strings.Fields(line)...)
		closed := f.serving(nil, "shop")
		f.expect(t, 2, "StartDemo", "DemoServer.Open")
		if named := strings.Contains(line, "--system"); !reflect.DeepEqual(f.choice, want) || (f.first != "") != named || *closed != 1 || f.stdout.Len() > 0 {
			t.Errorf("%s: %+v, closed %d times, %q", line, f.choice, *closed, f.stdout.String())
		}
	}
}

func TestAServedDemoIsALineASystemAndClosedAtTheEnd(t *testing.T) {
	for end, want := range map[error]int{nil: 0, errNot: 2} {
		f := newFake("demo", "--serve")
		closed := f.serving(end, map[string]string{"name": "shop"}, map[string]string{"name": "idp"})
		ctx, interrupt := context.WithCancel(t.Context())
		interrupt()
		code := f.run(ctx, t)
		if code != want || *closed != 1 || f.stdout.String() != "{\"name\":\"shop\"}\r\n{\"name\":\"idp\"}\r\n" {
			t.Errorf("exit code %d, closed %d times, %q", code, *closed, f.stdout.String())
		}
	}
}

func TestADemoThatNobodyCanBeToldOfIsClosedAtOnce(t *testing.T) {
	f := newFake("demo", "--serve")
	closed := f.serving(nil, func() {}) // which is nothing that JSON has
	f.expect(t, 1, "StartDemo")
	if *closed != 1 {
		t.Errorf("closed %d times", *closed)
	}
}

func TestAConfigurationOfAServedDemoGoesWithItAndIsThereBeforeItIsToldOf(t *testing.T) {
	f := newFake("demo", "--serve", "--write-config", "demo.toml")
	closed := f.serving(nil, "shop")
	var lent, taken string
	f.server.Lend = func(path string) (func(), error) {
		lent = path
		return func() { taken = "taken" }, nil
	}
	ctx, interrupt := context.WithCancel(t.Context())
	interrupt()
	if code := f.run(ctx, t); code != 0 || lent != "demo.toml" || taken == "" || *closed != 1 {
		t.Errorf("exit code %d, %q, %q, closed %d times", code, lent, taken, *closed)
	}
}

func TestAConfigurationThatCannotBeWrittenEndsTheDemo(t *testing.T) {
	f := newFake("demo", "--serve", "--write-config", "demo.toml")
	closed := f.serving(nil, "shop")
	f.server.Lend = func(string) (func(), error) { return nil, errNot }
	f.expect(t, 1, "StartDemo")
	if *closed != 1 || f.stdout.Len() > 0 {
		t.Errorf("closed %d times, %q", *closed, f.stdout.String())
	}
	f = newFake("demo", "--write-config", "demo.toml")
	f.expect(t, 2)
}
